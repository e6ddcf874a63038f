import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, pathOf, room, sectionOf, site3 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { patchOf } from '../helpers/patching.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const { put, read } = sectionOf(request, 'personalMeetingRoom', 'john', site3);
const patch = patchOf(request, 'personalMeetingRoom', 'john', site3);

async function assertPatched(change: object, expected: object = change): Promise<void> {
  assert.equal((await put(room)).status, 200);
  const before = await read();
  const answer = await patch(change);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, { ...before, ...expected });
  assert.deepEqual(await read(), answer.body);
}

test('200 with only the given field changed', async () => {
  for (const change of [
    { topic: 'Open house' },
    { hostPin: '9172' },
    { enabledAutoLock: false, autoLockMinutes: 0 },
    { supportAnyoneAsCoHost: true },
    { coHosts: [] },
  ]) {
    await assertPatched(change);
  }
});

test('200 leaves what only the site decides as it is', async () => {
  await assertPatched({ topic: 'Mine', sipAddress: 'me@example.com', telephony: null }, { topic: 'Mine' });
  assertFaults(await patch({ sipAddress: 'me@example.com' }), ['body.known-field', 'The body']);
});

test('200 resets an optional field for null', async () => {
  const reset = { allowAuthenticatedDevices: false, supportAnyoneAsCoHost: false };
  await assertPatched({ allowAuthenticatedDevices: null, supportAnyoneAsCoHost: null }, reset);
});

test('400 for null in a required field', async () => {
  await put(room);
  const before = await read();
  assertFaults(
    await patch({ topic: null, hostPin: null, coHosts: null }),
    ['body.required-field', 'topic'],
    ['body.required-field', 'hostPin'],
    ['body.required-field', 'coHosts'],
  );
  assert.deepEqual(await read(), before);
});

test('400 for what is wrong only together with what is stored', async () => {
  await put({ ...room, supportAnyoneAsCoHost: true });
  const before = await read();
  assertFaults(await patch({ allowFirstUserToBeCoHost: true }), [
    'room.co-host-modes',
    'supportAnyoneAsCoHost and allowFirstUserToBeCoHost',
  ]);
  assertFaults(
    await patch({ topic: ' ', hostPin: '1234', autoLockMinutes: 7, coHosts: [room.coHosts[0], {}] }),
    ['room.topic', 'topic'],
    ['room.host-pin-sequence', 'hostPin'],
    ['room.auto-lock-minutes', 'autoLockMinutes'],
    ['body.required-field', 'coHosts[1].email'],
    ['body.required-field', 'coHosts[1].displayName'],
  );
  assert.deepEqual(await read(), before);
  assert.equal((await patch({ supportAnyoneAsCoHost: false, allowFirstUserToBeCoHost: true })).status, 200);
});

test('200 takes application/json as a merge patch, and charsets', async () => {
  await put(room);
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'Application/Merge-Patch+JSON; charset=UTF-8',
  ]) {
    const answer = await patch({ topic: type }, { 'content-type': type });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.topic, type);
  }
});

test('415 for any other media type, and for a merge patch that is put', async () => {
  await put(room);
  const before = await read();
  for (const type of ['application/json-patch+json', 'text/plain', 'application/x-www-form-urlencoded']) {
    assertRefused(await patch({ topic: 'x' }, { 'content-type': type }), 415, 'body.media-type');
  }
  const path = pathOf('personalMeetingRoom', { siteUrl: site3 });
  const headers = { 'content-type': 'application/merge-patch+json' };
  assertRefused(
    await request({ method: 'PUT', path, as: 'john', body: { ...room, topic: 'x' }, headers }),
    415,
    'body.media-type',
  );
  assert.deepEqual(await read(), before);
});

test('400 for a subject in the body, unless the query says the same', async () => {
  await put(room);
  const body = { topic: 'Whose?', userEmail: 'brenda.song@example.com' };
  assertFaults(await patch(body), ['body.subject', 'userEmail']);
  const same = await patch({ topic: 'Here', siteUrl: site3 });
  assert.equal(same.status, 200, same.text);
  const path = pathOf('personalMeetingRoom', { userEmail: 'brenda.song@example.com' });
  assertRefused(await request({ method: 'PATCH', path, as: 'marcus', body }), 403, 'subject.own');
  const answer = await request({ method: 'PATCH', path, as: 'admin', body });
  assert.equal(answer.body.topic, 'Whose?');
});
