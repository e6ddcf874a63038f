/** A client for the tests of SCIM, that speaks as the connectors of directories do. */
import assert from 'node:assert/strict';
import type { Scope } from '../../src/identity/scopes.ts';
import type { Database } from '../../src/platform/database.ts';
import { type Answer, type Client, clientOf } from './client.ts';
import { addToken, demoUserId } from './people.ts';
import { startServer } from './server.ts';

export const scim = '/scim/v2';
export const mediaType = 'application/scim+json;charset=UTF-8';
export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export interface ScimClient {
  readonly url: string;
  readonly database: Database;
  readonly request: Client;
  readonly get: (path: string, as?: string) => Promise<Answer>;
  readonly send: (method: string, path: string, body?: unknown, as?: string) => Promise<Answer>;
  /** PATCH with these operations. */
  readonly patch: (path: string, ...operations: object[]) => Promise<Answer>;
}

/** A server of its own, with the tokens `okta` and `reader` of Example, `foreign` of Other, `intruder` of John. */
export async function startScim(): Promise<ScimClient> {
  const { url, database } = await startServer();
  const tokens: Record<string, [string, Scope]> = {
    okta: ['admin@example.com', 'identity:people_rw'],
    reader: ['admin@example.com', 'identity:people_read'],
    foreign: ['admin@other.example', 'identity:people_rw'],
    intruder: ['john.andersen@example.com', 'identity:people_rw'],
  };
  for (const [name, [email, scope]] of Object.entries(tokens)) {
    await addToken(database!, demoUserId(email), name, { scopes: [scope] });
  }
  const request = clientOf(url);
  const headers = { accept: 'application/scim+json', 'content-type': 'application/scim+json; charset=utf-8' };
  const send = async (method: string, path: string, body?: unknown, as = 'okta'): Promise<Answer> => {
    const answer = await request({ method, path: scim + path, as, body, headers });
    if (answer.status !== 204) assert.equal(answer.headers.get('content-type'), mediaType);
    return answer;
  };
  return {
    url,
    database: database!,
    request,
    send,
    get: (path, as) => send('GET', path, undefined, as),
    patch: (path, ...Operations) => send('PATCH', path, { schemas: [patchSchema], Operations }),
  };
}

/** Checks the form of a refusal (RFC 7644 section 3.12). */
export function assertScimRefused(answer: Answer, status: number, scimType?: string): void {
  assert.equal(answer.status, status, answer.text);
  const { schemas, detail, ...rest } = answer.body;
  assert.deepEqual(schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
  assert.ok(detail.length > 10);
  assert.deepEqual(rest, { status: String(status), ...(scimType === undefined ? {} : { scimType }) });
  assert.ok(answer.headers.get('trackingid'));
}

/** Adds a user; answers what the server says of them. */
export async function provision({ send }: ScimClient, userName: string, more: object = {}) {
  const answer = await send('POST', '/Users', { schemas: [userSchema], userName, ...more });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}
