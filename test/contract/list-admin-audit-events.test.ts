import assert from 'node:assert/strict';
import { test } from 'node:test';
import { organizationIdOf, personIdOf } from '../../src/directory/person-id.ts';
import { auditEvents, eventOf } from '../helpers/audit.ts';
import { onlyOwnServer, pathOf, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { historyPage, refreshRooms, revert, setDefaultSite, siteHistoryPage } from '../helpers/history.ts';
import { addToken, addUser, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const john = 'john.andersen@example.com';
const alex = 'admin@example.com';
const administrator = 'admin-all';
const johnOn3 = { userEmail: john, siteUrl: site3 };

function event(answer: Answer) {
  return eventOf(request, administrator, answer.headers.get('trackingid')!);
}

test('200 with a read of somebody else, in the shape that clients know', async () => {
  const answer = await request({ path: pathOf('audio', johnOn3), as: 'admin' });
  const found = await event(answer);
  assert.deepEqual(Object.keys(found), ['id', 'created', 'actorId', 'actorOrgId', 'data']);
  assert.match(Buffer.from(found.id, 'base64').toString(), /^[0-9a-f-]{36}$/);
  assert.match(found.created, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  assert.equal(found.actorId, personIdOf(demoUserId(alex)));
  const { actorTokenId, targetOrgId, ...data } = found.data;
  assert.match(actorTokenId, /^[0-9a-f-]{36}$/);
  assert.equal(targetOrgId, found.actorOrgId);
  assert.deepEqual(data, {
    eventCategory: 'MEETING_PREFERENCES',
    eventDescription: "An administrator read somebody else's preferences",
    actionText: `Alex Admin read the audio options of John Andersen on ${site3}.`,
    actorOrgName: 'Example',
    actorName: 'Alex Admin',
    actorEmail: alex,
    adminRoles: ['Full_Admin'],
    targetType: 'PERSON',
    targetId: personIdOf(demoUserId(john)),
    targetName: 'John Andersen',
    targetOrgName: 'Example',
    siteUrl: site3,
    trackingId: answer.headers.get('trackingid'),
  });
});

test('200 with every way to read what is somebody else’s', async () => {
  const reads: [Answer, RegExp][] = [
    [await request({ path: pathOf('', johnOn3), as: 'admin' }), /read all preferences of John/],
    [await request({ path: pathOf('sites', johnOn3), as: 'admin' }), /read the sites of John/],
    [await historyPage(request, 'admin', johnOn3), /read the history of John/],
    [await siteHistoryPage(request, 'admin', johnOn3), /read the history of John/],
    [await siteHistoryPage(request, 'admin', { siteUrl: site3 }), /history of preferences on the site site3/],
  ];
  for (const [answer, text] of reads) {
    assert.equal(answer.status, 200, answer.text);
    assert.match((await event(answer)).data.actionText, text);
  }
});

test('200 with every way to change what is somebody else’s', async () => {
  const changed = async (method: string, section: string, body: unknown, query = {}): Promise<Answer> => {
    const answer = await request({
      method,
      path: pathOf(section, { ...johnOn3, ...query }),
      as: 'admin',
      body,
    });
    assert.ok([200, 204].includes(answer.status), answer.text);
    return answer;
  };
  const emails = ['brenda.song@example.com'];
  const toDefault = { method: 'PUT', as: 'admin', body: { siteUrl: site3 } };
  const writes: [Answer, RegExp][] = [
    [
      await changed('PUT', 'video', { videoDevices: [] }),
      /changed the video options of John Andersen on site3/,
    ],
    [
      await changed('PATCH', 'personalMeetingRoom', { topic: 'T' }),
      /changed the personal meeting room of John/,
    ],
    [
      await changed('POST', 'schedulingOptions/delegateEmails/insert', { emails }),
      /changed the scheduling options/,
    ],
    [
      await changed('POST', 'schedulingOptions/delegateEmails/delete', { emails }),
      /changed the scheduling options/,
    ],
    [
      await request({ ...toDefault, path: pathOf('sites', { userEmail: john, defaultSite: 'true' }) }),
      /changed the default site of John/,
    ],
    [
      await refreshRooms(request, site3, { [john]: `room${Math.random()}`.slice(0, 12) }),
      /changed the personal room id/,
    ],
  ];
  const history = await historyPage(request, 'admin', { ...johnOn3, section: 'video' });
  writes.push([
    await revert(request, 'admin', history.body.items[0].id, johnOn3),
    /changed the video options of John/,
  ]);
  for (const [answer, text] of writes) {
    assert.equal(answer.status < 300, true, answer.text);
    assert.match((await event(answer)).data.actionText, text);
  }
  await setDefaultSite(request, 'john', 'site4-example.webex.com');
});

test('200 without what people do with their own, and without what was refused', async () => {
  const own = await request({ path: pathOf('audio'), as: 'john' });
  const changed = await request({
    method: 'PUT',
    path: pathOf('video'),
    as: 'john',
    body: { videoDevices: [] },
  });
  const byAdministrator = await request({ path: pathOf('audio'), as: 'admin' });
  const refused = [
    await request({ path: pathOf('audio', { userEmail: 'olga@other.example' }), as: 'admin' }),
    await request({ method: 'PUT', path: pathOf('video', johnOn3), as: 'admin', body: { videoDevices: 1 } }),
    await request({ path: pathOf('audio', { userEmail: john }), as: 'marcus' }),
  ];
  for (const { status } of refused) assert.ok(status >= 400);
  // What is noted later than these is there: these would be, too.
  await event(await request({ path: pathOf('audio', johnOn3), as: 'admin' }));
  const known = (await auditEvents(request, administrator, { max: '200' })).map(
    ({ data }) => data.trackingId,
  );
  for (const answer of [own, changed, byAdministrator, ...refused]) {
    assert.ok(!known.includes(answer.headers.get('trackingid')));
  }
});

test('200 in pages, newest first, narrowed by time, actor and category', async () => {
  for (let count = 0; count < 3; count += 1) {
    await event(await request({ path: pathOf('video', johnOn3), as: 'admin' }));
  }
  const all = await auditEvents(request, administrator, { max: '200', to: new Date().toISOString() });
  const times = all.map(({ created }) => created);
  assert.deepEqual(times, [...times].sort().reverse());
  const to = new Date(Date.parse(times[0]!) + 1).toISOString();
  assert.deepEqual(await auditEvents(request, administrator, { to, max: '2' }), all.slice(0, 2));
  assert.deepEqual(await auditEvents(request, administrator, { to, max: '2', offset: '1' }), all.slice(1, 3));
  const latest = await auditEvents(request, administrator, { from: times[0]!, to });
  assert.ok(latest.length > 0 && latest.every(({ created }) => created === times[0]));
  const actorId = personIdOf(demoUserId(john));
  assert.deepEqual(await auditEvents(request, administrator, { to, actorId }), []);
  const categories = { eventCategories: 'LOGINS,MEETING_PREFERENCES', to, max: '200' };
  assert.deepEqual(await auditEvents(request, administrator, categories), all);
  for (const eventCategories of ['LOGOUT', 'DEVICES', 'NOTHING,AT_ALL']) {
    assert.deepEqual(await auditEvents(request, administrator, { eventCategories }), []);
  }
});

test('200 for the own organization by its id or its uuid; 403 for every other, whether or not it exists', async () => {
  const own = '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01';
  for (const orgId of [own, organizationIdOf(own)]) {
    assert.ok((await auditEvents(request, administrator, { orgId })).length > 0);
  }
  const foreign = ['2e7b2d63-7e4f-4e1c-8a68-3a7a1a4a9b11', '00000000-0000-4000-8000-000000000000', 'x'];
  const answers = await Promise.all(
    foreign.map((orgId) => request({ path: `/v1/adminAudit/events?orgId=${orgId}`, as: administrator })),
  );
  for (const answer of answers) {
    assertRefused(answer, 403, 'audit.organization');
    assert.equal(answer.body.message, answers[0]!.body.message);
  }
});

test('200 shows an organization its own events alone', onlyOwnServer, async () => {
  const otto = demoUserId('admin@other.example');
  await addToken(server.database!, otto, 'other-audit');
  const path = pathOf('audio', { userEmail: 'olga@other.example' });
  const answer = await request({ path, as: 'other-audit' });
  const found = await eventOf(request, 'other-audit', answer.headers.get('trackingid')!);
  assert.equal(found.data.actorName, 'Otto Other');
  assert.equal((await auditEvents(request, 'other-audit', { max: '200' })).length, 1);
  const elsewhere = await auditEvents(request, administrator, { max: '200' });
  assert.ok(elsewhere.every(({ data }) => data.trackingId !== found.data.trackingId));
});

test('401 without a token, 403 without the scope or the role', onlyOwnServer, async () => {
  const path = '/v1/adminAudit/events';
  assertRefused(await request({ path }), 401, 'token.missing');
  assertRefused(await request({ path, as: 'admin' }), 403, 'token.scope');
  const email = 'auditor@example.com';
  const auditor = await addUser(server.database!, { email, sites: [site3], administers: [site3] });
  await addToken(server.database!, auditor, 'auditor', { scopes: ['audit:events_read'] });
  assertRefused(await request({ path, as: 'auditor' }), 403, 'audit.full-administrator');
});
