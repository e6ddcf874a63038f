/** What an attacker tries at the authorization server (RFC 9700): each is refused, and nothing is gained by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import {
  actionOf,
  addIntegration,
  allow,
  askFor,
  codeFor,
  discover,
  follow,
  obtainTokens,
  redirectUrl,
  statusIn,
  tokenRequest,
} from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const server = await startServer();
const database = server.database!;
const { url } = server;
const john = demoUserId('john.andersen@example.com');
const browser = await signedInAs(url, john);
const confidential = await addIntegration(database);
const configuration = await discover(url, confidential);
const credentials = { client_id: confidential.integration.id, client_secret: confidential.secret! };
const exchange = { grant_type: 'authorization_code', redirect_uri: redirectUrl, ...credentials };

async function refusedToken(fields: Record<string, string>, error: string): Promise<void> {
  const { status, body } = await tokenRequest(url, fields);
  assert.ok(status === 400 || status === 401, `${status}`);
  assert.equal(body.error, error, JSON.stringify(body));
  assert.equal('access_token' in body, false);
}

/** The error of a request for consent: told to the integration, or to the person when there is nobody to tell. */
async function errorOf(parameters: Record<string, string>, at = configuration): Promise<string | null> {
  const { url: link } = await askFor(at, parameters);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === '') link.searchParams.delete(name);
  }
  const { location } = await follow(browser, link.href);
  return location === null ? null : new URL(location).searchParams.get('error');
}

test('PKCE downgrade: a code that was asked for with a challenge is good only with its verifier', async () => {
  const code = await codeFor(configuration, browser);
  await refusedToken({ ...exchange, code }, 'invalid_grant');
  await refusedToken({ ...exchange, code, code_verifier: 'x'.repeat(43) }, 'invalid_grant');
  const plain = await askFor(configuration, { code_challenge_method: 'plain' });
  const { location } = await follow(browser, plain.url.href);
  assert.equal(new URL(location!).searchParams.get('error'), 'invalid_request');
});

test('PKCE downgrade: a challenge taken out on the way is noticed when the verifier comes', async () => {
  const { url: link, checks } = await askFor(configuration);
  link.searchParams.delete('code_challenge');
  link.searchParams.delete('code_challenge_method');
  const answer = await allow(browser, { url: link, checks });
  await assert.rejects(
    client.authorizationCodeGrant(configuration, answer, checks),
    /invalid_grant|response/,
  );
});

test('PKCE: a program without a secret cannot do without', async () => {
  const open = await discover(url, await addIntegration(database, { isPublic: true }));
  const none = { code_challenge: '', code_challenge_method: '' };
  assert.equal(await errorOf(none, open), 'invalid_request');
});

test('code replay: the second use is refused, and ends what the first one brought', async () => {
  const asked = await askFor(configuration);
  const answer = await allow(browser, asked);
  const tokens = await client.authorizationCodeGrant(configuration, answer, asked.checks);
  assert.equal(await statusIn(url, tokens.access_token), 200);
  const again = { code: answer.searchParams.get('code')!, code_verifier: asked.checks.pkceCodeVerifier! };
  await refusedToken({ ...exchange, ...again }, 'invalid_grant');
  assert.equal(await statusIn(url, tokens.access_token), 401);
  await refusedToken(
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token!, ...credentials },
    'invalid_grant',
  );
});

test('refresh-token reuse: the whole family ends', async () => {
  const first = await obtainTokens(configuration, browser);
  const renew = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token, ...credentials });
  const second = await client.refreshTokenGrant(configuration, first.refresh_token!);
  assert.equal(await statusIn(url, second.access_token), 200);
  await refusedToken(renew(first.refresh_token!), 'invalid_grant');
  for (const { access_token: token } of [first, second]) assert.equal(await statusIn(url, token), 401);
  await refusedToken(renew(second.refresh_token!), 'invalid_grant');
});

test('a code or refresh token of one integration is no good to another', async () => {
  const thief = await addIntegration(database);
  const stolen = { client_id: thief.integration.id, client_secret: thief.secret! };
  const asked = await askFor(configuration);
  const code = (await allow(browser, asked)).searchParams.get('code')!;
  const verifier = asked.checks.pkceCodeVerifier!;
  await refusedToken({ ...exchange, ...stolen, code, code_verifier: verifier }, 'invalid_grant');
  const tokens = await obtainTokens(configuration, browser);
  await refusedToken(
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token!, ...stolen },
    'invalid_grant',
  );
  await client.tokenRevocation(await discover(url, thief), tokens.access_token).catch(() => {});
  assert.equal(await statusIn(url, tokens.access_token), 200);
});

