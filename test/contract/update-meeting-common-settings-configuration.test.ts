import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonSettingsPatchExample } from '../../src/site-settings/examples.ts';
import { auditEvents, eventOf } from '../helpers/audit.ts';
import { assertFaults, audio, onlyOwnServer, pathOf, site1, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { addSite, addToken, addUser, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const path = '/v1/admin/meeting/config/commonSettings';

function patch(
  body: unknown,
  {
    as = 'admin',
    siteUrl = site3,
    headers = {},
  }: { as?: string; siteUrl?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return request({ method: 'PATCH', path: `${path}?siteUrl=${siteUrl}`, as, body, headers });
}

async function read(siteUrl = site3, from = request): Promise<Answer> {
  return from({ path: `${path}?siteUrl=${siteUrl}`, as: 'admin' });
}

test('200 changes what is given and nothing else, on this site alone', async () => {
  const before = await read();
  const elsewhere = await read(site1);
  const answer = await patch(commonSettingsPatchExample);
  assert.equal(answer.status, 200, answer.text);
  const { defaultSchedulerOptions, securityOptions } = before.body;
  const passwordCriteria = { ...securityOptions.passwordCriteria, minLength: 8, mixedCase: true };
  assert.deepEqual(answer.body, {
    ...before.body,
    defaultSchedulerOptions: { ...defaultSchedulerOptions, entryAndExitTone: 'AnnounceName' },
    securityOptions: { ...securityOptions, requireStrongPassword: true, passwordCriteria },
  });
  assert.equal((await read()).text, answer.text);
  assert.equal((await read(site1)).text, elsewhere.text);
});

test('200 for a whole GET body sent back; telephonyConfig in it is read-only and ignored', async () => {
  const { body, text } = await read();
  const telephonyConfig = { ...body.telephonyConfig, VoIP: false, allowCallIn: 'no' };
  const answer = await patch({ ...body, telephonyConfig, unknown: 1 });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.text, text);
});

test('200 resets with null a field, a group and what follows from other settings', async () => {
  const initial = await read(site1);
  await patch(
    { ...commonSettingsPatchExample, siteOptions: { allowCustomPersonalRoomURL: false } },
    { siteUrl: site1 },
  );
  await patch({ defaultSchedulerOptions: { telephonySupport: 'None', VoIP: false } }, { siteUrl: site1 });
  assert.notEqual((await read(site1)).text, initial.text);
  const body = {
    siteOptions: null,
    defaultSchedulerOptions: { entryAndExitTone: null, telephonySupport: null, VoIP: null },
    securityOptions: null,
  };
  const answer = await patch(body, { siteUrl: site1 });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.text, initial.text);
});

test('200 takes a merge patch by its own media type', async () => {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const answer = await patch({ scheduleMeetingOptions: { emailReminders: false } }, { headers });
  assert.equal(answer.body.scheduleMeetingOptions.emailReminders, false);
});

test('200 is what new hosts start with at once, and nobody who chose otherwise', onlyOwnServer, async () => {
  const siteUrl = 'starters.example.com';
  await addSite(server.database!, siteUrl);
  const people = ['alma', 'bert'];
  for (const name of people) {
    const roles = name === 'alma' ? { administers: [siteUrl], fullAdministrator: true } : {};
    const id = await addUser(server.database!, { email: `${name}@example.com`, sites: [siteUrl], ...roles });
    await addToken(server.database!, id, name);
  }
  const audioOf = async (as: string) => (await request({ path: pathOf('audio'), as })).body;
  const put = await request({ method: 'PUT', path: pathOf('audio'), as: 'alma', body: audio });
  assert.equal((await audioOf('bert')).defaultAudioType, 'webexAudio');
  await patch({ defaultSchedulerOptions: { tollFree: true } }, { as: 'alma', siteUrl });
  assert.equal((await audioOf('bert')).enabledTollFree, true);
  for (const [VoIP, expected] of [
    [true, 'voipOnly'],
    [false, 'none'],
  ] as const) {
    await patch({ defaultSchedulerOptions: { telephonySupport: 'None', VoIP } }, { as: 'alma', siteUrl });
    const { defaultAudioType, enabledTollFree } = await audioOf('bert');
    assert.deepEqual([defaultAudioType, enabledTollFree], [expected, false]);
  }
  assert.deepEqual(await audioOf('alma'), put.body);
});

test('200 is seen at once by another server on the same database', onlyOwnServer, async () => {
  const url = await demoUrl();
  const databases = [await openAt(url), await openAt(url)];
  const [one, two] = await Promise.all(
    databases.map(async (database) => clientOf((await startServer({ database })).url)),
  );
  const audioOf = async () => (await two!({ path: pathOf('audio'), as: 'marcus' })).body.enabledTollFree;
  assert.equal(await audioOf(), false);
  const body = { defaultSchedulerOptions: { tollFree: true } };
  const query = 'siteUrl=example.webex.com';
  const answer = await one!({ method: 'PATCH', path: `${path}?${query}`, as: 'admin', body });
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await two!({ path: `${path}?${query}`, as: 'admin' })).text, answer.text);
  assert.equal(await audioOf(), true);
  for (const database of databases) await database.close();
});

