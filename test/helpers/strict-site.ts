/** A site that allows less than the demo sites do, and people whose tokens or sites are out of the ordinary. */
import { randomBytes } from 'node:crypto';
import { demoOrganizations } from '../../src/development/demo.ts';
import {
  membershipStatements,
  type NewUser,
  siteStatement,
  userStatement,
} from '../../src/directory/registration.ts';
import type { SiteSettings } from '../../src/directory/site-settings.ts';
import type { Scope } from '../../src/identity/scopes.ts';
import { hashOf, tokenStatement } from '../../src/identity/tokens.ts';
import { type Database, directoryChanged } from '../../src/platform/database.ts';

const organizationId = demoOrganizations[0]!.id;
const now = new Date(0).toISOString();

export const strictSite = 'strict-example.webex.com';
export const strictSettings = {
  hostPinLength: 6,
  audioTypes: ['voipOnly', 'otherTeleconferenceService', 'none'],
  globalCallIn: false,
  tollFreeCallIn: false,
} satisfies Partial<SiteSettings>;

const rita: NewUser = {
  id: '0d6c7a51-2f64-4e0c-9a35-6f0b7c8d9e21',
  organizationId,
  email: 'rita@example.com',
  displayName: 'Rita Restricted',
  firstName: 'Rita',
  lastName: 'Restricted',
  fullAdministrator: false,
  defaultSiteUrl: strictSite,
};

/** On the strict site and site4, with neither as the default. */
const nora: NewUser = {
  ...rita,
  id: '1e7d8b62-3a75-4f1d-8b46-7a1c8d9e0f32',
  email: 'nora@example.com',
  displayName: 'Nora Nowhere',
  defaultSiteUrl: undefined,
};

/** A full administrator who is on the strict site, their default, and administers only site4. */
const paul: NewUser = {
  ...rita,
  id: '2f8e9c73-4b86-4a2e-9c57-8b2d9e0f1a43',
  email: 'paul@example.com',
  displayName: 'Paul Partly',
  fullAdministrator: true,
};

const userScopes: readonly Scope[] = ['meeting:preferences_read', 'meeting:preferences_write'];
const adminScopes: readonly Scope[] = [
  'meeting:admin_preferences_read',
  'meeting:admin_preferences_write',
  'meeting:admin_config_write',
];

/**
 * Adds the strict site with Rita (token `rita`), Nora (`nora`) and Paul (`paul`; `paul-admin` without the user-level
 * scopes), and tokens of Rita that have expired (`rita-expired`) or were revoked (`rita-revoked`).
 */
export async function addStrictSite(database: Database): Promise<void> {
  const member = (userId: string, siteUrl: string, siteAdministrator = false) =>
    membershipStatements(
      { userId, siteUrl, siteAdministrator, roomId: undefined },
      strictSettings,
      randomBytes,
    );
  const token = (name: string, userId: string, scopes: readonly Scope[], expires?: string) => {
    const hash = hashOf(`anteroom-dev-${name}`);
    return tokenStatement({ id: crypto.randomUUID(), hash, userId, name, scopes, expires }, now);
  };
  await database.write([
    siteStatement({ siteUrl: strictSite, organizationId, settings: strictSettings }, now),
    ...[rita, nora, paul].map((user) => userStatement(user, now)),
    ...[rita, nora, paul].flatMap(({ id }) => member(id, strictSite)),
    ...member(nora.id, 'site4-example.webex.com'),
    ...member(paul.id, 'site4-example.webex.com', true),
    token('rita', rita.id, userScopes),
    token('rita-expired', rita.id, userScopes, '2001-01-01T00:00:00.000Z'),
    token('rita-revoked', rita.id, userScopes),
    token('nora', nora.id, userScopes),
    token('paul', paul.id, [...userScopes, ...adminScopes]),
    token('paul-admin', paul.id, adminScopes),
    {
      sql: 'update tokens set revoked = ? where hash = ?',
      values: [now, hashOf('anteroom-dev-rita-revoked')],
    },
    directoryChanged,
  ]);
}

/** Changes settings of the strict site; to be called before a server reads them. */
export async function setStrictSite(database: Database, settings: Partial<SiteSettings>): Promise<void> {
  const changed = { ...strictSettings, ...settings };
  await database.write([
    siteStatement({ siteUrl: strictSite, organizationId, settings: changed }, now),
    directoryChanged,
  ]);
}
