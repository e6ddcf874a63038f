/** The people on a site, in pages and by what is searched for; machines are none. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Row, Value } from '../platform/database.ts';
import { keyOf } from './email.ts';

export interface SiteUser {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  readonly roomId: string;
  readonly siteAdministrator: boolean;
}

export interface SiteUsersQuery {
  /** A part of the address or the name. */
  readonly search: string | undefined;
  /** The address behind which the page begins, in lower case; empty for the first one. */
  readonly after: string;
  readonly limit: number;
}

/** No index finds a part of a text: so many users are looked at before other requests have their turn. */
const lookedAtOnce = 4_000;

const found = `and (u.email_key like ? escape '!' or lower(u.display_name) like lower(?) escape '!')`;

export class SiteUsers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Some of the people on a site, in the order of their addresses in lower case: an index leads from page to page. */
  async page(organizationId: string, siteUrl: string, query: SiteUsersQuery): Promise<SiteUser[]> {
    const { search, limit } = query;
    if (search === undefined) return this.#between(organizationId, siteUrl, query, undefined);
    const users: SiteUser[] = [];
    let after: string | undefined = query.after;
    while (after !== undefined && users.length < limit) {
      const until = await this.#addressAhead(organizationId, after);
      const slice = { search, after, limit: limit - users.length };
      users.push(...(await this.#between(organizationId, siteUrl, slice, until)));
      after = until;
      await nextTurn();
    }
    return users;
  }

  async #between(
    organizationId: string,
    siteUrl: string,
    { search, after, limit }: SiteUsersQuery,
    until: string | undefined,
  ): Promise<SiteUser[]> {
    const part = `%${(search ?? '').replace(/[!%_]/g, '!$&')}%`;
    const bounds: Value[] = until === undefined ? [after] : [after, until];
    const rows = await this.#database.all(
      `select u.id, u.email, u.display_name, m.room_id, m.site_administrator
       from users u join memberships m on m.user_id = u.id and m.site_url = ?
       where u.organization_id = ? and u.email_key > ? ${until === undefined ? '' : 'and u.email_key <= ?'}
       and u.kind = 'person' ${search === undefined ? '' : found} order by u.email_key limit ?`,
      [siteUrl, organizationId, ...bounds, ...(search === undefined ? [] : [keyOf(part), part]), limit],
    );
    return rows.map(siteUserFrom);
  }

  /** The address some thousand users further on; undefined when there are not so many. */
  async #addressAhead(organizationId: string, after: string): Promise<string | undefined> {
    const row = await this.#database.get(
      `select email_key from users where organization_id = ? and email_key > ?
       order by email_key limit 1 offset ${lookedAtOnce - 1}`,
      [organizationId, after],
    );
    return row?.email_key as string | undefined;
  }

  /** How many accounts are on a site, with those of machines. */
  async count(siteUrl: string): Promise<number> {
    const sql = 'select count(*) as total from memberships where site_url = ?';
    return (await this.#database.get(sql, [siteUrl]))!.total as number;
  }
}

function siteUserFrom(row: Row): SiteUser {
  return {
    userId: row.id as string,
    email: row.email as string,
    displayName: row.display_name as string,
    roomId: row.room_id as string,
    siteAdministrator: row.site_administrator === 1,
  };
}
