/** People as they are administered: with names, roles, sites and times. */
import { rowsOfKeys } from '../platform/bulk.ts';
import type { Database, Row, Value } from '../platform/database.ts';
import { userColumns, userFrom } from './bulk-registry.ts';
import { keyOf } from './email.ts';
import type { Person } from './person.ts';

/** Whom a search is for; all that is given has to fit. */
export interface PeopleQuery {
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  /** The beginning of a name, in any case. */
  readonly displayName?: string | undefined;
}

const columns = `select ${userColumns}, kind, created, modified from users u`;

export class PeopleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The person or machine with this id, unless they belong to another organization. */
  async find(organizationId: string, id: string): Promise<Person | undefined> {
    const sql = `${columns} where u.organization_id = ? and u.id = ?`;
    const [person] = await this.#withSites(await this.#database.all(sql, [organizationId, id]));
    return person;
  }

  /** Some people of an organization in the order of their addresses in lower case, those after `emailKey`. */
  async search(
    organizationId: string,
    { email, ids, displayName, externalId }: PeopleQuery,
    emailKey: string,
    limit: number,
  ): Promise<Person[]> {
    const conditions = ['u.organization_id = ?', 'u.email_key > ?'];
    const values: Value[] = [organizationId, emailKey];
    if (email !== undefined) {
      conditions.push('u.email_key = ?');
      values.push(keyOf(email));
    }
    // Machines are people to those alone who know their ids.
    if (ids === undefined) conditions.push("u.kind = 'person'");
    else {
      conditions.push(`u.id in (${ids.map(() => '?').join(', ') || 'null'})`);
      values.push(...ids);
    }
    if (displayName !== undefined) {
      conditions.push("lower(u.display_name) like ? escape '!'");
      values.push(`${keyOf(displayName).replace(/[!%_]/g, '!$&')}%`);
    }
    if (externalId !== undefined) {
      conditions.push("u.external_id = ? and u.external_id <> ''");
      values.push(externalId);
    }
    const sql = `${columns} where ${conditions.join(' and ')} order by u.email_key limit ?`;
    return this.#withSites(await this.#database.all(sql, [...values, limit]));
  }

  /** Some people of an organization in the order of their addresses, after `offset` others. */
  async page(organizationId: string, limit: number, offset: number): Promise<Person[]> {
    const sql = `${columns} where u.kind = 'person' and u.organization_id = ?
      order by u.email_key limit ? offset ?`;
    return this.#withSites(await this.#database.all(sql, [organizationId, limit, offset]));
  }

  async count(organizationId: string): Promise<number> {
    const sql = "select count(*) as total from users where kind = 'person' and organization_id = ?";
    return (await this.#database.get(sql, [organizationId]))!.total as number;
  }

  /** Whether anybody has this address, wherever they belong: there is one user for each address. */
  async isTaken(email: string, exceptId: string): Promise<boolean> {
    const sql = 'select 1 as found from users where email_key = ? and id <> ?';
    return (await this.#database.get(sql, [keyOf(email), exceptId])) !== undefined;
  }

  /** Whether the organization has an active full administrator besides this person. */
  async hasOtherAdministrator({ organizationId, id }: Person): Promise<boolean> {
    const sql = `select 1 as found from users where organization_id = ? and full_administrator = 1 and active = 1
      and kind = 'person' and id <> ? limit 1`;
    return (await this.#database.get(sql, [organizationId, id])) !== undefined;
  }

  async #withSites(rows: readonly Row[]): Promise<Person[]> {
    if (rows.length === 0) return [];
    const sql = `select user_id, site_url, site_administrator from memberships where user_id in (:keys)
      order by site_url`;
    const found = await rowsOfKeys(
      this.#database,
      sql,
      rows.map(({ id }) => id as string),
    );
    const sites = Map.groupBy(found, ({ user_id: id }) => id);
    return rows.map((row) => personFrom(row, sites.get(row.id!) ?? []));
  }
}

function personFrom(row: Row, sites: readonly Row[]): Person {
  return {
    ...userFrom(row),
    kind: row.kind as Person['kind'],
    created: row.created as string,
    modified: row.modified === '' ? (row.created as string) : (row.modified as string),
    sites: sites.map(({ site_url: siteUrl, site_administrator: administrator }) => ({
      siteUrl: siteUrl as string,
      siteAdministrator: administrator === 1,
    })),
  };
}
