import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/video';
const body = { videoDevices: [] };

async function assertUnchanged(change: () => Promise<void>, as: string): Promise<void> {
  const before = (await request({ path, as })).text;
  await change();
  assert.equal((await request({ path, as })).text, before);
}

test('token.missing: the request has bearer credentials', async () => {
  for (const authorization of [
    undefined,
    'Basic am9objpqb2hu',
    'anteroom-dev-john',
    'Digest username="john"',
  ]) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    await assertUnchanged(async () => {
      const answer = await request({ method: 'PUT', path, body, headers });
      assertRefused(answer, 401, 'token.missing');
      assert.doesNotMatch(answer.headers.get('www-authenticate')!, /error=/);
      assert.match(answer.headers.get('www-authenticate')!, /^Bearer /);
    }, 'john');
  }
  for (const scheme of ['Bearer ', 'bearer ', 'BEARER  ']) {
    const headers = { authorization: `${scheme}anteroom-dev-john` };
    assert.equal((await request({ path, headers })).status, 200);
  }
});

test('token.valid: the token is known, has not expired and was not revoked', async () => {
  const tokens = [
    ...[
      'anteroom-dev-nobody',
      'anteroom-dev-joh',
      'anteroom-dev-john2',
      'ANTEROOM-DEV-JOHN',
      'x'.repeat(2048),
    ],
    ...['anteroom-dev-rita-expired', 'anteroom-dev-rita-revoked', 'two words', 'a=b', '', 'ünknown'],
  ];
  for (const token of tokens) {
    await assertUnchanged(async () => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await request({ method: 'PUT', path, body, headers });
      assertRefused(answer, 401, 'token.valid');
      assert.match(answer.headers.get('www-authenticate')!, /^Bearer .*error="invalid_token"/);
    }, 'rita');
  }
  assert.equal((await request({ method: 'PUT', path, as: 'rita', body })).status, 200);
});

test('token.valid: tokens that everybody knows work in development only', async () => {
  const { url } = await startServer({ database, acceptDevelopmentTokens: false });
  assertRefused(await clientOf(url)({ path, as: 'john' }), 401, 'token.valid');
});

test('token.valid: a token is refused from the millisecond of its expiry on', async () => {
  const expiry = Date.parse('2001-01-01T00:00:00.000Z');
  let now = expiry - 1;
  const { url } = await startServer({ database, now: () => now });
  assert.equal((await clientOf(url)({ path, as: 'rita-expired' })).status, 200);
  now = expiry;
  assertRefused(await clientOf(url)({ path, as: 'rita-expired' }), 401, 'token.valid');
});

test('token.scope: the token has the scope of the operation', async () => {
  const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  await assertUnchanged(async () => {
    for (const as of ['john-read', 'admin-read']) {
      const answer = await request({ method: 'PUT', path, as, body });
      assertRefused(answer, 403, 'token.scope');
      assert.match(
        answer.headers.get('www-authenticate')!,
        /error="insufficient_scope".*scope="meeting:pref/,
      );
    }
    for (const as of ['john', 'admin-read']) {
      assertRefused(await request({ method: 'POST', path: refresh, as, body: {} }), 403, 'token.scope');
    }
  }, 'john');
  for (const as of ['john', 'admin']) {
    assert.equal((await request({ method: 'PUT', path, as, body })).status, 200);
  }
});
