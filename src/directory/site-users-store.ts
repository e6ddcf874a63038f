/** The people on a site, in pages and by what is searched for; machines are none. */
import type { Database, Row, Value } from '../platform/database.ts';
import { keyOf } from './email.ts';

export interface SiteUser {
  readonly userId: string;
  readonly email: string;
  readonly emailKey: string;
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

export class SiteUsers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Some of the people on a site, in the order of their addresses in lower case: an index leads from page to page. */
  async page(
    organizationId: string,
    siteUrl: string,
    { search, after, limit }: SiteUsersQuery,
  ): Promise<SiteUser[]> {
    const isFound =
      search === undefined
        ? ''
        : `and (u.email_key like ? escape '!' or lower(u.display_name) like lower(?) escape '!')`;
    const part = `%${(search ?? '').replace(/[!%_]/g, '!$&')}%`;
    const values: Value[] = search === undefined ? [] : [keyOf(part), part];
    const rows = await this.#database.all(
      `select u.id, u.email, u.email_key, u.display_name, m.room_id, m.site_administrator
       from users u join memberships m on m.user_id = u.id and m.site_url = ?
       where u.organization_id = ? and u.email_key > ? and u.kind = 'person' ${isFound} order by u.email_key limit ?`,
      [siteUrl, organizationId, after, ...values, limit],
    );
    return rows.map(siteUserFrom);
  }

  /** How many people are on a site. */
  async count(siteUrl: string): Promise<number> {
    const row = await this.#database.get(
      `select count(*) as total from memberships where site_url = ?
       and user_id not in (select id from users where kind <> 'person')`,
      [siteUrl],
    );
    return row!.total as number;
  }
}

function siteUserFrom(row: Row): SiteUser {
  return {
    userId: row.id as string,
    email: row.email as string,
    emailKey: row.email_key as string,
    displayName: row.display_name as string,
    roomId: row.room_id as string,
    siteAdministrator: row.site_administrator === 1,
  };
}
