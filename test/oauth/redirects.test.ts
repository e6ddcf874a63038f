/** Where the authorization server sends people, whatever an attacker writes into a link. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IntegrationKind } from '../../src/oauth/integration-registry.ts';
import { clientOf, isRedirectUrl } from '../../src/oauth/integrations.ts';
import { addIntegration, askFor, discover, follow } from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const server = await startServer();
const database = server.database!;
const browser = await signedInAs(server.url, demoUserId('john.andersen@example.com'));

const everywhere = [
  'https://a.example/',
  'https://a.example',
  'https://a.example:8443/b/c?d=e&f=%20',
  'http://localhost:3000/back',
  'http://127.0.0.1/back',
  'http://[::1]:8080/back',
];
const nativeOnly = ['com.example.app:/back', 'com.example.app://back/x'];
const nowhere = [
  '',
  'a.example',
  '//a.example/',
  'http://a.example/',
  'http://127.0.0.1.a.example/',
  'http://localhost@a.example/',
  'https://user:password@a.example/',
  'https://a.example/#fragment',
  'https://a.example/*',
  'https://*.a.example/',
  'https://A.example/',
  'HTTPS://a.example/',
  'https:a.example/',
  'https:/a.example/',
  'https:///a.example/',
  'https://a.example/../b',
  'https://a.example/./b',
  'https://a.example\\@b.example/',
  'https://a.example/ b',
  ' https://a.example/',
  'https://a.example/\n',
  'https://ä.example/',
  'https://a.example;b/',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'blob:https://a.example/x',
  'app:/back',
  'com.example.app:back',
  `https://a.example/${'x'.repeat(2_000)}`,
];

function judged(url: string, kind: IntegrationKind): boolean {
  return isRedirectUrl(url, kind);
}

test('redirect URLs are https, or the own machine, or of a native program', () => {
  for (const url of everywhere)
    for (const kind of ['web', 'native'] as const) assert.ok(judged(url, kind), url);
  for (const url of nativeOnly)
    assert.deepEqual([judged(url, 'web'), judged(url, 'native')], [false, true], url);
  for (const url of nowhere)
    for (const kind of ['web', 'native'] as const) assert.ok(!judged(url, kind), url);
  assert.deepEqual(
    [judged('https://localhost/', 'web'), judged('https://localhost/', 'native')],
    [true, false],
  );
});

test('oidc-provider takes every integration that we let in', async () => {
  for (const [kind, redirectUrls] of [
    ['web', everywhere],
    ['native', [...everywhere, ...nativeOnly]],
    ['web', []],
    ['native', []],
  ] as const) {
    const { integration } = await addIntegration(database, { kind, redirectUrls });
    const path = `/v1/authorize?client_id=${integration.id}&redirect_uri=https://b.example/`;
    const { text } = await follow(new Visitor(server.url), path);
    assert.match(text, /invalid_redirect_uri/);
    assert.equal(clientOf(integration).redirect_uris!.length, redirectUrls.length);
  }
});

/** Registered is one with and one without a path and query. */
const registered = ['https://a.example/back', 'https://a.example/back?b=c'];
const tricks = [
  'https://a.example/back/',
  'https://a.example/back/../evil',
  'https://a.example/back%2f..%2fevil',
  'https://a.example/Back',
  'https://A.example/back',
  'https://a.example:443/back',
  'https://a.example.evil.example/back',
  'https://a.example@evil.example/back',
  'https://evil.example/?https://a.example/back',
  'https://evil.example#https://a.example/back',
  'https://a.example/back#',
  'https://a.example/back?',
  'https://a.example/back?b=c&d=e',
  'https://a.example/back?b=d',
  'http://a.example/back',
  'https:/a.example/back',
  '//a.example/back',
  'javascript:alert(1)//https://a.example/back',
  ' https://a.example/back',
  'https://a.example/back\u0000',
  'https://a.example/back\\',
];

