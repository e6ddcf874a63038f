import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertFaults,
  onlyOwnServer,
  pathOf,
  scheduling,
  sectionOf,
  site1,
  site3,
} from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const section = sectionOf(request, 'schedulingOptions', 'john', site3);
const path = pathOf('schedulingOptions/delegateEmails/insert', { siteUrl: site3 });

function insert(body: unknown): Promise<Answer> {
  return request({ method: 'POST', path, as: 'john', body });
}

async function startWith(...delegateEmails: string[]): Promise<void> {
  assert.equal((await section.put({ ...scheduling, delegateEmails })).status, 200);
}

test('200 with the whole list: those that were there, then the new ones in order', async () => {
  await startWith('c@example.com', 'a@example.com');
  const answer = await insert({ emails: ['z@example.com', 'b@example.com'] });
  assert.equal(answer.status, 200);
  const emails = ['c@example.com', 'a@example.com', 'z@example.com', 'b@example.com'];
  assert.deepEqual(answer.body, { emails });
  assert.deepEqual(await section.read(), { ...scheduling, delegateEmails: emails });
});

test('200 divides items at commas', async () => {
  await startWith();
  const answer = await insert({ emails: ['a@example.com,b@example.com', ' c@example.com , d@example.com '] });
  assert.deepEqual(answer.body.emails, ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']);
});

test('200 keeps an address once, in its first spelling', async () => {
  await startWith('Anna@example.com');
  const answer = await insert({ emails: ['anna@example.com', 'Bert@example.com, BERT@EXAMPLE.COM'] });
  assert.deepEqual(answer.body.emails, ['Anna@example.com', 'Bert@example.com']);
  assert.deepEqual((await insert({ emails: ['bert@example.com'] })).body, answer.body);
});

test('200 for somebody who never had delegates, on one site only', onlyOwnServer, async () => {
  const elsewhere = sectionOf(request, 'schedulingOptions', 'marcus', site1);
  const before = await elsewhere.read();
  const answer = await request({ method: 'POST', path, as: 'marcus', body: { emails: ['a@example.com'] } });
  assert.deepEqual(answer.body, { emails: ['a@example.com'] });
  assert.deepEqual(await elsewhere.read(), before);
});

test('200 for many at once: every one is there afterwards', async () => {
  await startWith();
  const all = Array.from({ length: 20 }, (_, index) => `delegate${index}@example.com`);
  const answers = await Promise.all(all.map((email) => insert({ emails: [email] })));
  for (const [index, answer] of answers.entries()) {
    assert.equal(answer.status, 200);
    assert.ok(answer.body.emails.includes(all[index]));
  }
  const { delegateEmails } = await section.read();
  assert.deepEqual([...delegateEmails].sort(), [...all].sort());
});

test('200 beside a PUT of the other options: both hold', async () => {
  await startWith();
  const { delegateEmails: _, ...options } = { ...scheduling, joinBeforeHostMinutes: 5 };
  const [inserted, put] = await Promise.all([insert({ emails: ['a@example.com'] }), section.put(options)]);
  assert.deepEqual([inserted.status, put.status], [200, 200]);
  assert.deepEqual(await section.read(), { ...options, delegateEmails: ['a@example.com'] });
});

test('200 beside a PUT of another list: the list of one or the other order, nothing torn', async () => {
  for (let round = 0; round < 10; round += 1) {
    await startWith('old@example.com');
    const list = { ...scheduling, delegateEmails: ['new@example.com'] };
    await Promise.all([insert({ emails: ['a@example.com'] }), section.put(list)]);
    const { delegateEmails } = await section.read();
    const possible = ['new@example.com', 'new@example.com a@example.com'];
    assert.ok(possible.includes(delegateEmails.join(' ')), delegateEmails.join(' '));
  }
});

test('400 for an empty, missing or null list', async () => {
  await startWith('a@example.com');
  assertFaults(await insert({ emails: [] }), ['delegates.emails', 'emails']);
  assertFaults(await insert({}), ['body.required-field', 'emails']);
  for (const emails of [null, 'b@example.com', 5, {}]) {
    assertFaults(await insert({ emails }), ['delegates.emails', 'emails']);
  }
  assertRefused(await request({ method: 'POST', path, as: 'john' }), 400, 'body.needed');
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com']);
});

test('400 lists every address that is none, and adds not one', async () => {
  await startWith('a@example.com');
  const answer = await insert({ emails: ['b@example.com', 'bad', 'c@example.com, worse@', ''] });
  assertFaults(
    answer,
    ['scheduling.delegate-email', 'emails[1]'],
    ['scheduling.delegate-email', 'emails[2]'],
    ['scheduling.delegate-email', 'emails[3]'],
  );
  assert.match(answer.text, /worse@/);
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com']);
});

test("400 for one's own address, in any case and inside of a comma list", async () => {
  await startWith('a@example.com');
  for (const own of ['john.andersen@example.com', 'x@example.com,John.Andersen@Example.COM']) {
    assertFaults(await insert({ emails: [own] }), ['scheduling.own-address', 'emails']);
  }
  assert.deepEqual((await section.read()).delegateEmails, ['a@example.com']);
});
