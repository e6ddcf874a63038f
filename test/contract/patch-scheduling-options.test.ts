import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, scheduling, sectionOf, site3 } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { patchOf } from '../helpers/patching.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const { put, read } = sectionOf(request, 'schedulingOptions', 'john', site3);
const patch = patchOf(request, 'schedulingOptions', 'john', site3);

async function assertPatched(change: object, expected: object): Promise<void> {
  assert.equal((await put(scheduling)).status, 200);
  const answer = await patch(change);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, { ...scheduling, ...expected });
  assert.deepEqual(await read(), answer.body);
}

test('200 with only the given field changed', async () => {
  for (const change of [
    { enabledJoinBeforeHost: false },
    { joinBeforeHostMinutes: 0 },
    { enabledAutoShareRecording: false, enabledWebexAssistantByDefault: false },
    { delegateEmails: [] },
  ]) {
    await assertPatched(change, change);
  }
});

test('200 replaces the delegates, divided at commas as in PUT', async () => {
  const delegateEmails = ['a@example.com', 'b@example.com'];
  await assertPatched(
    { delegateEmails: ['a@example.com, b@example.com', 'A@example.com'] },
    { delegateEmails },
  );
});

test('200 resets an optional field for null, where PUT keeps it', async () => {
  const reset = { delegateEmails: [], enabledWebexAssistantByDefault: false };
  await assertPatched({ delegateEmails: null, enabledWebexAssistantByDefault: null }, reset);
  await assertPatched({ delegateEmails: null }, { delegateEmails: [] });
});

test('400 for null in a required field', async () => {
  await put(scheduling);
  assertFaults(await patch({ joinBeforeHostMinutes: null, delegateEmails: [] }), [
    'body.required-field',
    'joinBeforeHostMinutes',
  ]);
  assert.deepEqual(await read(), scheduling);
});

test('400 lists all faults at once, as PUT does', async () => {
  await put(scheduling);
  assertFaults(
    await patch({ joinBeforeHostMinutes: 7, delegateEmails: ['marcus', 'john.andersen@example.com'] }),
    ['scheduling.join-before-host-minutes', 'joinBeforeHostMinutes'],
    ['scheduling.delegate-email', 'delegateEmails[0]'],
    ['scheduling.own-address', 'delegateEmails'],
  );
  assertFaults(
    await patch({ delegateEmails: [null], enabledJoinBeforeHost: 'true' }),
    ['scheduling.delegate-email', 'delegateEmails[0]'],
    ['scheduling.join-before-host', 'enabledJoinBeforeHost'],
  );
  assert.deepEqual(await read(), scheduling);
});

test('400 with an unknown field only', async () => {
  assertFaults(await patch({ emails: ['a@example.com'] }), ['body.known-field', 'The body']);
});
