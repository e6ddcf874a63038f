/** Every kind of caller and every kind of target of the matrix of routes. */
import { allScopes, type Scope } from '../../../src/identity/scopes.ts';
import type { Database } from '../../../src/platform/database.ts';
import { addToken } from '../../helpers/people.ts';
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
}

export interface Matrix {
  readonly people: readonly Person[];
  readonly callers: readonly NamedCaller[];
  /** User ids by address. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Tokens with each scope alone are held by a host and by somebody who administers everything. */
const holdersOfSingles = ['john.andersen@example.com', 'admin@example.com'];

export async function createMatrix(database: Database): Promise<Matrix> {
  const { people, callers } = await createWorld(database);
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
  return { people, callers: all, ids };
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
