/** Trying out secrets of integrations, and tokens, where the answers are not ours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addIntegration } from '../helpers/integrations.ts';
import { startServer } from '../helpers/server.ts';

/** A server behind a proxy of this machine, whose clock stands still: without it this machine has no limit. */
async function start() {
  const { url, database } = await startServer({
    addressRate: 10,
    addressBurst: 30,
    trustProxy: 'loopback',
    clock: () => 1_000_000,
  });
  const { integration, secret } = await addIntegration(database!, { redirectUrls: [] });
  const statuses = async (count: number, path: string, address: string, init: RequestInit = {}) => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const headers = { ...(init.headers as Record<string, string>), 'x-forwarded-for': address };
      const response = await fetch(url + path, { ...init, headers });
      await response.text();
      found.push(response.status);
    }
    return found;
  };
  const tokenRequest = (clientSecret: string): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: integration.id,
      client_secret: clientSecret,
      code: 'a'.repeat(43),
      redirect_uri: 'https://notes.example.net/callback',
    }),
  });
  return { statuses, tokenRequest, secret: secret! };
}

for (const path of ['/v1/access_token', '/v1/device/token', '/v1/revoke']) {
  test(`a wrong secret at ${path} is ten times as dear as a right one`, async () => {
    const { statuses, tokenRequest } = await start();
    const wrong = tokenRequest('wrong');
    assert.deepEqual(await statuses(4, path, '203.0.113.1', wrong), [401, 401, 401, 429]);
    assert.deepEqual(await statuses(1, path, '203.0.113.2', wrong), [401]);
  });
}

test('a right secret costs no more than a request, whatever else is wrong with it', async () => {
  const { statuses, tokenRequest, secret } = await start();
  const answers = await statuses(12, '/v1/access_token', '203.0.113.1', tokenRequest(secret));
  assert.deepEqual(new Set(answers), new Set([400]));
});

test('wrong tokens at /v1/userinfo and for SCIM are as dear', async () => {
  const { statuses } = await start();
  const headers = { authorization: 'Bearer nobody' };
  assert.deepEqual(await statuses(4, '/v1/userinfo', '203.0.113.1', { headers }), [401, 401, 401, 429]);
  assert.deepEqual(await statuses(4, '/scim/v2/Users', '203.0.113.2', { headers }), [401, 401, 401, 429]);
});
