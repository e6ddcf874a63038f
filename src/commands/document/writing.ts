/** Writes a database as an import file, piece by piece: a user a line in JSON, a user a block in YAML. */
import {
  type ExistingMembership,
  existingMemberships,
  existingSites,
} from '../../directory/bulk-registry.ts';
import { Registry } from '../../directory/registry.ts';
import { SiteSettings } from '../../directory/site-settings.ts';
import { type StoredToken, TokenRegistry } from '../../identity/token-registry.ts';
import type { Database } from '../../platform/database.ts';
import type { MembershipEntry, OrganizationEntry, SiteEntry, TokenEntry, UserEntry } from './schema.ts';
import { yamlText } from './yaml-values.ts';

export type Format = 'json' | 'yaml';

const perPage = 500;

/** The pieces of the text; equal directories have equal texts. */
export async function* directoryText(database: Database, format: Format): AsyncIterable<string> {
  const layout = layouts[format];
  const registry = new Registry(database);
  yield layout.start;
  let count = 0;
  for (let offset = 0; ; offset += perPage) {
    const { rows } = await registry.organizations(perPage, offset);
    for (const { id, name } of rows) {
      yield layout.organization({ name, id }, count);
      yield* listText(layout, 'sites', sitesOf(database, registry, id));
      yield layout.between;
      yield* listText(layout, 'users', usersOf(database, registry, id));
      yield layout.organizationEnd;
      count += 1;
    }
    if (rows.length < perPage) break;
  }
  yield layout.end(count);
}

async function* listText(layout: Layout, name: string, items: AsyncIterable<object>): AsyncIterable<string> {
  let count = 0;
  for await (const item of items) {
    yield `${count === 0 ? layout.listStart(name) : layout.itemEnd}${layout.item(item)}`;
    count += 1;
  }
  yield count === 0 ? layout.emptyList(name) : layout.listEnd;
}

interface Layout {
  readonly start: string;
  organization(facts: OrganizationEntry, index: number): string;
  listStart(name: string): string;
  item(value: object): string;
  readonly itemEnd: string;
  readonly listEnd: string;
  emptyList(name: string): string;
  readonly between: string;
  readonly organizationEnd: string;
  end(organizations: number): string;
}

const layouts: Readonly<Record<Format, Layout>> = {
  json: {
    start: '{\n  "organizations": [',
    organization: ({ name, id }, index) =>
      `${index === 0 ? '' : ','}\n    {\n      "name": ${JSON.stringify(name)},\n      "id": ${JSON.stringify(id)},\n`,
    listStart: (name) => `      "${name}": [\n`,
    item: (value) => `        ${JSON.stringify(value)}`,
    itemEnd: ',\n',
    listEnd: '\n      ]',
    emptyList: (name) => `      "${name}": []`,
    between: ',\n',
    organizationEnd: '\n    }',
    end: (organizations) => `${organizations === 0 ? '' : '\n  '}]\n}\n`,
  },
  yaml: {
    start: 'organizations:',
    organization: (facts) => `\n${indented([facts], '  ')}\n`,
    listStart: (name) => `    ${name}:\n`,
    item: (value) => indented([value], '      '),
    itemEnd: '\n',
    listEnd: '',
    emptyList: (name) => `    ${name}: []`,
    between: '\n',
    organizationEnd: '',
    end: (organizations) => (organizations === 0 ? ' []\n' : '\n'),
  },
};

function indented(value: unknown, indent: string): string {
  return indent + yamlText(value).slice(0, -1).replaceAll('\n', `\n${indent}`);
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
