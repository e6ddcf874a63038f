/** Lists who and what exists, for those who administer the whole database. */
import type { Database, Row, Value } from '../platform/database.ts';
import { type ExistingUser, userColumns, userFrom } from './bulk-registry.ts';

export interface Page<T> {
  readonly rows: T[];
  /** How many there are on all pages. */
  readonly total: number;
}

export interface OrganizationSummary {
  readonly name: string;
  readonly id: string;
  readonly sites: number;
  readonly users: number;
  readonly created: string;
}

export interface SiteSummary {
  readonly siteUrl: string;
  readonly organization: string;
  readonly users: number;
  readonly created: string;
}

export interface UserSummary {
  readonly email: string;
  readonly displayName: string;
  readonly organization: string;
  readonly defaultSite: string | null;
  readonly sites: number;
  readonly fullAdministrator: boolean;
}

const listOrganizations = `select o.name, o.id, o.created,
    (select count(*) from sites s where s.organization_id = o.id) as sites,
    (select count(*) from users u where u.organization_id = o.id) as users
  from organizations o`;
const listSites = `select s.site_url, o.name as organization, s.created,
    (select count(*) from memberships m where m.site_url = s.site_url) as users
  from sites s join organizations o on o.id = s.organization_id`;
const listUsers = `select u.email, u.display_name, o.name as organization, u.default_site_url, u.full_administrator,
    (select count(*) from memberships m where m.user_id = u.id) as sites
  from users u join organizations o on o.id = u.organization_id`;

export class Registry {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order of their names. */
  async organizations(limit: number, offset: number): Promise<Page<OrganizationSummary>> {
    const total = await this.#count('organizations o', '', []);
    const sql = `${listOrganizations} order by o.name limit ? offset ?`;
    const rows = await this.#database.all(sql, [limit, offset]);
    return { rows: rows.map(organizationSummaryFrom), total };
  }

  async organizationName(id: string): Promise<string | undefined> {
    const row = await this.#database.get('select name from organizations where id = ?', [id]);
    return row?.name as string | undefined;
  }

  async organization(name: string): Promise<OrganizationSummary | undefined> {
    const row = await this.#database.get(`${listOrganizations} where o.name = ?`, [name]);
    return row === undefined ? undefined : organizationSummaryFrom(row);
  }

  /** In the order of their URLs; of all organizations when none is given. */
  async sites(organizationId: string | undefined, limit: number, offset: number): Promise<Page<SiteSummary>> {
    const where = organizationId === undefined ? '' : 'where s.organization_id = ?';
    const values = organizationId === undefined ? [] : [organizationId];
    const total = await this.#count('sites s', where, values);
    const sql = `${listSites} ${where} order by s.site_url limit ? offset ?`;
    const rows = await this.#database.all(sql, [...values, limit, offset]);
    return { rows: rows.map(siteSummaryFrom), total };
  }

  /** `siteUrl` in lower case. */
  async site(siteUrl: string): Promise<SiteSummary | undefined> {
    const row = await this.#database.get(`${listSites} where s.site_url = ?`, [siteUrl]);
    return row === undefined ? undefined : siteSummaryFrom(row);
  }

  /** In the order of their addresses; of an organization, on a site (in lower case), or all. */
  async users(
    { organizationId, siteUrl }: { organizationId?: string | undefined; siteUrl?: string | undefined },
    limit: number,
    offset: number,
  ): Promise<Page<UserSummary>> {
    // Machines are listed with the service accounts they belong to.
    const conditions = ["u.kind = 'person'"];
    const values: Value[] = [];
    if (organizationId !== undefined) {
      conditions.push('u.organization_id = ?');
      values.push(organizationId);
    }
    if (siteUrl !== undefined) {
      conditions.push('u.id in (select user_id from memberships where site_url = ?)');
      values.push(siteUrl);
    }
    const where = `where ${conditions.join(' and ')}`;
    const total = await this.#count('users u', where, values);
    const sql = `${listUsers} ${where} order by u.email_key limit ? offset ?`;
    const rows = await this.#database.all(sql, [...values, limit, offset]);
    return { rows: rows.map(userSummaryFrom), total };
  }

  /** Some users of an organization in the order of their addresses in lower case, those after `emailKey`. */
  async usersAfter(organizationId: string, emailKey: string, limit: number): Promise<ExistingUser[]> {
    const sql = `select ${userColumns} from users
      where organization_id = ? and kind = 'person' and email_key > ? order by email_key limit ?`;
    return (await this.#database.all(sql, [organizationId, emailKey, limit])).map(userFrom);
  }

  async #count(table: string, where: string, values: readonly Value[]): Promise<number> {
    const row = await this.#database.get(`select count(*) as total from ${table} ${where}`, values);
    return row!.total as number;
  }
}

function organizationSummaryFrom({ name, id, sites, users, created }: Row): OrganizationSummary {
  return { name, id, sites, users, created } as unknown as OrganizationSummary;
}

function siteSummaryFrom({ site_url: siteUrl, organization, users, created }: Row): SiteSummary {
  return { siteUrl, organization, users, created } as unknown as SiteSummary;
}

function userSummaryFrom(row: Row): UserSummary {
  return {
    email: row.email as string,
    displayName: row.display_name as string,
    organization: row.organization as string,
    defaultSite: row.default_site_url as string | null,
    sites: row.sites as number,
    fullAdministrator: row.full_administrator === 1,
  };
}
