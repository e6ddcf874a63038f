/** Signing in with another server, end to end: a real OpenID Connect provider on the other side. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AppParts } from '../../src/app.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { listenLocally } from '../helpers/local-server.ts';
import { beProvider, clientId, clientSecret, type Person } from '../helpers/openid-provider.ts';
import { demoUserId } from '../helpers/people.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { ruleOn, Visitor } from '../helpers/visitor.ts';

const openidClientSecretFile = join(temporaryFolder(), 'secret');
writeFileSync(openidClientSecretFile, `${clientSecret}\n`);

let person: Person = {};

/** A server, and the provider that people sign in with there. */
async function start(parts: Partial<AppParts> = {}): Promise<TestServer> {
  const { server, url: openidIssuer } = await listenLocally();
  const anteroom = await startServer({
    acceptDevelopmentTokens: false,
    openidIssuer,
    openidClientId: clientId,
    openidClientSecretFile,
    openidLabel: 'Example & Sons',
    ...parts,
  });
  beProvider(server, openidIssuer, `${anteroom.url}/sign-in/openid/callback`, () => person);
  return anteroom;
}

const isCallback = ({ pathname }: URL): boolean => pathname === '/sign-in/openid/callback';
const isDone = ({ pathname }: URL): boolean => pathname === '/preferences';

/** Where a visitor ends who signs in with the provider. */
async function signIn(url: string, visitor = new Visitor(url)) {
  const end = await visitor.follow('/sign-in/openid?return=/preferences', isDone);
  return { ...end, visitor, hasSession: visitor.cookies.anteroom_session !== undefined };
}

const john = 'john.andersen@example.com';

test('the page offers the provider; who is known there by a verified address is let in', async () => {
  const { url, database } = await start();
  const page = await new Visitor(url).visit('/sign-in?return=/preferences');
  const link = /<a class="button" href="([^"]+)">Continue with Example &#38; Sons<\/a>/.exec(page.text)![1]!;
  assert.equal(link, '/sign-in/openid?return=%2Fpreferences');
  person = { email: 'John.Andersen@EXAMPLE.com', email_verified: true };
  const { hasSession, visitor } = await signIn(url);
  assert.ok(hasSession);
  assert.equal(visitor.cookies.anteroom_openid, undefined);
  const session = JSON.parse((await visitor.visit('/session')).text);
  assert.equal(session.email, john);
  const [row] = await database!.all('select user_id, method from sign_in_sessions', []);
  assert.deepEqual({ ...row }, { user_id: demoUserId(john), method: 'openid-connect' });
});

test('the request to the provider has PKCE, a state and a nonce that are new each time', async () => {
  const { url } = await start();
  const requests = await Promise.all(
    [1, 2].map(async () => new URL((await new Visitor(url).visit('/sign-in/openid')).location!).searchParams),
  );
  for (const parameters of requests) {
    assert.equal(parameters.get('response_type'), 'code');
    assert.equal(parameters.get('code_challenge_method'), 'S256');
    assert.equal(parameters.get('redirect_uri'), `${url}/sign-in/openid/callback`);
    assert.equal(parameters.get('scope'), 'openid email profile');
  }
  for (const name of ['state', 'nonce', 'code_challenge']) {
    const [one, other] = requests.map((parameters) => parameters.get(name));
    assert.ok(one!.length >= 43, name);
    assert.notEqual(one, other, name);
  }
});

