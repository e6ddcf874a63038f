import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertEachAccepted,
  assertEachRefused,
  assertFaults,
  assertKept,
  assertRequired,
  onlyOwnServer,
  room,
  sectionOf,
  site1,
  site3,
} from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const section = sectionOf(request, 'personalMeetingRoom', 'john', site3);

test('200 with the whole room, as GET answers it afterwards', async () => {
  const answer = await section.put(room);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, { ...answer.body, ...room });
  assert.deepEqual(await section.read(), answer.body);
});

test('200 for every value a field takes', async () => {
  const coHost = { email: 'marcus.hoffmann@example.com', displayName: '' };
  await assertEachAccepted(section, room, [
    { topic: 'x' },
    { topic: '😀'.repeat(128) },
    { topic: ' padded ' },
    { hostPin: '1235' },
    { hostPin: '0909' },
    { enabledAutoLock: false },
    ...[0, 5, 10, 15, 20].map((autoLockMinutes) => ({ autoLockMinutes })),
    { enabledNotifyHost: false },
    { supportCoHost: false },
    { supportAnyoneAsCoHost: true },
    { allowFirstUserToBeCoHost: true },
    { allowAuthenticatedDevices: false },
    { coHosts: [] },
    { coHosts: [coHost, { email: 'somebody@elsewhere.example', displayName: 'Somebody' }] },
  ]);
});

test('200 keeps co-hosts that a mode puts out of force', async () => {
  const answer = await section.put({ ...room, supportAnyoneAsCoHost: true });
  assert.deepEqual(answer.body.coHosts, room.coHosts);
});

test('200 keeps optional fields that are absent or null', async () => {
  const optional = ['supportAnyoneAsCoHost', 'allowFirstUserToBeCoHost', 'allowAuthenticatedDevices'];
  await assertKept(section, room, optional);
  await assertKept(section, { ...room, supportAnyoneAsCoHost: true }, ['supportAnyoneAsCoHost']);
});

test('200 ignores fields that are read-only or unknown', async () => {
  const before = (await section.put(room)).body;
  const readOnly = {
    personalMeetingRoomLink: 'https://elsewhere.example/meet/me',
    sipAddress: 'me@elsewhere.example',
    dialInIpAddress: '203.0.113.9',
    telephony: { accessCode: '1', callInNumbers: [], links: [] },
  };
  const answer = await section.put({ ...room, ...readOnly, shoeSize: 43, hostPIN: '1111' });
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, before);
});

test('200 for one site leaves the others alone', async () => {
  const elsewhere = sectionOf(request, 'personalMeetingRoom', 'john', site1);
  const before = await elsewhere.read();
  await section.put({ ...room, topic: 'only here' });
  assert.deepEqual(await elsewhere.read(), before);
});

test('400 names every required field that is missing', async () => {
  await assertRequired(section, room, [
    'topic',
    'hostPin',
    'enabledAutoLock',
    'autoLockMinutes',
    'enabledNotifyHost',
    'supportCoHost',
    'coHosts',
  ]);
});

