/** Callers with a browser: the session's cookie in the place of a token, as our own pages send it. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Scope } from '../../../src/identity/scopes.ts';
import { hashOf } from '../../../src/identity/tokens.ts';
import type { Database } from '../../../src/platform/database.ts';
import { SessionStore } from '../../../src/sign-in/session-store.ts';
import type { NamedCaller } from './facts.ts';
import type { Person } from './world.ts';

const hourMs = 3_600_000;

/** What browsers of hosts may ask for; those of administrators may ask for everything, and are judged by their roles. */
const ofHosts: readonly Scope[] = [
  'meeting:preferences_read',
  'meeting:preferences_write',
  'spark:people_read',
];

/** A browser of each of these people; and some of an administrator that are good for nothing. `ids` are by address. */
export async function addSessions(
  database: Database,
  people: readonly Person[],
  administrator: Person,
  ids: ReadonlyMap<string, string>,
  everything: readonly Scope[],
): Promise<NamedCaller[]> {
  const store = new SessionStore(database);
  const callers: NamedCaller[] = [];
  const signIn = async (person: Person, ageMs = 0): Promise<string> => {
    const value = randomBytes(32).toString('base64url');
    const createdAt = Date.now() - ageMs;
    const times = { createdAt, expiresAt: createdAt + 12 * hourMs };
    const session = { id: randomUUID(), hash: hashOf(value), method: 'password' as const, ...times };
    await store.start({ ...session, userId: ids.get(person.email)! }, undefined);
    return `anteroom_session=${value}`;
  };
  const add = (name: string, person: Person, headers: Record<string, string>, scopes?: readonly Scope[]) => {
    const granted = scopes === undefined ? undefined : new Set(scopes);
    callers.push({ name: `browser ${name}`, token: undefined, headers, person, scopes: granted });
  };
  const ours = { 'x-anteroom-session': '1' };
  for (const person of people) {
    const isAdministrator = person.fullAdministrator || person.administers.length > 0;
    const headers = { ...ours, cookie: await signIn(person) };
    add(`of ${person.email}`, person, headers, isAdministrator ? everything : ofHosts);
  }
  const cookie = await signIn(administrator);
  add('without the header', administrator, { cookie });
  add('on a page of another site', administrator, { ...ours, cookie, 'sec-fetch-site': 'cross-site' });
  add('with a token that is none', administrator, { ...ours, cookie, authorization: 'Bearer none' });
  const ended = await signIn(administrator);
  await store.end(hashOf(ended.slice(ended.indexOf('=') + 1)));
  add('that signed out', administrator, { ...ours, cookie: ended });
  add('without a session', administrator, ours);
  // The last: whoever signs in makes all sessions go that have expired.
  add('of yesterday', administrator, { ...ours, cookie: await signIn(administrator, 24 * hourMs) });
  return callers;
}