test('redirect-URI tricks: whatever is not letter for letter one that is registered, goes nowhere', async () => {
  const configuration = await discover(
    server.url,
    await addIntegration(database, { redirectUrls: registered }),
  );
  for (const redirect_uri of tricks) {
    for (const more of [{}, { prompt: 'none' }, { response_type: 'token' }, { scope: '\u0001' }]) {
      const { url } = await askFor(configuration, { redirect_uri, ...more });
      const answer = await follow(browser, url.href);
      assert.equal(answer.location, null, redirect_uri);
      assert.equal(answer.status, 400, redirect_uri);
      assert.match(answer.text, /That did not work/);
      assert.ok(!answer.text.includes('evil.example'), redirect_uri);
    }
  }
  for (const redirect_uri of registered) {
    const { url } = await askFor(configuration, { redirect_uri, prompt: 'none' });
    assert.ok((await follow(browser, url.href)).location!.startsWith('https://a.example/back?'));
  }
});

test('two redirect URLs in one request are none', async () => {
  const configuration = await discover(server.url, await addIntegration(database));
  const { url } = await askFor(configuration);
  url.searchParams.append('redirect_uri', 'https://evil.example/');
  const answer = await follow(browser, url.href);
  assert.deepEqual([answer.status, answer.location], [400, null]);
});

test('a native program may use any port of the own machine, and no other machine (RFC 8252 section 7.3)', async () => {
  const redirectUrls = ['http://127.0.0.1/back', 'http://[::1]/back'];
  const native = await discover(
    server.url,
    await addIntegration(database, { kind: 'native', isPublic: true, redirectUrls }),
  );
  const web = await discover(server.url, await addIntegration(database, { redirectUrls }));
  const leaves = async (configuration: typeof native, redirect_uri: string): Promise<boolean> => {
    const { url } = await askFor(configuration, { redirect_uri, prompt: 'none' });
    return (await follow(browser, url.href)).location?.startsWith(redirect_uri) ?? false;
  };
  for (const host of ['127.0.0.1:51234', '[::1]:1']) {
    assert.equal(await leaves(native, `http://${host}/back`), true, host);
    assert.equal(await leaves(web, `http://${host}/back`), false, host);
  }
  for (const host of [
    '127.0.0.2',
    'localhost:51234',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    '127.1',
  ]) {
    assert.equal(await leaves(native, `http://${host}/back`), false, host);
  }
});

test('open redirect: no page leads elsewhere by what a link says', async () => {
  const evil = encodeURIComponent('https://evil.example/');
  for (const path of [
    `/v1/authorize?redirect_uri=${evil}`,
    `/v1/authorize?client_id=unknown&redirect_uri=${evil}&response_type=code`,
    `/v1/authorize/unknown?redirect_uri=${evil}`,
    `/oauth/interaction/unknown?return=${evil}`,
    `/oauth/device/unknown?returnTo=${evil}`,
    '/oauth/interaction/%2F%2Fevil.example',
  ]) {
    const answer = await follow(new Visitor(server.url), path);
    assert.equal(answer.location, null, path);
    assert.ok(answer.status < 500, `${path} ${answer.status}`);
    assert.doesNotMatch(answer.text, /href="https:\/\/evil/);
  }
});

test('the Host header and its relatives change no link', async () => {
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example',
  };
  const answer = await fetch(`${server.url}/.well-known/openid-configuration`, { headers });
  const metadata = (await answer.json()) as Record<string, unknown>;
  assert.equal(metadata.issuer, server.url);
  for (const [name, value] of Object.entries(metadata)) {
    if (name.endsWith('_endpoint') || name === 'jwks_uri')
      assert.ok(String(value).startsWith(server.url), name);
  }
  const { integration } = await addIntegration(database, { isPublic: true });
  const body = new URLSearchParams({ client_id: integration.id });
  const device = await fetch(`${server.url}/v1/device/authorize`, { method: 'POST', headers, body });
  assert.equal(
    ((await device.json()) as Record<string, unknown>).verification_uri,
    `${server.url}/oauth/device`,
  );
});
