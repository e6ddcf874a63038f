import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audio,
  onlyOwnServer,
  pathOf,
  room,
  scheduling,
  sectionOf,
  site1,
  site3,
  site4,
  video,
} from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import {
  historyPage,
  latestChange,
  patch,
  refreshRooms,
  revert,
  setDefaultSite,
} from '../helpers/history.ts';
import { addToken, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const on = { siteUrl: site3 };
const john = 'john.andersen@example.com';
const marcus = 'marcus.hoffmann@example.com';
const onBehalf = { ...on, userEmail: john };

/** Changes of each section: what is there first, and what a change makes of it. */
const changes: Readonly<Record<string, readonly [first: object, change: object]>> = {
  personalMeetingRoom: [room, { topic: 'Another', hostPin: '9471', coHosts: [] }],
  audio: [audio, { audioPin: '5820', enabledTollFree: false, mobileNumber: { ...audio.officeNumber } }],
  video: [video, { videoDevices: [] }],
  schedulingOptions: [scheduling, { delegateEmails: [], joinBeforeHostMinutes: 0 }],
};

async function roomIdOf(as: string): Promise<string> {
  const { sipAddress } = await sectionOf(request, 'personalMeetingRoom', as, site3).read();
  return sipAddress.split('@')[0];
}

for (const [name, [first, change]] of Object.entries(changes)) {
  test(`200 with what GET of ${name} answers; the revert is a change of its own, that can be reverted`, async () => {
    const section = sectionOf(request, name, 'john', site3);
    assert.equal((await section.put(first)).status, 200);
    const before = await section.read();
    assert.equal((await patch(request, 'john', name, change, on)).status, 200);
    const made = await latestChange(request, 'john', name, on);
    const answer = await revert(request, 'john', made.id, on);
    assert.equal(answer.status, 200, answer.text);
    const read = await request({ path: pathOf(name, on), as: 'john' });
    assert.equal(answer.text, read.text);
    assert.equal(answer.headers.get('etag'), read.headers.get('etag'));
    assert.deepEqual(answer.body, before);
    const reverted = await latestChange(request, 'john', name, on);
    assert.deepEqual([reverted.before, reverted.after], [made.after, made.before]);
    assert.notEqual(reverted.id, made.id);
    const again = await revert(request, 'john', reverted.id, on);
    assert.deepEqual(again.body, { ...before, ...change });
  });
}

test('200 leaves what other changes made of other fields', async () => {
  const section = sectionOf(request, 'personalMeetingRoom', 'john', site3);
  await section.put(room);
  await patch(request, 'john', 'personalMeetingRoom', { topic: 'to be undone' }, on);
  const { id } = await latestChange(request, 'john', 'personalMeetingRoom', on);
  await patch(request, 'john', 'personalMeetingRoom', { supportCoHost: false }, on);
  const { body } = await revert(request, 'john', id, on);
  assert.deepEqual([body.topic, body.supportCoHost], [room.topic, false]);
});

test('200 for an administrator on behalf of the user, who is told so', async () => {
  await patch(request, 'john', 'video', { videoDevices: [] }, on);
  await patch(request, 'john', 'video', video, on);
  const { id } = await latestChange(request, 'john', 'video', on);
  const answer = await revert(request, 'admin', id, onBehalf);
  assert.deepEqual(answer.body, { videoDevices: [] });
  const { changedBy } = await latestChange(request, 'john', 'video', on);
  assert.deepEqual([changedBy.email, changedBy.onBehalf], ['admin@example.com', true]);
});

test('200 with the list of sites for a default site; 409 once it is another', async () => {
  await setDefaultSite(request, 'john', site4);
  await setDefaultSite(request, 'john', site1);
  const { id } = await latestChange(request, 'john', 'sites');
  const answer = await revert(request, 'john', id);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.text, (await request({ path: pathOf('sites'), as: 'john' })).text);
  const defaults = answer.body.sites.filter((site: { default: boolean }) => site.default);
  assert.deepEqual(defaults, [{ siteUrl: site4, default: true }]);
  assertRefused(await revert(request, 'john', id), 409, 'history.unchanged');
  await setDefaultSite(request, 'john', site3);
  assert.equal((await revert(request, 'john', id, {}, { force: true })).status, 200);
  await setDefaultSite(request, 'john', site4);
});

test('200 with the answer of refreshId for a batch, which swaps back as a whole', async () => {
  await refreshRooms(request, site3, { [john]: 'swap-a', [marcus]: 'swap-b' });
  await refreshRooms(request, site3, { [john]: 'swap-b', [marcus]: 'swap-a' });
  const { id } = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  const answer = await revert(request, 'admin', id, on);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.siteUrl, site3);
  const rooms = answer.body.personalMeetingRoomIds.map((person: Record<string, string>) => [
    person.email,
    person.personalMeetingRoomId,
  ]);
  assert.deepEqual(rooms.sort(), [
    [john, 'swap-a'],
    [marcus, 'swap-b'],
  ]);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ['swap-a', 'swap-b']);
  const undone = await latestChange(request, 'marcus', 'personalMeetingRoomId', on);
  assert.equal((await revert(request, 'admin', undone.id, { ...on, userEmail: marcus })).status, 200);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ['swap-b', 'swap-a']);
});

