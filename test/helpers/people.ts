/** Adds sites, users and tokens to a test's own database, beside the demo organization. */
import { randomBytes, randomUUID } from 'node:crypto';
import { demoOrganizations } from '../../src/development/demo.ts';
import { membershipStatements, siteStatement, userStatement } from '../../src/directory/registration.ts';
import type { SiteSettings } from '../../src/directory/site-settings.ts';
import { allScopes, type Scope } from '../../src/identity/scopes.ts';
import { hashOf, tokenStatement } from '../../src/identity/tokens.ts';
import { type Database, directoryChanged } from '../../src/platform/database.ts';

const organizationId = demoOrganizations[0]!.id;
const now = '2026-01-01T00:00:00.000Z';

export async function addSite(
  database: Database,
  siteUrl: string,
  settings: Partial<SiteSettings> = {},
): Promise<void> {
  await database.write([siteStatement({ siteUrl, organizationId, settings }, now), directoryChanged]);
}

export interface TestUser {
  readonly email: string;
  /** The first is the default one. */
  readonly sites: readonly string[];
  readonly administers?: readonly string[];
  readonly fullAdministrator?: boolean;
  readonly roomId?: string;
}

/** A user of the organization Example; returns the user's id. */
export async function addUser(database: Database, user: TestUser): Promise<string> {
  const id = randomUUID();
  const { email, sites, administers = [], fullAdministrator = false, roomId } = user;
  const names = { displayName: email, firstName: email, lastName: '' };
  await database.write([
    userStatement({ id, organizationId, email, ...names, fullAdministrator, defaultSiteUrl: sites[0] }, now),
    ...sites.flatMap((siteUrl) => {
      const siteAdministrator = administers.includes(siteUrl);
      return membershipStatements({ userId: id, siteUrl, siteAdministrator, roomId }, {}, randomBytes);
    }),
    directoryChanged,
  ]);
  return id;
}

/** Puts a user on a site, or on it again, with a personal room of a new name. */
export async function joinSite(database: Database, userId: string, siteUrl: string): Promise<void> {
  const membership = { userId, siteUrl, siteAdministrator: false, roomId: undefined };
  await database.write([...membershipStatements(membership, {}, randomBytes), directoryChanged]);
}

/** `<name>@example.com` with the token `anteroom-dev-<name>`; returns the user's id. */
export async function addPerson(
  database: Database,
  name: string,
  user: Omit<TestUser, 'email'>,
): Promise<string> {
  const id = await addUser(database, { ...user, email: `${name}@example.com` });
  await addToken(database, id, name);
  return id;
}

export interface TestToken {
  readonly scopes?: readonly Scope[];
  /** ISO-8601 UTC. */
  readonly expires?: string;
  readonly revoked?: boolean;
}

/** The token `anteroom-dev-<name>` of a user. */
export async function addToken(
  database: Database,
  userId: string,
  name: string,
  { scopes = allScopes, expires, revoked = false }: TestToken = {},
): Promise<void> {
  const hash = hashOf(`anteroom-dev-${name}`);
  const token = { id: randomUUID(), hash, userId, name, scopes, expires };
  const revoke = { sql: 'update tokens set revoked = ? where hash = ?', values: [now, hash] };
  await database.write([tokenStatement(token, now), ...(revoked ? [revoke] : []), directoryChanged]);
}

/** The id of a user of the demo organizations. */
export function demoUserId(email: string): string {
  return demoOrganizations.flatMap(({ users }) => users).find((user) => user.email === email)!.id;
}
