/** Every kind of caller and every kind of target of the matrix of routes. */
import { machineStatement } from '../../../src/directory/registration.ts';
import { allScopes, type Scope } from '../../../src/identity/scopes.ts';
import { tokenStatement } from '../../../src/identity/tokens.ts';
import { IntegrationRegistry } from '../../../src/oauth/integration-registry.ts';
import { type Database, directoryChanged } from '../../../src/platform/database.ts';
import { addToken, addUser, demoUserId } from '../../helpers/people.ts';
import { addSessions } from './sessions.ts';
import {
  type Caller,
  createWorld,
  foreignEmail,
  foreignSite,
  type Person,
  unknownEmail,
  unknownSite,
  unmanagedSite,
} from './world.ts';

/** Whom a request is about, and on which site. */
export const targets = [
  'own',
  'own-other-site',
  'colleague',
  'colleague-elsewhere',
  'foreign',
  'unknown',
  'unmanaged-site',
  'foreign-site',
  'unknown-site',
] as const;
export type Target = (typeof targets)[number];

/** What exists where nobody may look has to look like what does not exist. */
export const lookAlikes: readonly (readonly [Target, Target])[] = [
  ['foreign', 'unknown'],
  ['foreign-site', 'unknown-site'],
];

/** A caller with a name of its own for messages. */
export interface NamedCaller extends Caller {
  readonly name: string;
  /** What speaks for a browser. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Matrix {
  readonly people: readonly Person[];
  readonly callers: readonly NamedCaller[];
  /** User ids by address. */
  readonly ids: ReadonlyMap<string, string>;
}

export const organizationIds: Readonly<Record<string, string>> = {
  Example: '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01',
  Other: '2e7b2d63-7e4f-4e1c-8a68-3a7a1a4a9b11',
};

/** An integration of each organization. */
export const applicationIds: Readonly<Record<string, string>> = {
  Example: '0c8f7a61-4b0e-4d4b-8a35-9f3a7b1c2d01',
  Other: '0c8f7a61-4b0e-4d4b-8a35-9f3a7b1c2d02',
};

/** A token of each organization that nobody holds. */
export const tokenIds: Readonly<Record<string, string>> = {
  Example: '6f0b1f3a-93f4-4a0c-8b52-2d6c1f7a3e01',
  Other: '6f0b1f3a-93f4-4a0c-8b52-2d6c1f7a3e02',
};

/** A service account with an administrator role: it is no person, and gets no further than its role. */
const machine: Person = {
  email: 'machine@example.com',
  token: 'machine',
  organization: 'Example',
  sites: ['site4-example.webex.com'],
  fullAdministrator: true,
  administers: ['site4-example.webex.com'],
};

/** Tokens with each scope alone are held by a host and by somebody who administers everything. */
const holdersOfSingles = ['john.andersen@example.com', 'admin@example.com'];

export async function createMatrix(database: Database): Promise<Matrix> {
  const world = await createWorld(database);
  const { callers } = world;
  const people = [...world.people, machine];
  await database.write([machineStatement(await addUser(database, machine)), directoryChanged]);
  await addApplications(database);
  await addUnheldTokens(database);
  const rows = await database.all('select id, email_key from users', []);
  const ids = new Map(rows.map(({ id, email_key }) => [email_key as string, id as string]));
  const all: NamedCaller[] = callers.map((caller) => ({ ...caller, name: caller.token ?? 'nobody' }));
  const hold = async (person: Person, name: string, scopes: readonly Scope[]): Promise<void> => {
    await addToken(database, ids.get(person.email)!, name, { scopes: [...scopes] });
    all.push({ token: name, name, person, scopes: new Set(scopes) });
  };
  for (const [index, person] of people.entries()) {
    await hold(person, `all-of-${person.email.replace('@', '-at-')}`, allScopes);
    if (!holdersOfSingles.includes(person.email)) continue;
    for (const scope of allScopes) await hold(person, `${index}-${scope.replaceAll(':', '-')}`, [scope]);
  }
  const administrator = people.find(({ email }) => email === 'admin@example.com')!;
  const signedIn = people.filter((person) => person !== machine);
  all.push(...(await addSessions(database, signedIn, administrator, ids, allScopes)));
  return { people, callers: all, ids };
}

async function addUnheldTokens(database: Database): Promise<void> {
  const holders = { Example: 'marcus.hoffmann@example.com', Other: 'olga@other.example' };
  const unit = Object.entries(holders).map(([organization, email]) => {
    const id = tokenIds[organization]!;
    const facts = { id, hash: `of ${organization}`, userId: demoUserId(email), name: 'Nobody holds it' };
    const token = { ...facts, scopes: allScopes, expires: undefined };
    return tokenStatement(token, '2026-01-01T00:00:00.000Z');
  });
  await database.write([...unit, directoryChanged]);
}

async function addApplications(database: Database): Promise<void> {
  const registry = new IntegrationRegistry(database);
  for (const [organization, id] of Object.entries(applicationIds)) {
    await registry.create({
      id,
      organizationId: organizationIds[organization]!,
      kind: 'native',
      name: `An application of ${organization}`,
      description: '',
      contactEmail: '',
      secretHash: undefined,
      redirectUrls: ['http://127.0.0.1/callback'],
      scopes: ['meeting:preferences_read'],
      userId: undefined,
      created: '2026-01-01T00:00:00.000Z',
      createdBy: '',
    });
  }
}

export interface Place {
  readonly userEmail: string | undefined;
  readonly siteUrl: string | undefined;
}

/** What the target is for this caller. */
export function placeOf(target: Target, { person }: Caller): Place {
  const { organization, email, sites } = person;
  const colleagues: Readonly<Record<string, readonly string[]>> = {
    Example: ['marcus.hoffmann@example.com', 'john.andersen@example.com'],
    Other: ['olga@other.example', 'admin@other.example'],
  };
  const colleague = colleagues[organization]!.find((address) => address !== email);
  const places: Record<Target, Place> = {
    own: { userEmail: undefined, siteUrl: undefined },
    'own-other-site': { userEmail: email.toUpperCase(), siteUrl: sites.at(-1) },
    colleague: { userEmail: colleague, siteUrl: undefined },
    'colleague-elsewhere': {
      userEmail: organization === 'Example' ? 'nadia@example.com' : colleague,
      siteUrl: undefined,
    },
    foreign: { userEmail: foreignEmail[organization], siteUrl: undefined },
    unknown: { userEmail: unknownEmail, siteUrl: undefined },
    'unmanaged-site': { userEmail: undefined, siteUrl: unmanagedSite },
    'foreign-site': { userEmail: undefined, siteUrl: foreignSite[organization] },
    'unknown-site': { userEmail: undefined, siteUrl: unknownSite },
  };
  return places[target];
}
