/** Authorization code with PKCE, refresh tokens and OpenID Connect, with openid-client as the integration. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import {
  addIntegration,
  allow,
  askFor,
  decide,
  discover,
  follow,
  obtainTokens,
  redirectUrl,
  statusIn,
} from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const server = await startServer();
const database = server.database!;
const john = demoUserId('john.andersen@example.com');
const browser = await signedInAs(server.url, john);

test('an integration with a secret obtains tokens that work in the API, as far as their scopes go', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const tokens = await obtainTokens(configuration, browser, { scope: 'meeting:preferences_read' });
  assert.deepEqual(Object.keys(tokens).sort(), [
    'access_token',
    'expires_in',
    'refresh_token',
    'refresh_token_expires_in',
    'scope',
    'token_type',
  ]);
  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.expires_in, 3600);
  assert.equal(tokens.refresh_token_expires_in, 90 * 86_400);
  assert.equal(tokens.scope, 'meeting:preferences_read');
  assert.equal(await statusIn(server.url, tokens.access_token), 200);
  assert.equal(await statusIn(server.url, tokens.access_token, 'PUT'), 403);
});

test('the tokens are kept as hashes, and listed under the name of the integration', async () => {
  const { integration, secret } = await addIntegration(database, { name: 'Hashed' });
  const configuration = await discover(server.url, { integration, secret });
  const tokens = await obtainTokens(configuration, browser);
  const everything = [
    await database.all('select * from tokens where integration_id = ?', [integration.id]),
    await database.all('select * from oauth_records', []),
    await database.all('select * from oauth_grants', []),
    await database.all('select * from integrations', []),
  ];
  assert.equal(everything[0]!.length, 1);
  assert.equal(everything[0]![0]!.name, 'Hashed');
  const text = JSON.stringify(everything);
  for (const credential of [tokens.access_token, tokens.refresh_token!, secret!]) {
    assert.ok(!text.includes(credential));
  }
  for (const cookie of Object.values(browser.cookies)) assert.ok(!text.includes(cookie));
});

test('a program without a secret obtains tokens with PKCE, and renews them', async () => {
  const registered = await addIntegration(database, { isPublic: true });
  const configuration = await discover(server.url, registered);
  const first = await obtainTokens(configuration, browser);
  const second = await client.refreshTokenGrant(configuration, first.refresh_token!);
  assert.notEqual(second.access_token, first.access_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(await statusIn(server.url, second.access_token), 200);
  const narrow = await client.refreshTokenGrant(configuration, second.refresh_token!, {
    scope: 'meeting:preferences_read',
  });
  assert.equal(await statusIn(server.url, narrow.access_token, 'PUT'), 403);
});

test('OpenID Connect: a signed ID token, and the facts that the user allowed', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const asked = await askFor(configuration, { scope: 'openid email profile', nonce: 'n-0S6_WzA2Mj' });
  const checks = { ...asked.checks, expectedNonce: 'n-0S6_WzA2Mj', idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(configuration, await allow(browser, asked), checks);
  assert.equal(tokens.claims()?.sub, john);
  assert.equal(tokens.claims()?.iss, server.url);
  const facts = await client.fetchUserInfo(configuration, tokens.access_token, john);
  assert.deepEqual(facts, {
    sub: john,
    email: 'john.andersen@example.com',
    name: 'John Andersen',
    given_name: 'John',
    family_name: 'Andersen',
  });
  assert.equal(await statusIn(server.url, tokens.access_token), 403);
});

test('the page of consent names the integration and each scope in plain words', async () => {
  const { integration, secret } = await addIntegration(database, { name: '<b>Notes</b> & "Co"' });
  const configuration = await discover(server.url, { integration, secret });
  const page = await follow(browser, (await askFor(configuration)).url.href);
  assert.equal(page.status, 200);
  assert.match(page.text, /<strong>&#60;b&#62;Notes/);
  assert.doesNotMatch(page.text, /<b>/);
  assert.match(page.text, /See your own meeting preferences\./);
  assert.match(page.text, /Change your own meeting preferences\./);
  assert.match(page.text, /john\.andersen@example\.com/);
  assert.match(page.text, /notes\.example\.net/);
});

test('a user who does not allow it sends the integration back with access_denied', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const asked = await askFor(configuration);
  const page = await follow(browser, asked.url.href);
  const end = new URL((await decide(browser, page, 'deny')).location!);
  assert.equal(end.searchParams.get('error'), 'access_denied');
  assert.equal(end.searchParams.get('iss'), server.url);
  assert.equal(end.searchParams.get('code'), null);
});

test('whoever is not signed in signs in first, and comes back', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const asked = await askFor(configuration);
  const nobody = new Visitor(server.url);
  const page = await follow(nobody, asked.url.href);
  assert.match(page.text, /<form method="post" action="\/sign-in">/);
  const signedIn = await nobody.submit(page, '/sign-in', { user: john });
  const next = /content="0;url=([^"]+)"/.exec(signedIn.text)![1]!;
  const consent = await follow(nobody, next);
  const end = await decide(nobody, consent, 'allow');
  assert.ok(new URL(end.location!).searchParams.has('code'));
});

test('what a browser allowed is not asked again there; another scope is, and another browser', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const own = await signedInAs(server.url, john);
  const read = { scope: 'meeting:preferences_read' };
  await obtainTokens(configuration, own, read);
  const again = await follow(own, (await askFor(configuration, read)).url.href);
  assert.ok(again.location!.startsWith(redirectUrl));
  const more = await follow(own, (await askFor(configuration)).url.href);
  assert.match(more.text, /Allow access\?/);
  const other = await follow(
    await signedInAs(server.url, john),
    (await askFor(configuration, read)).url.href,
  );
  assert.match(other.text, /Allow access\?/);
});

test('prompt=none never shows a page, and prompt=login has the user sign in anew', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const errorOf = async (visitor: Visitor) => {
    const { location } = await follow(visitor, (await askFor(configuration, { prompt: 'none' })).url.href);
    return new URL(location!).searchParams.get('error');
  };
  assert.equal(await errorOf(new Visitor(server.url)), 'login_required');
  const own = await signedInAs(server.url, john);
  await obtainTokens(configuration, own);
  assert.equal(await errorOf(own), null);
  const page = await follow(own, (await askFor(configuration, { prompt: 'login' })).url.href);
  assert.match(page.text, /action="\/sign-in"/);
});

test('whoever signs out and in as somebody else never answers for the first', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const own = await signedInAs(server.url, john);
  await obtainTokens(configuration, own);
  await own.visit('/sign-out', { method: 'POST' });
  const asked = await askFor(configuration, { prompt: 'none' });
  const nobody = await follow(own, asked.url.href);
  assert.equal(new URL(nobody.location!).searchParams.get('error'), 'login_required');
  const marcus = demoUserId('marcus.hoffmann@example.com');
  await own.submit(await own.visit('/sign-in'), '/sign-in', { user: marcus });
  const page = await follow(own, (await askFor(configuration)).url.href);
  assert.match(page.text, /marcus\.hoffmann@example\.com/);
});