test('200 is told to the audit log, field by field; what changes nothing is not', async () => {
  const { securityOptions } = (await read()).body;
  const body = {
    siteOptions: {},
    securityOptions: {
      unlistAllMeetings: !securityOptions.unlistAllMeetings,
      requireStrongPassword: true,
      passwordCriteria: { minAlpha: securityOptions.passwordCriteria.minAlpha + 1 },
    },
  };
  const answer = await patch(body);
  assert.equal(answer.status, 200, answer.text);
  const event = await eventOf(request, 'admin-all', answer.headers.get('trackingid')!);
  assert.match(
    event.data.actionText,
    /^Alex Admin changed securityOptions\.unlistAllMeetings, (securityOptions\.requireStrongPassword, )?securityOptions\.passwordCriteria of the site site3/,
  );
  const again = await patch(body);
  assert.equal(again.text, answer.text);
  const trackingId = again.headers.get('trackingid')!;
  const events = await auditEvents(request, 'admin-all');
  assert.ok(!events.some(({ data }: { data: { trackingId: string } }) => data.trackingId === trackingId));
});

test('200 for all of many changes at once', async () => {
  const names = [
    'unlistAllMeetings',
    'requireLoginBeforeAccess',
    'allowMobileScreenCapture',
    'joinBeforeHost',
  ];
  const { securityOptions } = (await read()).body;
  const answers = await Promise.all(
    names.map((name) => patch({ securityOptions: { [name]: !securityOptions[name] } })),
  );
  for (const { status, text } of answers) assert.equal(status, 200, text);
  const after = (await read()).body.securityOptions;
  for (const name of names) assert.equal(after[name], !securityOptions[name], name);
});

test('400 with all faults at once, and nothing is changed', async () => {
  const before = await read();
  const answer = await patch({
    siteOptions: 5,
    defaultSchedulerOptions: { entryAndExitTone: 'Gong', tollFree: 'yes' },
    scheduleMeetingOptions: { emailReminders: true },
    securityOptions: { passwordCriteria: { minLength: 13, disallowValues: ['a', 'a'] }, joinBeforeHost: 1 },
  });
  assertFaults(
    answer,
    ['site-settings.site-options', 'siteOptions'],
    ['site-settings.entry-and-exit-tone', 'defaultSchedulerOptions.entryAndExitTone'],
    ['site-settings.toll-free', 'defaultSchedulerOptions.tollFree'],
    ['site-settings.min-length', 'securityOptions.passwordCriteria.minLength'],
    ['site-settings.disallow-values', 'securityOptions.passwordCriteria.disallowValues'],
    ['site-settings.join-before-host', 'securityOptions.joinBeforeHost'],
  );
  assert.equal((await read()).text, before.text);
});

test('400 for a body without any setting that can be changed', async () => {
  for (const body of [{}, { telephonyConfig: { VoIP: false } }, { joinBeforeHost: true }])
    assertFaults(await patch(body), ['body.known-field', 'The body']);
  assertFaults(await patch([]), ['body.object', 'The body']);
  assertRefused(await patch({ siteUrl: site1, siteOptions: {} }), 400, 'body.subject');
});

test('401 and 403 change nothing', async () => {
  const before = await read();
  const body = { siteOptions: { allowCustomPersonalRoomURL: false } };
  assertRefused(await request({ method: 'PATCH', path, body }), 401, 'token.missing');
  for (const as of ['john', 'admin-read']) assertRefused(await patch(body, { as }), 403, 'token.scope');
  for (const as of ['site-admin', 'other-admin'])
    assertRefused(await patch(body, { as }), 403, 'subject.managed-site');
  assertRefused(await patch(body, { siteUrl: 'nowhere.example.com' }), 403, 'subject.managed-site');
  assert.equal((await read()).text, before.text);
});

test('404 for an administrator without a default site who names none', onlyOwnServer, async () => {
  const id = demoUserId('admin@other.example');
  const body = { siteOptions: {} };
  await server.database!.write([
    { sql: 'update users set default_site_url = null where id = ?', values: [id] },
    { sql: 'update directory_version set version = version + 1', values: [] },
  ]);
  const fresh = clientOf((await startServer({ database: server.database! })).url);
  assertRefused(await fresh({ method: 'PATCH', path, as: 'other-admin', body }), 404, 'subject.default-site');
});

test('412 when somebody changed them since; the ETag of an answer is good for the next change', async () => {
  const { headers } = await read();
  const tone = (entryAndExitTone: string) => ({ defaultSchedulerOptions: { entryAndExitTone } });
  const first = await patch(tone('NoTone'), { headers: { 'if-match': headers.get('etag')! } });
  assert.equal(first.status, 200);
  assertRefused(
    await patch(tone('Beep'), { headers: { 'if-match': headers.get('etag')! } }),
    412,
    'request.if-match',
  );
  const next = await patch(tone('Beep'), { headers: { 'if-match': first.headers.get('etag')! } });
  assert.equal(next.body.defaultSchedulerOptions.entryAndExitTone, 'Beep');
});

test('lenient: values in quotes count, and so does siteUrl in the body', onlyOwnServer, async () => {
  const lenient = clientOf((await startServer({ database: server.database!, compatibility: 'lenient' })).url);
  const body = {
    siteUrl: site1,
    securityOptions: { requireStrongPassword: 'true', passwordCriteria: { minLength: '10' } },
  };
  const answer = await lenient({ method: 'PATCH', path, as: 'admin', body });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.securityOptions.passwordCriteria.minLength, 10);
  assert.equal((await read(site1, lenient)).text, answer.text);
});
