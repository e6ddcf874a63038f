/** What an organization has, as entries of an import file, in an order that depends on nothing but what they say. */
import {
  type ExistingMembership,
  existingMemberships,
  existingSites,
  existingUsers,
} from '../../directory/bulk-registry.ts';
import { Registry } from '../../directory/registry.ts';
import { SiteSettings } from '../../directory/site-settings.ts';
import { type StoredToken, TokenRegistry } from '../../identity/token-registry.ts';
import { type Integration, IntegrationRegistry } from '../../oauth/integration-registry.ts';
import type { Database } from '../../platform/database.ts';
import { type Group, GroupStore } from '../../scim/group-store.ts';
import type { MembershipEntry } from './membership-schema.ts';
import type { IntegrationEntry, ServiceAccountEntry } from './program-schema.ts';
import type { GroupEntry, OrganizationEntry, SiteEntry, TokenEntry, UserEntry } from './schema.ts';

const perPage = 500;

/** The lists of an organization under their names in the file, read when they are asked for. */
export function entriesOf(
  database: Database,
  organizationId: string,
): Readonly<Record<Exclude<keyof OrganizationEntry, 'name' | 'id'>, AsyncIterable<object>>> {
  const registry = new Registry(database);
  return {
    sites: sitesOf(database, registry, organizationId),
    users: usersOf(database, registry, organizationId),
    groups: groupsOf(database, organizationId),
    integrations: integrationsOf(database, organizationId),
    serviceAccounts: serviceAccountsOf(database, organizationId),
  };
}

async function* sitesOf(
  database: Database,
  registry: Registry,
  organizationId: string,
): AsyncIterable<SiteEntry> {
  for (let offset = 0; ; offset += perPage) {
    const { rows } = await registry.sites(organizationId, perPage, offset);
    const found = await existingSites(
      database,
      rows.map(({ siteUrl }) => siteUrl),
    );
    const settingsByUrl = new Map(found.map(({ siteUrl, settings }) => [siteUrl, settings]));
    for (const { siteUrl } of rows) {
      yield { siteUrl, settings: inSchemaOrder(settingsByUrl.get(siteUrl) ?? {}) };
    }
    if (rows.length < perPage) break;
  }
}

function inSchemaOrder(settings: Partial<SiteSettings>): Partial<SiteSettings> {
  const names = Object.keys(SiteSettings.properties) as (keyof SiteSettings)[];
  return Object.fromEntries(names.filter((name) => name in settings).map((name) => [name, settings[name]]));
}

async function* usersOf(
  database: Database,
  registry: Registry,
  organizationId: string,
): AsyncIterable<UserEntry> {
  const tokenRegistry = new TokenRegistry(database);
  let last = '';
  for (;;) {
    const users = await registry.usersAfter(organizationId, last, perPage);
    const ids = users.map(({ id }) => id);
    const memberships = Map.groupBy(await existingMemberships(database, ids), ({ userId }) => userId);
    const tokens = Map.groupBy(await tokenRegistry.storedOf(ids), ({ userId }) => userId);
    for (const user of users) {
      yield {
        email: user.email,
        displayName: user.displayName,
        firstName: user.firstName,
        lastName: user.lastName,
        id: user.id,
        fullAdministrator: user.fullAdministrator,
        active: user.active,
        ...(user.externalId === '' ? {} : { externalId: user.externalId }),
        ...(user.defaultSiteUrl === undefined ? {} : { defaultSite: user.defaultSiteUrl }),
        sites: (memberships.get(user.id) ?? []).map(membershipEntry),
        tokens: (tokens.get(user.id) ?? []).map(tokenEntry),
      };
    }
    if (users.length < perPage) break;
    last = users.at(-1)!.emailKey;
  }
}

function membershipEntry(membership: ExistingMembership): MembershipEntry {
  const { siteUrl, siteAdministrator, roomId, accessCode, meetingId, initialPins } = membership;
  const room = { accessCode, meetingId, initialPins };
  return { siteUrl, siteAdministrator, personalMeetingRoomId: roomId, room };
}

function tokenEntry({ name, scopes, hash, id, expires, revoked }: StoredToken): TokenEntry {
  return {
    name,
    scopes: [...scopes],
    sha256: hash,
    id,
    ...(expires === undefined ? {} : { expires }),
    ...(revoked === undefined ? {} : { revoked }),
  };
}

async function* groupsOf(database: Database, organizationId: string): AsyncIterable<GroupEntry> {
  const store = new GroupStore(database);
  for (let offset = 0; ; offset += perPage) {
    const groups = await store.search(organizationId, {}, true, perPage, offset);
    for (const group of groups) yield await groupEntry(database, group);
    if (groups.length < perPage) break;
  }
}

async function groupEntry(
  database: Database,
  { displayName, id, externalId, members }: Group,
): Promise<GroupEntry> {
  const ids = members.map(({ userId }) => userId);
  const emails = (await existingUsers(database, [], ids)).map(({ email }) => email);
  return { displayName, id, ...(externalId === '' ? {} : { externalId }), members: emails.sort() };
}

async function* integrationsOf(database: Database, organizationId: string): AsyncIterable<IntegrationEntry> {
  for (const program of await programsOf(database, organizationId, ['web', 'native'])) {
    const { id: clientId, kind, name, description, contactEmail, redirectUrls, scopes, secretHash } = program;
    yield {
      clientId,
      kind: kind as IntegrationEntry['kind'],
      name,
      description,
      contactEmail,
      redirectUrls: [...redirectUrls],
      scopes: [...scopes],
      ...(secretHash === undefined ? {} : { secretSha256: secretHash }),
    };
  }
}

async function* serviceAccountsOf(
  database: Database,
  organizationId: string,
): AsyncIterable<ServiceAccountEntry> {
  const accounts = await programsOf(database, organizationId, ['service', 'service']);
  const ids = accounts.map(({ userId }) => userId!);
  const machines = new Map((await existingUsers(database, [], ids)).map((user) => [user.id, user]));
  const memberships = Map.groupBy(await existingMemberships(database, ids), ({ userId }) => userId);
  for (const { id: clientId, name, description, scopes, secretHash, userId } of accounts) {
    const { fullAdministrator, active, defaultSiteUrl } = machines.get(userId!)!;
    yield {
      clientId,
      userId: userId!,
      name,
      description,
      scopes: [...scopes],
      secretSha256: secretHash!,
      fullAdministrator,
      active,
      ...(defaultSiteUrl === undefined ? {} : { defaultSite: defaultSiteUrl }),
      sites: (memberships.get(userId!) ?? []).map(membershipEntry),
    };
  }
}

/** All of these kinds, by their client ids. */
async function programsOf(
  database: Database,
  organizationId: string,
  kinds: Parameters<IntegrationRegistry['list']>[1],
): Promise<Integration[]> {
  const registry = new IntegrationRegistry(database);
  const programs: Integration[] = [];
  for (let offset = 0; ; offset += perPage) {
    const { rows } = await registry.list(organizationId, kinds, perPage, offset);
    programs.push(...rows);
    if (rows.length < perPage) break;
  }
  return programs.sort((one, other) => (one.id < other.id ? -1 : 1));
}
