/** The state is in the database: it survives a restart, and several servers share it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as client from 'openid-client';
import type { Database } from '../../src/platform/database.ts';
import { demoUrl } from '../helpers/databases.ts';
import {
  addIntegration,
  allow,
  askFor,
  discover,
  follow,
  obtainTokens,
  redirectUrl,
  statusIn,
  tokenRequest,
} from '../helpers/integrations.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const john = demoUserId('john.andersen@example.com');
const databaseUrl = await demoUrl();
const databases = await Promise.all([1, 2, 3].map(() => openAt(databaseUrl)));
const [first, second, third] = databases as [Database, Database, Database];
after(async () => {
  for (const database of databases) await database.close();
});
const one = await startServer({ database: first });
// Both are one server to the world: reached under the URL of the first.
const other = await startServer({ database: second, publicUrl: one.url });
const registered = await addIntegration(first);
const { integration, secret } = registered;
const configuration = await discover(one.url, registered);
const credentials = { client_id: integration.id, client_secret: secret! };

test('of many that redeem a code at the same moment, on two servers, one wins', async () => {
  const browser = await signedInAs(one.url, john);
  for (let round = 0; round < 5; round += 1) {
    const asked = await askFor(configuration);
    const code = (await allow(browser, asked)).searchParams.get('code')!;
    const fields = {
      grant_type: 'authorization_code',
      redirect_uri: redirectUrl,
      code,
      code_verifier: asked.checks.pkceCodeVerifier!,
      ...credentials,
    };
    const tries = [one, other, one, other, one, other].map(({ url }) => tokenRequest(url, fields));
    const answers = await Promise.all(tries);
    const won = answers.filter(({ status }) => status === 200);
    assert.ok(won.length <= 1, `${won.length} redeemed one code`);
    for (const { status, body } of answers.filter((answer) => !won.includes(answer))) {
      assert.deepEqual([status, body.error], [400, 'invalid_grant']);
    }
    // Whoever came after the winner, rather than with it, ended what the code brought.
    for (const { body } of won) assert.ok([200, 401].includes(await statusIn(other.url, body.access_token)));
  }
});

test('of many that renew with one refresh token at the same moment, one wins at most', async () => {
  const browser = await signedInAs(one.url, john);
  const { refresh_token: token } = await obtainTokens(configuration, browser);
  const fields = { grant_type: 'refresh_token', refresh_token: token!, ...credentials };
  const answers = await Promise.all([one, other, one, other].map(({ url }) => tokenRequest(url, fields)));
  assert.ok(answers.filter(({ status }) => status === 200).length <= 1);
});

test('a request that began at one server goes on at the other, and its token works at both', async () => {
  const begun = await signedInAs(one.url, john);
  const asked = await askFor(configuration);
  const page = await follow(begun, asked.url.href);
  const elsewhere = new Visitor(other.url, begun.cookies);
  const action = /action="([^"]+)"/.exec(page.text)![1]!;
  const decided = await elsewhere.submit(page, action, { decision: 'allow' });
  const next = new URL(/content="0;url=([^"]+)"/.exec(decided.text)![1]!);
  assert.equal(next.origin, one.url);
  const { location } = await follow(elsewhere, next.pathname);
  const tokens = await client.authorizationCodeGrant(configuration, new URL(location!), asked.checks);
  for (const { url } of [one, other]) assert.equal(await statusIn(url, tokens.access_token), 200);
  const keys = await Promise.all([one, other].map(async ({ url }) => (await fetch(`${url}/v1/jwks`)).text()));
  assert.equal(keys[0], keys[1]);
});

test('what is revoked at one server works at no other', async () => {
  const tokens = await obtainTokens(configuration, await signedInAs(one.url, john));
  assert.equal(await statusIn(other.url, tokens.access_token), 200);
  await client.tokenRevocation(configuration, tokens.refresh_token!);
  for (const { url } of [one, other]) assert.equal(await statusIn(url, tokens.access_token), 401);
});

test('a restart in the middle loses nothing', async () => {
  const asked = await askFor(configuration, { scope: 'openid meeting:preferences_read' });
  const before = await signedInAs(one.url, john);
  const page = await follow(before, asked.url.href);
  const action = /action="([^"]+)"/.exec(page.text)![1]!;
  // Nothing of the first process is in this one: it opened the database for itself.
  const restarted = await startServer({ database: third, publicUrl: one.url });
  const later = new Visitor(restarted.url, before.cookies);
  const decided = await later.submit(page, action, { decision: 'allow' });
  const next = new URL(/content="0;url=([^"]+)"/.exec(decided.text)![1]!);
  const { location } = await follow(later, next.pathname);
  const checks = { ...asked.checks, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(configuration, new URL(location!), checks);
  const renewed = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
  assert.equal(await statusIn(restarted.url, renewed.access_token), 200);
});
