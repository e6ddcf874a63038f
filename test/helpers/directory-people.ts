/** Tokens and requests for the tests of people. */
import assert from 'node:assert/strict';
import { personIdOf } from '../../src/directory/person-id.ts';
import type { Scope } from '../../src/identity/scopes.ts';
import type { Database } from '../../src/platform/database.ts';
import type { Answer, Client } from './client.ts';
import { addToken, demoUserId } from './people.ts';

export const people = '/v1/people';

/** Tokens: `boss` of the administrator of Example, `colleague` of John, `stranger` of the administrator of Other. */
export async function addPeopleTokens(database: Database): Promise<void> {
  const readsAll: Scope[] = ['spark-admin:people_read', 'spark-admin:people_write'];
  await addToken(database, demoUserId('admin@example.com'), 'boss', { scopes: readsAll });
  await addToken(database, demoUserId('john.andersen@example.com'), 'colleague', {
    scopes: ['spark:people_read'],
  });
  await addToken(database, demoUserId('john.andersen@example.com'), 'pretender', { scopes: readsAll });
  await addToken(database, demoUserId('admin@other.example'), 'stranger', { scopes: readsAll });
}

export function idOf(email: string): string {
  return personIdOf(demoUserId(email));
}

export const john = 'john.andersen@example.com';
export const johnPath = `${people}/${idOf(john)}`;

/** Adds a person and answers what the server says of them. */
export async function create(request: Client, body: object): Promise<Answer['body']> {
  const answer = await request({ method: 'POST', path: people, as: 'boss', body });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

export function update(request: Client, personId: string, body: unknown, as = 'boss'): Promise<Answer> {
  return request({ method: 'PUT', path: `${people}/${personId}`, as, body });
}
