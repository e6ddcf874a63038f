/** What of a long list of names exists already: looked up in bulk, for imports. */
import { rowsOfKeys } from '../platform/bulk.ts';
import type { Database, Row } from '../platform/database.ts';
import { pinsContext, type RoomNames } from './registration.ts';
import type { SiteSettings } from './site-settings.ts';

export interface ExistingOrganization {
  readonly id: string;
  readonly name: string;
}

export interface ExistingSite {
  readonly siteUrl: string;
  readonly organizationId: string;
  /** What was ever set; the rest is at its default. */
  readonly settings: Partial<SiteSettings>;
}

export interface ExistingUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly emailKey: string;
  readonly displayName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly fullAdministrator: boolean;
  /** Whether they may sign in and use their tokens. */
  readonly active: boolean;
  readonly defaultSiteUrl: string | undefined;
  /** What the directory that provisions them calls them; '' for who came another way. */
  readonly externalId: string;
}

/** What {@link userFrom} reads. */
export const userColumns = `id, organization_id, email, email_key, display_name, first_name, last_name, full_administrator,
  active, default_site_url, external_id`;

export interface ExistingMembership extends RoomNames {
  readonly userId: string;
  readonly siteUrl: string;
  readonly siteAdministrator: boolean;
}

/** The organizations with these names or ids. */
export async function existingOrganizations(
  database: Database,
  names: Iterable<string>,
  ids: Iterable<string>,
): Promise<ExistingOrganization[]> {
  const columns = 'select id, name from organizations';
  const rows = [
    ...(await rowsOfKeys(database, `${columns} where name in (:keys)`, names)),
    ...(await rowsOfKeys(database, `${columns} where id in (:keys)`, ids)),
  ];
  return rows.map(({ id, name }) => ({ id: id as string, name: name as string }));
}

/** The sites with these URLs, given in lower case. */
export async function existingSites(database: Database, siteUrls: Iterable<string>): Promise<ExistingSite[]> {
  const sql = 'select site_url, organization_id, settings from sites where site_url in (:keys)';
  const rows = await rowsOfKeys(database, sql, siteUrls);
  return rows.map((row) => ({
    siteUrl: row.site_url as string,
    organizationId: row.organization_id as string,
    settings: JSON.parse(row.settings as string) as Partial<SiteSettings>,
  }));
}

/** The users with these addresses, given in lower case, or these ids. */
export async function existingUsers(
  database: Database,
  emailKeys: Iterable<string>,
  ids: Iterable<string>,
): Promise<ExistingUser[]> {
  const columns = `select ${userColumns} from users`;
  const byEmail = await rowsOfKeys(database, `${columns} where email_key in (:keys)`, emailKeys);
  const byId = await rowsOfKeys(database, `${columns} where id in (:keys)`, ids);
  return [...byEmail.map(userFrom), ...byId.map(userFrom)];
}

export function userFrom(row: Row): ExistingUser {
  return {
    id: row.id as string,
    organizationId: row.organization_id as string,
    email: row.email as string,
    emailKey: row.email_key as string,
    displayName: row.display_name as string,
    firstName: row.first_name as string,
    lastName: row.last_name as string,
    fullAdministrator: row.full_administrator === 1,
    active: row.active === 1,
    defaultSiteUrl: (row.default_site_url as string | null) ?? undefined,
    externalId: row.external_id as string,
  };
}

/** All memberships of these users, in the order of their site URLs. */
export async function existingMemberships(
  database: Database,
  userIds: Iterable<string>,
): Promise<ExistingMembership[]> {
  const sql = `select user_id, site_url, site_administrator, room_id, access_code, meeting_id, initial_pins
    from memberships where user_id in (:keys) order by site_url`;
  const rows = await rowsOfKeys(database, sql, userIds);
  return rows.map((row) => ({
    userId: row.user_id as string,
    siteUrl: row.site_url as string,
    siteAdministrator: row.site_administrator === 1,
    roomId: row.room_id as string,
    accessCode: row.access_code as string,
    meetingId: row.meeting_id as string,
    initialPins: database.secrets.open(
      row.initial_pins as string,
      pinsContext(row.user_id as string, row.site_url as string),
    ),
  }));
}

/** Which users hold names on a site: by room id in lower case, or by access code. */
export async function holdersOnSite(
  database: Database,
  siteUrl: string,
  column: 'room_key' | 'access_code',
  keys: Iterable<string>,
): Promise<Map<string, string>> {
  const sql = `select ${column} as name, user_id from memberships where site_url = ? and ${column} in (:keys)`;
  const rows = await rowsOfKeys(database, sql, keys, [siteUrl]);
  return new Map(rows.map(({ name, user_id }) => [name as string, user_id as string]));
}

/** Which memberships hold these meeting ids. */
export async function holdersOfMeetings(
  database: Database,
  meetingIds: Iterable<string>,
): Promise<Map<string, { userId: string; siteUrl: string }>> {
  const sql = 'select meeting_id, user_id, site_url from memberships where meeting_id in (:keys)';
  const rows = await rowsOfKeys(database, sql, meetingIds);
  return new Map(
    rows.map((row) => [
      row.meeting_id as string,
      { userId: row.user_id as string, siteUrl: row.site_url as string },
    ]),
  );
}
