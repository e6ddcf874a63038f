/** What every answer of the authorization server has in common with the rest, and what is OAuth's own. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { demoUrl } from '../helpers/databases.ts';
import { addIntegration, askFor, discover, follow, tokenRequest } from '../helpers/integrations.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const server = await startServer();
const { url } = server;

test('the metadata says what there is, in both places', async () => {
  const [one, other] = await Promise.all(
    ['openid-configuration', 'oauth-authorization-server'].map(async (name) =>
      (await fetch(`${url}/.well-known/${name}`)).json(),
    ),
  );
  assert.deepEqual(one, other);
  const metadata = one as Record<string, unknown>;
  assert.equal(metadata.issuer, url);
  assert.equal(metadata.authorization_endpoint, `${url}/v1/authorize`);
  assert.equal(metadata.token_endpoint, `${url}/v1/access_token`);
  assert.equal(metadata.device_authorization_endpoint, `${url}/v1/device/authorize`);
  assert.equal(metadata.revocation_endpoint, `${url}/v1/revoke`);
  assert.deepEqual(metadata.response_types_supported, ['code']);
  assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(metadata.id_token_signing_alg_values_supported, ['RS256']);
  assert.deepEqual(metadata.grant_types_supported, [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
  ]);
});

test('errors of programs are JSON in the words of OAuth, whatever a program accepts', async () => {
  for (const headers of [{}, { accept: 'text/html' }, { accept: 'text/html,*/*' }]) {
    const response = await fetch(`${url}/v1/access_token`, { method: 'POST', headers });
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-type')!, /^application\/json/);
    assert.equal(((await response.json()) as { error: string }).error, 'invalid_request');
    assert.match(response.headers.get('trackingid')!, /\S/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  }
});

test('bodies that are no form, and forms that make no sense, are refused in the same way', async () => {
  const bodies: [string, string][] = [
    ['application/json', '{"grant_type":"client_credentials"}'],
    ['application/json', '{'],
    ['text/plain', 'grant_type=client_credentials'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/x-www-form-urlencoded', 'grant_type=a&grant_type=b'],
    ['application/x-www-form-urlencoded', '%00=%ff&client_id=%00&grant_type=%00'],
    ['application/x-www-form-urlencoded; charset=utf-16', 'client_id=x'],
    ['application/x-www-form-urlencoded', `client_id=${'x'.repeat(60 * 1024)}`],
    ['application/x-www-form-urlencoded', 'client_id=__proto__&client_secret=x'],
  ];
  for (const path of ['/v1/access_token', '/v1/device/authorize', '/v1/device/token', '/v1/revoke']) {
    for (const [type, body] of bodies) {
      const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': type }, body });
      assert.ok([400, 401].includes(response.status), `${path} ${type} ${body} ${response.status}`);
      assert.match(await response.text(), /^\{"error":"\w+"/);
    }
  }
});

test('other methods are refused, and slashes too many are passed over', async () => {
  const wrong = await fetch(`${url}/v1/access_token`);
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.get('allow'), 'POST');
  assert.equal((await fetch(`${url}//.well-known//openid-configuration/`)).status, 200);
  assert.equal((await fetch(`${url}/v1//access_token/`, { method: 'POST' })).status, 400);
  assert.equal((await fetch(`${url}/v1/authorize`, { method: 'HEAD' })).status, 400);
});

test('client ids that no database keeps are unknown ones', async () => {
  for (const id of ['\u0000', '\ud800', 'x'.repeat(5_000), "' or 1=1 --", 'ä']) {
    const { status } = await follow(
      new Visitor(url),
      `/v1/authorize?response_type=code&client_id=${encodeURIComponent(id.toWellFormed())}`,
    );
    assert.equal(status, 400);
    const { body } = await tokenRequest(url, { grant_type: 'client_credentials', client_id: id });
    assert.equal(body.error, 'invalid_client');
  }
});

test('over TLS, no cookie goes without', async () => {
  const secure = await startServer({ publicUrl: 'https://meet.example.com' });
  const { integration } = await addIntegration(secure.database!);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: integration.id,
    redirect_uri: integration.redirectUrls[0]!,
    scope: 'meeting:preferences_read',
  });
  const answer = await fetch(`${secure.url}/v1/authorize?${query}`, { redirect: 'manual' });
  assert.equal(answer.status, 303);
  assert.ok(answer.headers.getSetCookie().length > 0);
  for (const cookie of answer.headers.getSetCookie()) {
    assert.match(cookie, /; secure/i);
    assert.match(cookie, /; httponly/i);
    assert.match(cookie, /; samesite=lax/i);
  }
});

test('what a browser sends of a session elsewhere does not sign it in', async () => {
  const configuration = await discover(url, await addIntegration(server.database!));
  const browser = await signedInAs(url, demoUserId('john.andersen@example.com'));
  await follow(browser, (await askFor(configuration)).url.href);
  const { anteroom_session: _, ...others } = browser.cookies;
  const page = await follow(new Visitor(url, others), (await askFor(configuration)).url.href);
  assert.match(page.text, /action="\/sign-in"/);
});

test('a database that does not answer is told in the words of OAuth, and nothing of it', async () => {
  const database = await openAt(await demoUrl());
  const broken = await startServer({ database, log: quietLog });
  await fetch(`${broken.url}/.well-known/openid-configuration`);
  await database.close();
  const { status, headers, body } = await tokenRequest(broken.url, {
    grant_type: 'client_credentials',
    client_id: 'x',
    client_secret: 'x',
  });
  assert.ok(status === 503 || status === 500, `${status}`);
  assert.equal(headers.get('retry-after'), status === 503 ? '1' : null);
  assert.equal(body.error, status === 503 ? 'temporarily_unavailable' : 'server_error');
  assert.doesNotMatch(JSON.stringify(body), /sql|database|select|oops/i);
});

test('a client that sends slowly takes nobody’s place', async () => {
  const { url: narrow } = await startServer({ concurrencyLimit: 1 });
  await fetch(`${narrow}/.well-known/openid-configuration`);
  const { hostname, port } = new URL(narrow);
  const slow = connect(Number(port), hostname);
  slow.write(
    'POST /v1/access_token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant',
  );
  await pause(200);
  assert.equal((await fetch(`${narrow}/.well-known/openid-configuration`)).status, 200);
  slow.destroy();
});
