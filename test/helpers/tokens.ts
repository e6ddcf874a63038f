/** What the tests of access tokens have in common. */
import { randomUUID } from 'node:crypto';
import type { Scope } from '../../src/identity/scopes.ts';
import { hashOf } from '../../src/identity/tokens.ts';
import { type Database, directoryChanged } from '../../src/platform/database.ts';
import type { Answer, Client, Request } from './client.ts';
import { addToken, demoUserId } from './people.ts';

export const tokensPath = '/v1/admin/tokens';
export const john = 'john.andersen@example.com';
export const otherAdmin = 'admin@other.example';

/** A body that the administrator of Example can have, with the token that has every scope. */
export const newToken = { name: 'Dashboard', scopes: ['meeting:preferences_read'] };

/** Asks for a token; `fields` override what is usual. */
export function createToken(request: Client, fields: object = {}, as = 'admin-all'): Promise<Answer> {
  return request({ method: 'POST', path: tokensPath, as, body: { ...newToken, ...fields } });
}

export function revokeToken(request: Client, id: string, as = 'admin-all'): Promise<Answer> {
  return request({ method: 'DELETE', path: `${tokensPath}/${id}`, as });
}

export function listTokens(
  request: Client,
  query: Readonly<Record<string, string>> = {},
  as = 'admin-all',
): Promise<Answer> {
  return request({ path: `${tokensPath}?${new URLSearchParams(query)}`, as });
}

/** A request with a token of which only the server knows the name. */
export function withToken(request: Client, token: string, rest: Request): Promise<Answer> {
  return request({ ...rest, headers: { ...rest.headers, authorization: `Bearer ${token}` } });
}

/** A client whose every request has this token. */
export function clientWith(request: Client, token: string): Client {
  return (rest) => withToken(request, token, rest);
}

/** Tokens of the administrator of the organization Other (`stranger`), and of a host with all scopes (`pretender`). */
export async function addTokenCallers(database: Database): Promise<void> {
  const scopes: Scope[] = ['identity:tokens_read', 'identity:tokens_write', 'meeting:preferences_read'];
  await addToken(database, demoUserId(otherAdmin), 'stranger', { scopes });
  await addToken(database, demoUserId(john), 'pretender', { scopes });
}

/** A token of the administrator that an integration obtained: `anteroom-dev-<name>`; returns its id. */
export async function addIntegrationToken(
  database: Database,
  integrationId: string,
  name: string,
  scopes: readonly Scope[],
): Promise<string> {
  const id = randomUUID();
  await addToken(database, demoUserId('admin@example.com'), name, { scopes });
  const hash = hashOf(`anteroom-dev-${name}`);
  const sql = 'update tokens set id = ?, integration_id = ? where hash = ?';
  await database.write([{ sql, values: [id, integrationId, hash] }, directoryChanged]);
  return id;
}
