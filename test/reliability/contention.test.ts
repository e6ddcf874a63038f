/** Many clients at one document: every change counts, and none undoes another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoOrganizations } from '../../src/development/demo.ts';
import { clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const clients = 64;
const database = await openDatabase();
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/schedulingOptions';
const { id } = demoOrganizations[0]!.users[0]!;

async function revisionOfJohn(): Promise<number> {
  const row = await database.get(
    "select max(revision) as revision from preferences where user_id = ? and section = 'schedulingOptions'",
    [id],
  );
  return Number(row!.revision);
}

test('the revision grows by exactly one for each 200', async () => {
  const before = await revisionOfJohn();
  const body = { enabledJoinBeforeHost: true, joinBeforeHostMinutes: 5, enabledAutoShareRecording: false };
  const answers = await Promise.all(
    Array.from({ length: clients * 4 }, (_, index) =>
      request({
        method: 'PUT',
        path,
        as: 'john',
        body: { ...body, enabledAutoShareRecording: index % 2 === 0 },
      }),
    ),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal(await revisionOfJohn(), before + answers.length);
});

test('delegates inserted at the same time are all there, each answer names its own', async () => {
  const emails = Array.from({ length: clients }, (_, index) => `delegate${index}@example.com`);
  const answers = await Promise.all(
    emails.map((email) =>
      request({
        method: 'POST',
        path: `${path}/delegateEmails/insert`,
        as: 'john',
        body: { emails: [email] },
      }),
    ),
  );
  for (const [index, { status, body }] of answers.entries()) {
    assert.equal(status, 200);
    assert.ok(body.emails.includes(emails[index]));
  }
  const { body } = await request({ path, as: 'john' });
  assert.deepEqual(
    emails.filter((email) => !body.delegateEmails.includes(email)),
    [],
  );
});

test('inserting and deleting at the same time leaves exactly what was inserted last or never deleted', async () => {
  const emails = Array.from({ length: clients / 2 }, (_, index) => `delegate${index}@example.com`);
  const change = (what: 'insert' | 'delete', email: string) =>
    request({
      method: 'POST',
      path: `${path}/delegateEmails/${what}`,
      as: 'john',
      body: { emails: [email] },
    });
  await Promise.all(
    emails.flatMap((email, index) => [change('delete', email), change('insert', `new${index}@example.com`)]),
  );
  const { body } = await request({ path, as: 'john' });
  const present = new Set(body.delegateEmails);
  for (const [index, email] of emails.entries()) {
    assert.ok(!present.has(email));
    assert.ok(present.has(`new${index}@example.com`));
    assert.ok(present.has(`delegate${index + clients / 2}@example.com`));
  }
});
