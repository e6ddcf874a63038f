/** What the database has already of that which a file names. */

import {
  type ExistingMembership,
  type ExistingOrganization,
  type ExistingSite,
  type ExistingUser,
  existingMemberships,
  existingOrganizations,
  existingSites,
  existingUsers,
} from '../../directory/bulk-registry.ts';
import { keyOf } from '../../directory/email.ts';
import { type StoredToken, TokenRegistry } from '../../identity/token-registry.ts';
import { hashOf } from '../../identity/tokens.ts';
import { type Integration, IntegrationRegistry } from '../../oauth/integration-registry.ts';
import type { Database } from '../../platform/database.ts';
import { existingGroups, type Group } from '../../scim/group-store.ts';
import { userIdIn } from './identifiers.ts';
import type { DirectoryDocument, TokenEntry, UserEntry } from './schema.ts';

export interface ExistingState {
  readonly organizationsByName: ReadonlyMap<string, ExistingOrganization>;
  readonly organizationsById: ReadonlyMap<string, ExistingOrganization>;
  readonly sites: ReadonlyMap<string, ExistingSite>;
  readonly usersByEmail: ReadonlyMap<string, ExistingUser>;
  readonly usersById: ReadonlyMap<string, ExistingUser>;
  /** By user id, in the order of their site URLs. */
  readonly memberships: ReadonlyMap<string, readonly ExistingMembership[]>;
  readonly tokensByHash: ReadonlyMap<string, StoredToken>;
  readonly tokensById: ReadonlyMap<string, StoredToken>;
  /** Integrations and service accounts by their client ids. */
  readonly programs: ReadonlyMap<string, Integration>;
  /** By {@link groupKey}. */
  readonly groupsByName: ReadonlyMap<string, Group>;
  readonly groupsById: ReadonlyMap<string, Group>;
}

/** What two groups of an organization cannot have in common. */
export function groupKey(organizationId: string, displayName: string): string {
  return `${organizationId}\n${keyOf(displayName)}`;
}

/** Asks a few hundred names at a time. */
export async function readExistingState(
  database: Database,
  { organizations }: DirectoryDocument,
): Promise<ExistingState> {
  const found = await existingOrganizations(
    database,
    organizations.map(({ name }) => name),
    organizations.flatMap(({ id }) => id ?? []),
  );
  const users = organizations.flatMap((organization) => organization.users ?? []);
  const siteUrls = new Set(
    organizations.flatMap(({ sites = [] }) => sites.map(({ siteUrl }) => keyOf(siteUrl))),
  );
  const accounts = organizations.flatMap(({ serviceAccounts = [] }) => serviceAccounts);
  for (const { sites = [] } of [...users, ...accounts])
    for (const { siteUrl } of sites) siteUrls.add(keyOf(siteUrl));
  const programs = await readPrograms(database, organizations);
  const entries = organizations.flatMap((organization) => organization.groups ?? []);
  const known = await existingUsers(
    database,
    [...users.map(({ email }) => email), ...entries.flatMap(({ members = [] }) => members)].map(keyOf),
    [
      ...users.flatMap(({ id }) => (id === undefined ? [] : (userIdIn(id) ?? []))),
      ...accounts.flatMap(({ userId }) => userId ?? []),
      ...programs.flatMap(({ userId }) => userId ?? []),
    ],
  );
  const groups = await existingGroups(
    database,
    entries.map(({ displayName }) => keyOf(displayName)),
    entries.flatMap(({ id }) => id ?? []),
  );
  const tokens = await readTokens(database, users);
  return {
    organizationsByName: new Map(found.map((organization) => [organization.name, organization])),
    organizationsById: new Map(found.map((organization) => [organization.id, organization])),
    sites: new Map((await existingSites(database, siteUrls)).map((site) => [site.siteUrl, site])),
    usersByEmail: new Map(known.map((user) => [user.emailKey, user])),
    usersById: new Map(known.map((user) => [user.id, user])),
    memberships: Map.groupBy(
      await existingMemberships(
        database,
        known.map(({ id }) => id),
      ),
      ({ userId }) => userId,
    ),
    tokensByHash: new Map(tokens.map((token) => [token.hash, token])),
    tokensById: new Map(tokens.map((token) => [token.id, token])),
    programs: new Map(programs.map((program) => [program.id, program])),
    groupsByName: new Map(groups.map((group) => [groupKey(group.organizationId, group.displayName), group])),
    groupsById: new Map(groups.map((group) => [group.id, group])),
  };
}

function readPrograms(
  database: Database,
  organizations: DirectoryDocument['organizations'],
): Promise<Integration[]> {
  const programs = organizations.flatMap(({ integrations = [], serviceAccounts = [] }) => [
    ...integrations,
    ...serviceAccounts,
  ]);
  return new IntegrationRegistry(database).stored(programs.map(({ clientId }) => clientId));
}

function readTokens(database: Database, users: readonly UserEntry[]): Promise<StoredToken[]> {
  const tokens = users.flatMap((user) => user.tokens ?? []);
  return new TokenRegistry(database).stored(
    tokens.map(hashOfToken),
    tokens.flatMap(({ id }) => id ?? []),
  );
}

/** The hash of a token that a file gives by its value or by its hash. */
export function hashOfToken({ value, sha256 }: TokenEntry): string {
  return value === undefined ? sha256! : hashOf(value);
}