test('a wrong secret, none, or the hash of the right one does not authenticate', async () => {
  const code = await codeFor(configuration, browser);
  for (const secret of ['wrong', confidential.integration.secretHash!, '']) {
    const fields = { ...exchange, client_secret: secret, code };
    await refusedToken(fields, 'invalid_client');
  }
  await refusedToken({ ...exchange, client_id: 'unknown', code }, 'invalid_client');
});

test('mix-up: the answer names its issuer, and a client that expects another one refuses it', async () => {
  const asked = await askFor(configuration);
  const answer = await allow(browser, asked);
  assert.equal(answer.searchParams.get('iss'), url);
  answer.searchParams.set('iss', 'https://attacker.example');
  await assert.rejects(
    client.authorizationCodeGrant(configuration, answer, asked.checks),
    /unexpected "iss"|response/,
  );
});

test('tokens and codes of another server are worth nothing here', async () => {
  const other = await startServer();
  const elsewhere = await addIntegration(other.database!, { id: confidential.integration.id });
  const there = await discover(other.url, elsewhere);
  const theirBrowser = await signedInAs(other.url, john);
  const tokens = await obtainTokens(there, theirBrowser, { scope: 'openid meeting:preferences_read' });
  assert.equal(await statusIn(other.url, tokens.access_token), 200);
  assert.equal(await statusIn(url, tokens.access_token), 401);
  assert.equal(await statusIn(url, tokens.id_token!), 401);
  const renewal = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! };
  await refusedToken({ ...renewal, ...credentials }, 'invalid_grant');
  await refusedToken({ ...exchange, code: await codeFor(there, theirBrowser) }, 'invalid_grant');
  // Signed by other keys under another issuer: not taken for a hint of who is there.
  const hint = await errorOf({ scope: 'openid', id_token_hint: tokens.id_token!, prompt: 'none' });
  assert.equal(hint, 'invalid_request');
});

test('CSRF on consent: a form without our token, or of another site, decides nothing', async () => {
  const page = await follow(browser, (await askFor(configuration, { prompt: 'consent' })).url.href);
  const path = actionOf(page);
  const forged = await browser.visit(path, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'allow' }),
  });
  assert.equal(forged.location, path);
  const fromElsewhere = await browser.visit(path, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ decision: 'allow', form_token: /value="([\w-]{43})"/.exec(page.text)![1]! }),
  });
  assert.equal(fromElsewhere.location, path);
  assert.match((await browser.visit(path)).text, /Allow access\?/);
});

test('consent is bound to the browser that was asked, and to whom it was asked', async () => {
  const page = await follow(browser, (await askFor(configuration, { prompt: 'consent' })).url.href);
  const path = actionOf(page);
  const attacker = await signedInAs(url, demoUserId('marcus.hoffmann@example.com'));
  const theirs = await attacker.visit(path);
  assert.equal(theirs.status, 400);
  assert.match(theirs.text, /began in another browser/);
  const { anteroom_session: session, ...rest } = browser.cookies;
  assert.ok(session);
  const swapped = new Visitor(url, { ...rest, anteroom_session: attacker.cookies.anteroom_session! });
  assert.equal((await swapped.visit(path)).status, 400);
});

test('clickjacking: no page of consent, of devices or of errors may be framed', async () => {
  const consent = (await askFor(configuration, { prompt: 'consent' })).url.href;
  for (const start of [consent, '/oauth/device', '/v1/authorize?client_id=unknown']) {
    const { headers } = await follow(browser, start);
    assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/);
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('access-control-allow-origin'), null);
  }
});

test('a user of another organization cannot let an integration in', async () => {
  const olga = await signedInAs(url, demoUserId('olga@other.example'));
  const asked = await askFor(configuration);
  const page = await follow(olga, asked.url.href);
  assert.equal(page.status, 403);
  const forced = await olga.submit(page, actionOf(page), { decision: 'allow' });
  const next = /content="0;url=([^"]+)"/.exec(forced.text)![1]!;
  const { location } = await follow(olga, next);
  assert.equal(new URL(location!).searchParams.get('error'), 'access_denied');
});
