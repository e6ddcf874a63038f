/** The people, sites and tokens of the matrix: the demo organizations and, on a server of our own, some more. */
import type { Scope } from '../../../src/identity/scopes.ts';
import type { Database } from '../../../src/platform/database.ts';
import { addSite, addToken, addUser, demoUserId } from '../../helpers/people.ts';

export interface Person {
  readonly email: string;
  /** A token with the user-level scopes, to put and to see the person's preferences. */
  readonly token: string;
  readonly organization: string;
  /** The first is the default one. */
  readonly sites: readonly string[];
  readonly fullAdministrator: boolean;
  readonly administers: readonly string[];
}

export interface Caller {
  /** The name of the token; undefined for none. */
  readonly token: string | undefined;
  readonly person: Person;
  /** Undefined when the token is not valid. */
  readonly scopes: ReadonlySet<Scope> | undefined;
}

const host = (name: string): string => `${name}.webex.com`;
const exampleSites = ['site4-example', 'site1-example', 'site2-example', 'site3-example', 'example'].map(
  host,
);
const marcussSites = ['example', 'site1-example', 'site2-example', 'site3-example', 'site4-example'].map(
  host,
);
const otherSites = [host('other-example')];
export const unmanagedSite = host('site5-example');

const nobodySpecial = { organization: 'Example', fullAdministrator: false, administers: [] };
const john: Person = {
  ...nobodySpecial,
  email: 'john.andersen@example.com',
  token: 'john',
  sites: exampleSites,
};
const marcus: Person = {
  ...nobodySpecial,
  email: 'marcus.hoffmann@example.com',
  token: 'marcus',
  sites: marcussSites,
};
const alex: Person = {
  ...john,
  email: 'admin@example.com',
  token: 'admin',
  fullAdministrator: true,
  administers: exampleSites,
};
const sam: Person = {
  ...nobodySpecial,
  email: 'site-admin@example.com',
  token: 'site-admin',
  sites: ['site4-example', 'site1-example'].map(host),
  administers: [host('site4-example')],
};
const otto: Person = {
  email: 'admin@other.example',
  token: 'other-admin',
  organization: 'Other',
  sites: otherSites,
  fullAdministrator: true,
  administers: otherSites,
};
const olga: Person = {
  ...otto,
  email: 'olga@other.example',
  token: 'other-olga',
  fullAdministrator: false,
  administers: [],
};
/** Not on the default site of any administrator. */
const nadia: Person = {
  ...nobodySpecial,
  email: 'nadia@example.com',
  token: 'nadia',
  sites: [host('site1-example'), unmanagedSite],
};
/** A full administrator who administers one of three sites, and not the default one. */
const paula: Person = {
  ...nobodySpecial,
  email: 'paula@example.com',
  token: 'paula',
  sites: ['site2-example', 'site1-example', 'site4-example'].map(host),
  fullAdministrator: true,
  administers: [host('site1-example')],
};

const userRead: Scope[] = ['meeting:preferences_read'];
const userLevel: Scope[] = [...userRead, 'meeting:preferences_write'];
const adminRead: Scope[] = ['meeting:admin_preferences_read'];
const adminLevel: Scope[] = [...adminRead, 'meeting:admin_preferences_write'];
const config: Scope[] = ['meeting:admin_config_read', 'meeting:admin_config_write'];
const all = [...userLevel, ...adminLevel, ...config];

function caller(token: string | undefined, person: Person, scopes?: readonly Scope[]): Caller {
  return { token, person, scopes: scopes === undefined ? undefined : new Set(scopes) };
}

const demoCallers: readonly Caller[] = [
  caller(undefined, john),
  caller('unknown', john),
  caller('john', john, userLevel),
  caller('john-read', john, userRead),
  caller('admin', alex, all),
  caller('admin-read', alex, [...userRead, ...adminRead]),
  caller('site-admin', sam, all),
  caller('other-admin', otto, all),
  caller('other-olga', olga, userLevel),
];

const moreCallers: readonly Caller[] = [
  caller('expired', alex),
  caller('revoked', alex),
  caller('paula', paula, all),
  caller('admin-level-only', alex, adminLevel),
  caller('user-level-only', alex, userLevel),
  caller('config-only', alex, config),
  caller('john-admin-level', john, adminLevel),
];

export interface World {
  readonly people: readonly Person[];
  readonly callers: readonly Caller[];
  /** What a caller of the organization asks for; undefined leaves the parameter out. */
  readonly emailsFor: (caller: Caller) => readonly (string | undefined)[];
  readonly sitesFor: (caller: Caller) => readonly (string | undefined)[];
}

/** Of the callers asked about, whose addresses and sites say nothing to them. */
export const foreignEmail: Readonly<Record<string, string>> = { Example: olga.email, Other: john.email };
export const unknownEmail = 'nobody@example.com';
export const foreignSite: Readonly<Record<string, string>> = {
  Example: otherSites[0]!,
  Other: host('site1-example'),
};
export const unknownSite = host('nowhere-example');

/** The demo organizations as they stand; with a database, also people and tokens that are added to it. */
export async function createWorld(database: Database | undefined): Promise<World> {
  if (database !== undefined) await register(database);
  const isOwn = database !== undefined;
  const colleague = ({ email, organization }: Person) =>
    organization === 'Example' ? marcus.email : email === otto.email ? olga.email : otto.email;
  return {
    people: [john, marcus, alex, sam, otto, olga, ...(isOwn ? [nadia, paula] : [])],
    callers: isOwn ? [...demoCallers, ...moreCallers] : demoCallers,
    emailsFor: ({ person }) => [
      undefined,
      person.email,
      person.email.toUpperCase(),
      colleague(person),
      ...(isOwn ? [nadia.email] : []),
      foreignEmail[person.organization],
      unknownEmail,
    ],
    sitesFor: ({ person }) => [
      undefined,
      person.sites.at(-1),
      person.sites[0]!.toUpperCase(),
      ...(person.organization === 'Example' ? [host('site2-example')] : []),
      ...(isOwn ? [unmanagedSite] : []),
      foreignSite[person.organization],
      unknownSite,
    ],
  };
}

async function register(database: Database): Promise<void> {
  await addSite(database, unmanagedSite);
  for (const person of [nadia, paula]) {
    await addToken(database, await addUser(database, person), person.token, { scopes: all });
  }
  const expires = '2026-01-01T00:00:00.000Z';
  for (const { token, person, scopes } of moreCallers.filter(({ person }) => person !== paula)) {
    const more = { revoked: token === 'revoked', ...(token === 'expired' ? { expires } : {}) };
    const granted = scopes === undefined ? {} : { scopes: [...scopes] };
    await addToken(database, demoUserId(person.email), token!, { ...granted, ...more });
  }
}