test('400 for every value a field does not take', async () => {
  const coHost = room.coHosts[0]!;
  await assertEachRefused(section, room, [
    ...['', ' \t\n', 'x'.repeat(129), '😀'.repeat(129), 7, true].map(
      (topic) => [{ topic }, ['room.topic', 'topic']] as const,
    ),
    ...[4325, '', '43 5', '４３２５', '43.5'].map(
      (hostPin) => [{ hostPin }, ['room.host-pin', 'hostPin']] as const,
    ),
    ...['439', '43251'].map((hostPin) => [{ hostPin }, ['room.host-pin-length', 'hostPin']] as const),
    ...['1234', '4321', '0123', '9876'].map(
      (hostPin) => [{ hostPin }, ['room.host-pin-sequence', 'hostPin']] as const,
    ),
    ...['0000', '7777'].map((hostPin) => [{ hostPin }, ['room.host-pin-repetition', 'hostPin']] as const),
    [{ enabledAutoLock: 'true' }, ['room.enabled-auto-lock', 'enabledAutoLock']],
    ...['10', 10.5, 1, 25, -5].map(
      (autoLockMinutes) => [{ autoLockMinutes }, ['room.auto-lock-minutes', 'autoLockMinutes']] as const,
    ),
    [{ enabledNotifyHost: 1 }, ['room.enabled-notify-host', 'enabledNotifyHost']],
    [{ supportCoHost: 0 }, ['room.support-co-host', 'supportCoHost']],
    [{ supportAnyoneAsCoHost: 'no' }, ['room.anyone-as-co-host', 'supportAnyoneAsCoHost']],
    [{ allowFirstUserToBeCoHost: {} }, ['room.first-user-co-host', 'allowFirstUserToBeCoHost']],
    [{ allowAuthenticatedDevices: [] }, ['room.authenticated-devices', 'allowAuthenticatedDevices']],
    [{ coHosts: coHost }, ['room.co-hosts', 'coHosts']],
    [{ coHosts: ['marcus.hoffmann@example.com'] }, ['room.co-host', 'coHosts[0]']],
    [{ coHosts: [coHost, { ...coHost, email: 'marcus' }] }, ['room.co-host-email', 'coHosts[1].email']],
    [{ coHosts: [{ email: coHost.email }] }, ['body.required-field', 'coHosts[0].displayName']],
    [{ coHosts: [{ displayName: 'M' }] }, ['body.required-field', 'coHosts[0].email']],
    [{ coHosts: [{ ...coHost, displayName: 5 }] }, ['room.co-host-name', 'coHosts[0].displayName']],
    [
      { coHosts: [coHost, { ...coHost, email: coHost.email.toUpperCase() }] },
      ['room.co-hosts-distinct', 'coHosts'],
    ],
    [
      { supportAnyoneAsCoHost: true, allowFirstUserToBeCoHost: true },
      ['room.co-host-modes', 'supportAnyoneAsCoHost and allowFirstUserToBeCoHost'],
    ],
  ]);
});

test('400 for a mode that contradicts the one that is kept', async () => {
  const { supportAnyoneAsCoHost: _, ...rest } = room;
  await section.put({ ...room, supportAnyoneAsCoHost: true });
  assertFaults(await section.put({ ...rest, allowFirstUserToBeCoHost: true }), [
    'room.co-host-modes',
    'supportAnyoneAsCoHost and allowFirstUserToBeCoHost',
  ]);
});

test('400 lists all faults at once', async () => {
  const answer = await section.put({
    hostPin: '4444',
    enabledAutoLock: 'yes',
    autoLockMinutes: 7,
    enabledNotifyHost: true,
    supportCoHost: true,
    coHosts: [{ email: 'x' }],
  });
  assertFaults(
    answer,
    ['body.required-field', 'topic'],
    ['room.host-pin-repetition', 'hostPin'],
    ['room.enabled-auto-lock', 'enabledAutoLock'],
    ['room.auto-lock-minutes', 'autoLockMinutes'],
    ['room.co-host-email', 'coHosts[0].email'],
    ['body.required-field', 'coHosts[0].displayName'],
  );
});

test('400 for a PIN shorter than the site asks for', onlyOwnServer, async () => {
  const siteUrl = 'six-example.webex.com';
  await addSite(server.database!, siteUrl, { hostPinLength: 6 });
  await addPerson(server.database!, 'six', { sites: [siteUrl] });
  const own = sectionOf(request, 'personalMeetingRoom', 'six', siteUrl);
  await assertEachRefused(own, { ...room, hostPin: '432543' }, [
    [{ hostPin: '4325' }, ['room.host-pin-length', 'hostPin']],
    [{ hostPin: '123456' }, ['room.host-pin-sequence', 'hostPin']],
    [{ hostPin: '111111' }, ['room.host-pin-repetition', 'hostPin']],
  ]);
  assert.equal((await own.put({ ...room, hostPin: '123457' })).status, 200);
});
