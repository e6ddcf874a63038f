/** Devices (RFC 8628): a code on one screen, a person at another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import {
  actionOf,
  addIntegration,
  decide,
  discover,
  follow,
  statusIn,
  tokenRequest,
} from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs, type Visit, Visitor } from '../helpers/visitor.ts';

const server = await startServer();
const database = server.database!;
const { url } = server;
const john = demoUserId('john.andersen@example.com');
const registered = await addIntegration(database, { kind: 'native', isPublic: true, redirectUrls: [] });
const configuration = await discover(url, registered);
const scope = 'meeting:preferences_read';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** What the device is told when it asks, right now. */
async function poll(deviceCode: string, path = '/v1/device/token') {
  const fields = { grant_type: grantType, device_code: deviceCode, client_id: registered.integration.id };
  return tokenRequest(url, fields, path);
}

const codeOn = (page: Visit) => /class="code">([A-Z-]+)</.exec(page.text)?.[1];

/** Enters a code and confirms it; ends at the page of consent. */
async function enter(browser: Visitor, link: string, fields: Record<string, string> = {}): Promise<Visit> {
  const form = await browser.visit(link);
  const wanted = /name="user_code" value="([^"]*)"/.exec(form.text)![1]!;
  const compare = await browser.submit(form, actionOf(form), { user_code: wanted, ...fields });
  if (codeOn(compare) === undefined) return compare;
  const answer = await browser.submit(compare, actionOf(compare));
  return answer.location === null ? answer : follow(browser, answer.location);
}

test('a device waits, its user compares the codes and allows it, and it gets its tokens once', async () => {
  const device = await client.initiateDeviceAuthorization(configuration, { scope });
  assert.equal(device.verification_uri, `${url}/oauth/device`);
  const waiting = await poll(device.device_code);
  assert.deepEqual([waiting.status, waiting.body.error], [400, 'authorization_pending']);
  const browser = await signedInAs(url, john);
  const form = await browser.visit(device.verification_uri_complete!);
  const fields = { user_code: device.user_code.toLowerCase().replace('-', ' ') };
  const compare = await browser.submit(form, actionOf(form), fields);
  assert.equal(codeOn(compare), device.user_code);
  assert.match(compare.text, /Meeting notes/);
  const consent = await follow(browser, (await browser.submit(compare, actionOf(compare))).location!);
  assert.match(consent.text, /See your own meeting preferences\./);
  const end = await decide(browser, consent, 'allow');
  assert.match(end.text, /Device connected/);
  const tokens = await client.pollDeviceAuthorizationGrant(configuration, device);
  assert.equal(await statusIn(url, tokens.access_token), 200);
  assert.equal(await statusIn(url, tokens.access_token, 'PUT'), 403);
  assert.equal((await poll(device.device_code)).body.error, 'invalid_grant');
  assert.equal(await statusIn(url, tokens.access_token), 401);
});

test('a user who is not signed in signs in on the way', async () => {
  const device = await client.initiateDeviceAuthorization(configuration, { scope });
  const nobody = new Visitor(url);
  const page = await enter(nobody, device.verification_uri_complete!);
  assert.match(page.text, /action="\/sign-in"/);
  const signedIn = await nobody.submit(page, '/sign-in', { user: john });
  const consent = await follow(nobody, /content="0;url=([^"]+)"/.exec(signedIn.text)![1]!);
  assert.match((await decide(nobody, consent, 'allow')).text, /Device connected/);
  assert.equal((await poll(device.device_code, '/v1/access_token')).status, 200);
});

test('a user who does not allow it, or cancels, ends it', async () => {
  const browser = await signedInAs(url, john);
  const denied = await client.initiateDeviceAuthorization(configuration, { scope });
  await decide(browser, await enter(browser, denied.verification_uri_complete!), 'deny');
  assert.equal((await poll(denied.device_code)).body.error, 'access_denied');
  const cancelled = await client.initiateDeviceAuthorization(configuration, { scope });
  const form = await browser.visit(cancelled.verification_uri_complete!);
  const compare = await browser.submit(form, actionOf(form), { user_code: cancelled.user_code });
  const end = await browser.submit(compare, actionOf(compare), { abort: 'yes' });
  assert.match(end.text, /You cancelled it/);
  assert.equal((await poll(cancelled.device_code)).body.error, 'access_denied');
});

test('wrong codes, codes that were used and forms of other sites lead nowhere', async () => {
  const browser = await signedInAs(url, john);
  const device = await client.initiateDeviceAuthorization(configuration, { scope });
  const link = device.verification_uri_complete!;
  assert.match((await enter(browser, link, { user_code: 'BCDF-GHJK' })).text, /No device waits/);
  assert.match((await enter(browser, link, { user_code: '' })).text, /Enter the code/);
  const body = new URLSearchParams({ user_code: device.user_code, confirm: 'yes', xsrf: 'forged' });
  assert.equal((await browser.visit('/oauth/device', { method: 'POST', body })).status, 400);
  const none = await new Visitor(url).visit('/oauth/device', { method: 'POST', body });
  assert.equal(none.status, 400);
  await decide(browser, await enter(browser, link), 'allow');
  assert.match((await enter(browser, link)).text, /was used already/);
});

test('what the database keeps of a device code redeems nothing', async () => {
  const browser = await signedInAs(url, john);
  const device = await client.initiateDeviceAuthorization(configuration, { scope });
  await decide(browser, await enter(browser, device.verification_uri_complete!), 'allow');
  const rows = await database.all("select * from oauth_records where kind = 'DeviceCode'", []);
  const text = JSON.stringify(rows);
  assert.ok(!text.includes(device.device_code));
  assert.ok(!text.includes(device.user_code.replace('-', '')));
  for (const { hash } of rows) {
    for (const guess of [`hash:${hash}`, hash as string]) {
      assert.equal((await poll(guess)).body.error, 'invalid_grant');
    }
  }
  assert.equal((await poll(device.device_code)).status, 200);
});

test('a link writes nothing into the page but a code', async () => {
  const page = await new Visitor(url).visit('/oauth/device?user_code=%22%3E%3Cscript%3E');
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.text, /<script>/);
});
