/** JWT access tokens of other issuers (RFC 9068), with real keys and a real server that answers them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkSubject } from '../../src/identity/jwt-user-store.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { audience, newKey, startIssuer, tokenOf } from '../helpers/issuer.ts';
import { demoUserId } from '../helpers/people.ts';
import { openDatabase, quietLog, startServer } from '../helpers/server.ts';

const path = '/v1/meetingPreferences/sites';
const john = demoUserId('john.andersen@example.com');
const key = await newKey('one');

async function ask(url: string, token: string, method = 'GET'): Promise<Answer> {
  const body = method === 'GET' ? {} : { body: { siteUrl: 'example.webex.com' } };
  const target = method === 'GET' ? path : `${path}?defaultSite=true`;
  return clientOf(url)({ method, path: target, headers: { authorization: `Bearer ${token}` }, ...body });
}

for (const description of [undefined, '/.well-known/oauth-authorization-server']) {
  test(`a token of an issuer that describes itself at ${description ?? 'the OpenID path'} is its user's`, async () => {
    const issuer = await startIssuer([key], description);
    const { url } = await startServer({
      jwtIssuers: ['https://other.example', issuer.url],
      jwtAudience: audience,
    });
    const token = await tokenOf(issuer);
    const { status, body } = await ask(url, token);
    assert.equal(status, 200);
    assert.equal(body.sites.length, 5);
    assert.equal((await ask(url, token, 'PUT')).status, 200);
    const { body: history } = await clientOf(url)({ path: '/v1/meetingPreferences/history', as: 'john' });
    assert.equal(history.items.length, 1);
  });
}

test('every algorithm of the settings works, and only those', async () => {
  const keys = await Promise.all(
    ['RS256', 'PS256', 'ES256', 'EdDSA', 'ES384'].map((alg) => newKey(alg, alg)),
  );
  const issuer = await startIssuer(keys);
  const { url } = await startServer({ jwtIssuers: [issuer.url], jwtAudience: audience });
  for (const each of keys) {
    const answer = await ask(url, await tokenOf(issuer, { key: each }));
    if (each.alg === 'ES384') assertRefused(answer, 401, 'token.valid');
    else assert.equal(answer.status, 200, each.alg);
  }
  const { url: strict } = await startServer({
    jwtIssuers: [issuer.url],
    jwtAudience: audience,
    jwtAlgorithms: ['EdDSA'],
  });
  assertRefused(await ask(strict, await tokenOf(issuer, { key: keys[0]! })), 401, 'token.valid');
  assert.equal((await ask(strict, await tokenOf(issuer, { key: keys[3]! }))).status, 200);
});

test('a token has the scopes it names that are known here, and never more than its user may', async () => {
  const issuer = await startIssuer([key]);
  const { url } = await startServer({ jwtIssuers: [issuer.url], jwtAudience: audience });
  const read = await tokenOf(issuer, { claims: { scope: 'openid meeting:preferences_read' } });
  assert.equal((await ask(url, read)).status, 200);
  assertRefused(await ask(url, read, 'PUT'), 403, 'token.scope');
  for (const scope of ['', undefined, 'meeting:all', 7, ['meeting:preferences_read']]) {
    assertRefused(await ask(url, await tokenOf(issuer, { claims: { scope } })), 403, 'token.scope');
  }
  const admin = await tokenOf(issuer, { claims: { scope: 'meeting:admin_preferences_read' } });
  const other = `${path}?userEmail=marcus.hoffmann@example.com`;
  const headers = { authorization: `Bearer ${admin}` };
  assertRefused(await clientOf(url)({ path: other, headers }), 403, 'subject.own');
});

test('an address that the issuer did not verify, or that nobody active has, is nobody', async () => {
  const database = await openDatabase();
  const issuer = await startIssuer([key]);
  const { url } = await startServer({ database, jwtIssuers: [issuer.url], jwtAudience: audience });
  for (const claims of [
    { email_verified: false },
    { email_verified: 'true' },
    { email_verified: undefined },
    { email: undefined },
    { email: 'nobody@example.com' },
    { email: ['john.andersen@example.com'] },
  ]) {
    assertRefused(await ask(url, await tokenOf(issuer, { claims })), 401, 'token.valid');
  }
  const token = await tokenOf(issuer);
  assert.equal((await ask(url, token)).status, 200);
  await database.write([
    { sql: 'update users set active = 0 where id = ?', values: [john] },
    directoryChanged,
  ]);
  assertRefused(await ask(url, await tokenOf(issuer)), 401, 'token.valid');
});

test('a subject that stands for a machine, or for somebody who was deactivated, is nobody', async () => {
  const database = await openDatabase();
  const issuer = await startIssuer([key]);
  const { url } = await startServer({
    database,
    jwtIssuers: [issuer.url],
    jwtAudience: audience,
    jwtUserClaim: 'sub',
  });
  const status = async () => (await ask(url, await tokenOf(issuer))).status;
  const subject = { issuer: issuer.url, subject: 'subject-of-john' };
  await linkSubject(database, john, subject, '2026-01-01T00:00:00.000Z');
  for (const [change, undo] of [
    ["kind = 'machine'", "kind = 'person'"],
    ['active = 0', 'active = 1'],
  ] as const) {
    const set = (assignment: string) =>
      database.write([
        { sql: `update users set ${assignment} where id = ?`, values: [john], changes: 1 },
        directoryChanged,
      ]);
    assert.equal(await status(), 200);
    await set(change);
    assert.equal(await status(), 401, change);
    await set(undo);
  }
});

test('where subjects name users, an address says nothing, and a subject is of one issuer', async () => {
  const database = await openDatabase();
  const [one, other] = [await startIssuer([key]), await startIssuer([await newKey('one')])];
  const { url } = await startServer({
    database,
    jwtIssuers: [one.url, other.url],
    jwtAudience: audience,
    jwtUserClaim: 'sub',
  });
  assertRefused(await ask(url, await tokenOf(one)), 401, 'token.valid');
  await linkSubject(
    database,
    john,
    { issuer: one.url, subject: 'subject-of-john' },
    '2026-01-01T00:00:00.000Z',
  );
  assert.equal((await ask(url, await tokenOf(one, { claims: { email: undefined } }))).status, 200);
  assertRefused(await ask(url, await tokenOf(other)), 401, 'token.valid');
});

test('a good token is checked once, and no longer good at its end', async () => {
  let now = Date.now();
  const issuer = await startIssuer([key]);
  const { url } = await startServer({ jwtIssuers: [issuer.url], jwtAudience: audience, now: () => now });
  const token = await tokenOf(issuer);
  assert.equal((await ask(url, token)).status, 200);
  issuer.isDown = true;
  assert.equal((await ask(url, token)).status, 200);
  now += 299_000;
  assert.equal((await ask(url, token)).status, 200);
  now += 10_000;
  assertRefused(await ask(url, token), 401, 'token.valid');
});

test('an issuer that is down is a 503 for tokens that are not known yet, and is asked again later', async () => {
  let now = Date.now();
  const issuer = await startIssuer([key]);
  issuer.isDown = true;
  const { url } = await startServer({
    jwtIssuers: [issuer.url],
    jwtAudience: audience,
    log: quietLog,
    now: () => now,
  });
  const answer = await ask(url, await tokenOf(issuer));
  assertRefused(answer, 503);
  assert.match(answer.headers.get('retry-after')!, /^\d+$/);
  assert.equal((await clientOf(url)({ path, as: 'john' })).status, 200, 'other tokens go on working');
  issuer.isDown = false;
  now += 11_000;
  assert.equal((await ask(url, await tokenOf(issuer))).status, 200);
});

test('without issuers a JWT is unknown, and nobody is asked', async () => {
  const issuer = await startIssuer([key]);
  const { url } = await startServer({ jwtAudience: audience });
  assertRefused(await ask(url, await tokenOf(issuer)), 401, 'token.valid');
  assert.equal(issuer.asked(), 0);
});

test('without an audience in the settings, it is the URL of the server', async () => {
  const issuer = await startIssuer([key]);
  const { url } = await startServer({ jwtIssuers: [issuer.url], publicUrl: 'https://public.example' });
  const token = await tokenOf(issuer, { claims: { aud: ['https://public.example', 'another'] } });
  assert.equal((await ask(url, token)).status, 200);
  assertRefused(await ask(url, await tokenOf(issuer)), 401, 'token.valid');
});
