/** The API as our own pages use it: with the session's cookie in the place of a token. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf, type Request } from '../helpers/client.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs } from '../helpers/visitor.ts';

const { url } = await startServer();
const request = clientOf(url);
const video = '/v1/meetingPreferences/video';
const marcus = 'userEmail=marcus.hoffmann@example.com';
const site = 'site4-example.webex.com';
const body = { videoDevices: [] };

async function pageOf(email: string): Promise<(own: Request) => ReturnType<typeof request>> {
  const { cookieHeader: cookie } = await signedInAs(url, demoUserId(email));
  return ({ headers, ...own }) =>
    request({ ...own, headers: { 'x-anteroom-session': '1', cookie, ...headers } });
}

test('a user reads and changes what is theirs, and nothing else', async () => {
  const page = await pageOf('john.andersen@example.com');
  assert.equal((await page({ path: video })).status, 200);
  assert.equal((await page({ method: 'PUT', path: video, body })).status, 200);
  assert.deepEqual((await request({ path: video, as: 'john' })).body, body);
  assertRefused(await page({ path: `${video}?${marcus}` }), 403, 'subject.own');
  const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  assertRefused(await page({ method: 'POST', path: refresh, body: {} }), 403, 'token.scope');
});

test('administrators act where they administer', async () => {
  const admin = await pageOf('admin@example.com');
  assert.equal((await admin({ path: `${video}?${marcus}` })).status, 200);
  assertRefused(await admin({ path: `${video}?userEmail=olga@other.example` }), 404, 'subject.user');
  const siteAdmin = await pageOf('site-admin@example.com');
  assertRefused(await siteAdmin({ path: `${video}?${marcus}&siteUrl=${site}` }), 403);
});

test('a change says in its history by whom and by which session it was made', async () => {
  const page = await pageOf('brenda.song@example.com');
  await page({ method: 'PUT', path: video, body });
  const device = { deviceName: 'one', deviceAddress: 'one@example.com', isDefault: true };
  await page({ method: 'PUT', path: video, body: { videoDevices: [device] } });
  const { body: history } = await page({ path: '/v1/meetingPreferences/history' });
  assert.ok(history.items.length > 0);
});

test('without the header a cookie is nothing, and a token comes before a cookie', async () => {
  const page = await pageOf('john.andersen@example.com');
  for (const value of ['', '0', 'true'])
    assertRefused(
      await page({ path: video, headers: { 'x-anteroom-session': value } }),
      401,
      'token.missing',
    );
  const { cookieHeader: cookie } = await signedInAs(url, demoUserId('john.andersen@example.com'));
  assertRefused(await request({ path: video, headers: { cookie } }), 401, 'token.missing');
  assertRefused(await page({ path: video, headers: { authorization: 'Bearer no' } }), 401, 'token.valid');
  const sites = await page({ path: '/v1/meetingPreferences/sites', as: 'other-olga' });
  assert.deepEqual(sites.body.sites, [{ siteUrl: 'other-example.webex.com', default: true }]);
});

test('a page of another origin is never allowed to send the header, nor to send cookies', async () => {
  const { headers } = await request({
    method: 'OPTIONS',
    path: video,
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'x-anteroom-session',
    },
  });
  assert.doesNotMatch(headers.get('access-control-allow-headers')!, /x-anteroom-session|\*/i);
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(headers.get('access-control-allow-credentials'), null);
  const session = await request({ path: '/session', headers: { origin: 'https://evil.example' } });
  assert.equal(session.headers.get('access-control-allow-credentials'), null);
});