test('409 with a fault for every person of a batch whose id is another by now; nobody gets one', async () => {
  await refreshRooms(request, site3, { [john]: 'old-a', [marcus]: 'old-b' });
  await refreshRooms(request, site3, { [john]: 'new-a', [marcus]: 'new-b' });
  const { id } = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  await refreshRooms(request, site3, { [marcus]: 'newest' });
  const refused = await revert(request, 'admin', id, on);
  assertRefused(refused, 409, 'history.unchanged');
  assert.match(refused.body.message, /marcus\.hoffmann@example\.com/);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ['new-a', 'newest']);
  assert.equal((await revert(request, 'admin', id, on, { force: true })).status, 200);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ['old-a', 'old-b']);
});

test('400 by the rules of the batch when somebody else has the id by now; nobody gets one', async () => {
  await refreshRooms(request, site3, { [john]: 'taken', [marcus]: 'free' });
  await refreshRooms(request, site3, { [john]: 'left-1', [marcus]: 'left-2' });
  const { id } = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  await refreshRooms(request, site3, { 'brenda.song@example.com': 'TAKEN' });
  assertRefused(await revert(request, 'admin', id, on), 400, 'room-ids.id-free');
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ['left-1', 'left-2']);
});

test(
  '403 for a batch unless the caller is an administrator of the site with both scopes',
  onlyOwnServer,
  async () => {
    await refreshRooms(request, site3, { [john]: 'held-1' });
    await refreshRooms(request, site3, { [john]: 'held-2' });
    const { id } = await latestChange(request, 'john', 'personalMeetingRoomId', on);
    assertRefused(await revert(request, 'john', id, on), 403, 'subject.managed-site');
    assertRefused(await revert(request, 'marcus', id, on), 404, 'history.known');
    const scopes = ['meeting:preferences_write', 'meeting:admin_preferences_write'] as const;
    await addToken(server.database!, demoUserId('admin@example.com'), 'no-config', { scopes });
    assertRefused(await revert(request, 'no-config', id, onBehalf), 403, 'token.scope');
    assertRefused(await revert(request, 'no-config', id, on), 404, 'history.known');
    assertRefused(await revert(request, 'admin', id, { siteUrl: site1 }), 404, 'history.known');
    assert.equal(await roomIdOf('john'), 'held-2');
  },
);

test('412 when If-Match does not name what is in force, 200 when it does', async () => {
  await patch(request, 'john', 'video', { videoDevices: [] }, on);
  await patch(request, 'john', 'video', video, on);
  const { id } = await latestChange(request, 'john', 'video', on);
  const etag = (await request({ path: pathOf('video', on), as: 'john' })).headers.get('etag')!;
  const send = (ifMatch: string): Promise<Answer> =>
    revert(request, 'john', id, on, undefined, { 'if-match': ifMatch });
  assertRefused(await send('"another"'), 412, 'request.if-match');
  assert.equal((await send(etag)).status, 200);
  assertRefused(await send(etag), 412, 'request.if-match');
  await refreshRooms(request, site3, { [john]: 'etag-1' });
  await refreshRooms(request, site3, { [john]: 'etag-2' });
  const batch = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  assertRefused(
    await revert(request, 'admin', batch.id, on, {}, { 'if-match': etag }),
    412,
    'request.if-match',
  );
  assert.equal((await revert(request, 'admin', batch.id, on, {}, { 'if-match': '*' })).status, 200);
});

test('403 for whom the preferences are not, and without a scope to write', async () => {
  const { id } = await latestChange(request, 'john', 'video', on);
  assertRefused(await revert(request, 'marcus', id, onBehalf), 403, 'subject.own');
  assertRefused(await revert(request, 'john-read', id, on), 403, 'token.scope');
  assertRefused(await revert(request, 'other-admin', id, onBehalf), 403, 'subject.managed-site');
});

test('200 once for the same Idempotency-Key', async () => {
  await patch(request, 'john', 'video', { videoDevices: [] }, on);
  await patch(request, 'john', 'video', video, on);
  const { id } = await latestChange(request, 'john', 'video', on);
  const headers = { 'idempotency-key': `revert ${id}` };
  const first = await revert(request, 'john', id, on, {}, headers);
  const second = await revert(request, 'john', id, on, {}, headers);
  assert.deepEqual([first.status, second.status, second.text], [200, 200, first.text]);
  assert.equal(
    (await historyPage(request, 'john', { ...on, section: 'video', max: '1' })).body.items[0].after
      .videoDevices.length,
    0,
  );
});
