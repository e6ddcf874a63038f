import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, pathOf, scheduling, sectionOf, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const section = sectionOf(request, 'schedulingOptions', 'john', site3);
const path = pathOf('schedulingOptions/delegateEmails/delete', { siteUrl: site3 });

function remove(body: unknown): Promise<Answer> {
  return request({ method: 'POST', path, as: 'john', body });
}

async function startWith(...delegateEmails: string[]): Promise<void> {
  assert.equal((await section.put({ ...scheduling, delegateEmails })).status, 200);
}

test('204 without a body, and the rest stays in its order', async () => {
  await startWith('a@example.com', 'b@example.com', 'c@example.com');
  const answer = await remove({ emails: ['b@example.com'] });
  assert.equal(answer.status, 204);
  assert.equal(answer.text, '');
  assert.deepEqual(await section.read(), {
    ...scheduling,
    delegateEmails: ['a@example.com', 'c@example.com'],
  });
});

test('204 in any case, and for several divided by commas', async () => {
  await startWith('Anna@example.com', 'b@example.com', 'c@example.com');
  const answer = await remove({ emails: ['ANNA@EXAMPLE.COM , c@example.com'] });
  assert.equal(answer.status, 204);
  assert.deepEqual((await section.read()).delegateEmails, ['b@example.com']);
});

test('204 for an address that is not there, again and again', async () => {
  await startWith('a@example.com');
  for (const emails of [['nobody@example.com'], ['a@example.com'], ['a@example.com']]) {
    assert.equal((await remove({ emails })).status, 204);
  }
  assert.deepEqual((await section.read()).delegateEmails, []);
});

test("204 for one's own address, which is never there", async () => {
  await startWith('a@example.com');
  assert.equal((await remove({ emails: ['john.andersen@example.com'] })).status, 204);
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com']);
});

test('204 for many at once: every one is gone afterwards', async () => {
  const all = Array.from({ length: 12 }, (_, index) => `delegate${index}@example.com`);
  await startWith('stays@example.com', ...all);
  const answers = await Promise.all(all.map((email) => remove({ emails: [email] })));
  for (const { status } of answers) assert.equal(status, 204);
  assert.deepEqual((await section.read()).delegateEmails, ['stays@example.com']);
});

test('400 for an empty, missing or null list', async () => {
  await startWith('a@example.com');
  assertFaults(await remove({ emails: [] }), ['delegates.emails', 'emails']);
  assertFaults(await remove({}), ['body.required-field', 'emails']);
  for (const emails of [null, 'a@example.com']) {
    assertFaults(await remove({ emails }), ['delegates.emails', 'emails']);
  }
  assertRefused(await request({ method: 'POST', path, as: 'john' }), 400, 'body.needed');
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com']);
});

test('400 for an address that is none, and removes not one', async () => {
  await startWith('a@example.com', 'b@example.com');
  const answer = await remove({ emails: ['a@example.com', 'bad', 'b@example.com,worse@'] });
  assertFaults(
    answer,
    ['scheduling.delegate-email', 'emails[1]'],
    ['scheduling.delegate-email', 'emails[2]'],
  );
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com', 'b@example.com']);
});