test('an address that is unknown, not verified or none lets nobody in, and says so in the same words', async () => {
  const { url, database } = await start();
  const pages = new Set<string>();
  for (const unknown of [
    { email: 'nobody@example.com', email_verified: true },
    { email: john, email_verified: false },
    { email: john, email_verified: 'true' },
    { email: john },
    {},
    { email: `${john}, other@example.com`, email_verified: true },
  ]) {
    person = unknown;
    const end = await signIn(url);
    assert.deepEqual([end.status, ruleOn(end), end.hasSession], [403, 'sign-in.known', false]);
    pages.add(end.text.replace(/name="form_token" value="[^"]+"/, ''));
  }
  assert.equal(pages.size, 1);
  assert.deepEqual(await database!.all('select id from sign_in_sessions', []), []);
});

test('a machine, and who was deactivated, are let in by no address, and no user is made in their place', async () => {
  const { url, database } = await start({ openidCreateOnSite: 'site1-example.webex.com' });
  const count = async () => (await database!.get('select count(*) as total from users', []))!.total;
  const users = await count();
  person = { email: john, email_verified: true };
  for (const change of ["kind = 'machine'", "kind = 'person', active = 0"]) {
    const sql = `update users set ${change} where id = ?`;
    await database!.write([{ sql, values: [demoUserId(john)], changes: 1 }, directoryChanged]);
    const end = await signIn(url);
    assert.deepEqual([end.status, ruleOn(end), end.hasSession], [403, 'sign-in.known', false], change);
  }
  assert.equal(await count(), users);
});

test('an answer fits the one browser that asked, once', async () => {
  const { url } = await start();
  person = { email: john, email_verified: true };
  const begin = async (visitor: Visitor) => (await visitor.follow('/sign-in/openid', isCallback)).url;
  const attacker = new Visitor(url);
  const stolen = await begin(attacker);
  const refuses = async (visitor: Visitor, target: URL | string, what: string): Promise<void> => {
    const answer = await visitor.visit(String(target));
    assert.deepEqual([answer.status, ruleOn(answer)], [403, 'sign-in.openid'], what);
    assert.equal(visitor.cookies.anteroom_session, undefined, what);
  };
  await refuses(new Visitor(url), stolen, 'a browser that asked for nothing');
  const victim = new Visitor(url);
  await begin(victim);
  await refuses(victim, stolen, "another browser's answer");
  const wrongState = new Visitor(url);
  const altered = await begin(wrongState);
  altered.searchParams.set('state', 'A'.repeat(43));
  await refuses(wrongState, altered, 'another state');
  const noState = new Visitor(url);
  const without = await begin(noState);
  without.searchParams.delete('state');
  await refuses(noState, without, 'no state');
  const mixedUp = new Visitor(url);
  const fromElsewhere = await begin(mixedUp);
  fromElsewhere.searchParams.set('iss', 'http://127.0.0.1:1');
  await refuses(mixedUp, fromElsewhere, 'another issuer');
  const noIssuer = new Visitor(url);
  const anonymous = await begin(noIssuer);
  anonymous.searchParams.delete('iss');
  await refuses(noIssuer, anonymous, 'no issuer where the provider always names itself');
  const denied = new Visitor(url);
  const refusal = await begin(denied);
  refusal.searchParams.delete('code');
  refusal.searchParams.set('error', 'access_denied');
  await refuses(denied, refusal, 'the provider said no');
  const again = new Visitor(url);
  const once = await begin(again);
  const cookies = again.cookies;
  assert.equal((await again.visit(once.href)).status, 303);
  await refuses(
    new Visitor(url, { anteroom_openid: cookies.anteroom_openid! }),
    once,
    'the same answer again',
  );
});

test('an answer that comes after ten minutes is too late', async () => {
  for (const lateMs of [0, 1000]) {
    let now = Date.now();
    const { url } = await start({ now: () => now });
    person = { email: john, email_verified: true };
    const visitor = new Visitor(url);
    const { url: back } = await visitor.follow('/sign-in/openid', isCallback);
    now += 10 * 60_000 + lateMs;
    const answer = await visitor.visit(back.href);
    assert.deepEqual([answer.status, ruleOn(answer)], [403, 'sign-in.openid']);
  }
});

test('who is new becomes a user where the settings say so, and with an address of the right domain alone', async () => {
  const { url, database } = await start({
    openidCreateOnSite: 'Site1-Example.webex.com',
    openidCreateDomains: ['example.com', 'Example.org'],
  });
  person = { email: 'new@evil.example', email_verified: true };
  assert.equal(ruleOn(await signIn(url)), 'sign-in.known');
  person = { email: 'new@example.com.evil.example', email_verified: true };
  assert.equal(ruleOn(await signIn(url)), 'sign-in.known');
  person = { email: 'new@example.com', email_verified: false };
  assert.equal(ruleOn(await signIn(url)), 'sign-in.known');
  person = { email: 'Nina@example.ORG', email_verified: true, name: 'Nina van New', given_name: 'Nina' };
  const ends = await Promise.all([signIn(url), signIn(url)]);
  for (const { hasSession } of ends) assert.ok(hasSession);
  const { text } = await ends[0]!.visitor.visit('/session');
  const { email, displayName, organization, roles, sites } = JSON.parse(text);
  assert.deepEqual(
    [email, displayName, organization.name, roles.fullAdministrator, sites],
    [
      'Nina@example.ORG',
      'Nina van New',
      'Example',
      false,
      [{ siteUrl: 'site1-example.webex.com', default: true }],
    ],
  );
  const sql = "select first_name, last_name from users where email_key like '%@example.org'";
  assert.deepEqual(
    (await database!.all(sql, [])).map((row) => ({ ...row })),
    [{ first_name: 'Nina', last_name: 'van New' }],
  );
});

test('a provider that does not answer is told of, and asked again the next time', async () => {
  const failures: unknown[] = [];
  const { silentLog } = await import('../helpers/server.ts');
  const { server, url: openidIssuer } = await listenLocally();
  server.on('request', (_request, response) => response.writeHead(500).end());
  const log = { ...silentLog, failure: (_id: string, error: unknown) => void failures.push(error) };
  const settings = { openidIssuer, openidClientId: clientId, openidClientSecretFile };
  const { url } = await startServer({ acceptDevelopmentTokens: false, log, ...settings });
  const end = await new Visitor(url).visit('/sign-in/openid');
  assert.deepEqual([end.status, ruleOn(end), failures.length], [403, 'sign-in.openid', 1]);
  server.removeAllListeners('request');
  beProvider(server, openidIssuer, `${url}/sign-in/openid/callback`, () => person);
  assert.equal((await new Visitor(url).visit('/sign-in/openid')).status, 303);
});

test('in development mode there is no way to another server', async () => {
  const { url } = await start({ acceptDevelopmentTokens: true });
  assert.equal((await fetch(`${url}/sign-in/openid`)).status, 404);
  assert.doesNotMatch((await new Visitor(url).visit('/sign-in')).text, /Continue with/);
});
