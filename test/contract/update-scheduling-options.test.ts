import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertEachAccepted,
  assertEachRefused,
  assertFaults,
  assertKept,
  assertRequired,
  pathOf,
  scheduling,
  sectionOf,
  site3,
} from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const section = sectionOf(request, 'schedulingOptions', 'john', site3);
const own = 'john.andersen@example.com';

test('200 with the options, as GET answers them afterwards', async () => {
  const answer = await section.put(scheduling);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, scheduling);
  assert.deepEqual(await section.read(), scheduling);
});

test('200 for every value a field takes', async () => {
  await assertEachAccepted(section, scheduling, [
    { enabledJoinBeforeHost: false },
    ...[0, 5, 10, 15].map((joinBeforeHostMinutes) => ({ joinBeforeHostMinutes })),
    { enabledAutoShareRecording: false },
    { enabledWebexAssistantByDefault: false },
    { delegateEmails: [] },
    { delegateEmails: ["o'hara+meetings@sub.example.com", 'somebody@elsewhere.example'] },
  ]);
});

test('200 keeps optional fields that are absent or null, the delegates among them', async () => {
  await assertKept(section, scheduling, ['enabledWebexAssistantByDefault', 'delegateEmails']);
});

test('200 removes all delegates for an empty list, and replaces them for any other', async () => {
  await section.put(scheduling);
  const removed = await section.put({ ...scheduling, delegateEmails: [] });
  assert.deepEqual(removed.body.delegateEmails, []);
  const replaced = await section.put({ ...scheduling, delegateEmails: ['z@example.com', 'a@example.com'] });
  assert.deepEqual(replaced.body.delegateEmails, ['z@example.com', 'a@example.com']);
});

test('200 divides items at commas and keeps the first spelling of an address', async () => {
  const delegateEmails = [
    'One@example.com , two@example.com',
    'ONE@example.com',
    ' three@example.com,TWO@example.com',
  ];
  const answer = await section.put({ ...scheduling, delegateEmails });
  assert.deepEqual(answer.body.delegateEmails, ['One@example.com', 'two@example.com', 'three@example.com']);
  assert.deepEqual(await section.read(), answer.body);
});

test('200 ignores unknown fields', async () => {
  const answer = await section.put({ ...scheduling, delegateemails: [], colour: 'blue' });
  assert.deepEqual(answer.body, scheduling);
});

test('200 for an administrator who gives a user the administrator as delegate', async () => {
  const path = pathOf('schedulingOptions', { userEmail: own, siteUrl: site3 });
  const body = { ...scheduling, delegateEmails: ['admin@example.com'] };
  const answer = await request({ method: 'PUT', path, as: 'admin', body });
  assert.deepEqual(answer.body, body);
  assert.deepEqual(await section.read(), body);
});

test('400 names every required field that is missing', async () => {
  await assertRequired(section, scheduling, [
    'enabledJoinBeforeHost',
    'joinBeforeHostMinutes',
    'enabledAutoShareRecording',
  ]);
});

test('400 for every value a field does not take', async () => {
  await assertEachRefused(section, scheduling, [
    [{ enabledJoinBeforeHost: 'true' }, ['scheduling.join-before-host', 'enabledJoinBeforeHost']],
    ...['10', 20, 1, -5, 5.5, true].map(
      (joinBeforeHostMinutes) =>
        [
          { joinBeforeHostMinutes },
          ['scheduling.join-before-host-minutes', 'joinBeforeHostMinutes'],
        ] as const,
    ),
    [{ enabledAutoShareRecording: 0 }, ['scheduling.auto-share-recording', 'enabledAutoShareRecording']],
    [
      { enabledWebexAssistantByDefault: 'no' },
      ['scheduling.webex-assistant', 'enabledWebexAssistantByDefault'],
    ],
    ...['marcus.hoffmann@example.com', {}, 0].map(
      (delegateEmails) => [{ delegateEmails }, ['scheduling.delegate-emails', 'delegateEmails']] as const,
    ),
    ...[null, 7, ''].map(
      (item) => [{ delegateEmails: [item] }, ['scheduling.delegate-email', 'delegateEmails[0]']] as const,
    ),
    ...[
      'marcus',
      'a@b',
      'a b@example.com',
      'Marcus <m@example.com>',
      'a@exämple.com',
      'a@example.com;b@example.com',
    ].map(
      (email) =>
        [
          { delegateEmails: ['fine@example.com', email] },
          ['scheduling.delegate-email', 'delegateEmails[1]'],
        ] as const,
    ),
    ...[own, own.toUpperCase(), `fine@example.com, ${own}`].map(
      (email) => [{ delegateEmails: [email] }, ['scheduling.own-address', 'delegateEmails']] as const,
    ),
  ]);
});

test('400 for the address of the user, not of the administrator who calls', async () => {
  const path = pathOf('schedulingOptions', { userEmail: own, siteUrl: site3 });
  const body = { ...scheduling, delegateEmails: [own] };
  const answer = await request({ method: 'PUT', path, as: 'admin', body });
  assertFaults(answer, ['scheduling.own-address', 'delegateEmails']);
});

test('400 lists all faults at once, and quotes the addresses that are none', async () => {
  const answer = await section.put({
    joinBeforeHostMinutes: 7,
    enabledAutoShareRecording: false,
    enabledWebexAssistantByDefault: 'x',
    delegateEmails: ['no-address', `fine@example.com,neither@,${own}`],
  });
  assertFaults(
    answer,
    ['body.required-field', 'enabledJoinBeforeHost'],
    ['scheduling.join-before-host-minutes', 'joinBeforeHostMinutes'],
    ['scheduling.webex-assistant', 'enabledWebexAssistantByDefault'],
    ['scheduling.delegate-email', 'delegateEmails[0]'],
    ['scheduling.delegate-email', 'delegateEmails[1]'],
    ['scheduling.own-address', 'delegateEmails'],
  );
  assert.match(answer.text, /no-address/);
  assert.match(answer.text, /neither@/);
});

test('400 for more delegates than a section holds', async () => {
  await section.put(scheduling);
  const name = 'x'.repeat(60);
  const delegateEmails = Array.from({ length: 700 }, (_, index) => `${name}${index}@example.com`);
  assertFaults(await section.put({ ...scheduling, delegateEmails }), [
    'body.document-size',
    'A section with all its lists',
  ]);
  assert.deepEqual(await section.read(), scheduling);
});
