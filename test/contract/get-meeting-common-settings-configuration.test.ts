import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonSettingsExample } from '../../src/site-settings/examples.ts';
import { onlyOwnServer, site1, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addSite, addToken, addUser, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

function get(as: string | undefined, query = '', headers: Record<string, string> = {}): Promise<Answer> {
  return request({ path: `/v1/admin/meeting/config/commonSettings${query}`, as, headers });
}

test('200 with all groups complete, of the default site unless another is named', onlyOwnServer, async () => {
  const answer = await get('admin');
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, commonSettingsExample);
  assert.equal((await get('admin', `?siteUrl=${site1.toUpperCase()}`)).text, answer.text);
});

test('200 shows in telephonyConfig what the site has at all', onlyOwnServer, async () => {
  const siteUrl = 'quiet.example.com';
  await addSite(server.database!, siteUrl, {
    audioTypes: ['otherTeleconferenceService', 'none'],
    globalCallIn: false,
    tollFreeCallIn: false,
    joinBeforeHost: false,
    securityOptions: { audioBeforeHost: true },
  });
  const quentin = { email: 'quentin@example.com', sites: [siteUrl], administers: [siteUrl] };
  await addToken(
    server.database!,
    await addUser(server.database!, { ...quentin, fullAdministrator: true }),
    'q',
  );
  const { body } = await get('q');
  assert.deepEqual(body.telephonyConfig, {
    allowCallIn: false,
    allowCallBack: false,
    allowOtherTeleconf: true,
    allowTollFreeCallin: false,
    allowInternationalCallin: false,
    allowInternationalCallback: false,
    VoIP: false,
  });
  const { telephonySupport, tollFree, VoIP } = body.defaultSchedulerOptions;
  assert.deepEqual(
    { telephonySupport, tollFree, VoIP },
    { telephonySupport: 'Other', tollFree: false, VoIP: false },
  );
  const { joinBeforeHost, audioBeforeHost } = body.securityOptions;
  assert.deepEqual({ joinBeforeHost, audioBeforeHost }, { joinBeforeHost: false, audioBeforeHost: false });
});

test('304 while what If-None-Match names is in force', async () => {
  const { headers } = await get('admin');
  const again = await get('admin', '', { 'if-none-match': headers.get('etag')! });
  assert.equal(again.status, 304);
  assert.equal(again.text, '');
});

test('400 for a siteUrl that is given twice or is none', async () => {
  assertRefused(await get('admin', `?siteUrl=${site1}&siteUrl=${site4}`), 400, 'query.single');
  assertRefused(await get('admin', '?siteUrl='), 400, 'query.text');
});

test('401 without a token', async () => {
  assertRefused(await get(undefined), 401, 'token.missing');
});

test('403 without meeting:admin_config_read', async () => {
  for (const as of ['john', 'admin-read']) assertRefused(await get(as), 403, 'token.scope');
});

test('403 for who does not administer the site, whether or not it exists', async () => {
  for (const as of ['site-admin', 'other-admin']) {
    const answers = await Promise.all(
      [site4, 'nowhere.example.com'].map((siteUrl) => get(as, `?siteUrl=${siteUrl}`)),
    );
    for (const answer of answers) assertRefused(answer, 403, 'subject.managed-site');
    const [one, two] = answers.map(({ body }) => ({ ...body, trackingId: '' }));
    assert.deepEqual(one, two);
  }
});

test('404 for an administrator without a default site', onlyOwnServer, async () => {
  const id = demoUserId('admin@example.com');
  assert.equal((await get('admin')).status, 200);
  await server.database!.write([
    { sql: 'update users set default_site_url = null where id = ?', values: [id] },
    { sql: 'update directory_version set version = version + 1', values: [] },
  ]);
  const fresh = await startServer({ database: server.database! });
  const path = '/v1/admin/meeting/config/commonSettings';
  assertRefused(await clientOf(fresh.url)({ path, as: 'admin' }), 404, 'subject.default-site');
});
