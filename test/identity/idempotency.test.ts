/** What outlives a process: keys in a database that several servers share, and reservations that a crash left behind. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { Idempotency } from '../../src/identity/idempotency.ts';
import { IdempotencyRegistry } from '../../src/identity/idempotency-registry.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { type Answer, assertRefused, type Client } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { wholeHistory } from '../helpers/history.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';

const url = await demoUrl();
const database = await openAt(url);
const otherDatabase = await openAt(url);
after(() => Promise.all([database.close(), otherDatabase.close()]));

const hourMs = 3_600_000;
let clock = Date.now();
const now = (): number => clock;
const request = injectClientOf(database, { now });
const other = injectClientOf(otherDatabase, { now });
const registry = new IdempotencyRegistry(database);
const userId = demoUserId('admin@example.com');
const siteUrl = 'example.webex.com';

/** New random room ids: whether it was done again shows in the answer. */
function refresh(client: Client, key: string, email = 'john.andersen@example.com'): Promise<Answer> {
  return client({
    method: 'POST',
    path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
    as: 'admin',
    headers: { 'idempotency-key': key },
    body: { siteUrl, personalMeetingRoomIds: [{ email, systemGenerated: true }] },
  });
}

/** How often it was done: an answer from memory would hide that it was done twice. */
async function timesDone(): Promise<number> {
  return (await wholeHistory(request, 'john', { siteUrl, section: 'personalMeetingRoomId' })).length;
}

/** What a process leaves behind that was killed between its reservation and its answer. */
async function leaveReservation(key: string): Promise<void> {
  const first = await refresh(request, key);
  assert.equal(first.status, 200, first.text);
  const sql = 'update idempotent_requests set answer = null where user_id = ? and idempotency_key = ?';
  await database.write([{ sql, values: [userId, key], changes: 1 }]);
}

test('another process gives the answer of the first', async () => {
  const key = randomUUID();
  const first = await refresh(request, key);
  assert.equal(first.status, 200, first.text);
  const before = await timesDone();
  assert.equal((await refresh(other, key)).text, first.text);
  assertRefused(await refresh(other, key, 'brenda.song@example.com'), 422, 'request.idempotency-key');
  assert.equal(await timesDone(), before);
});

test('an answer outlives the process that gave it', async () => {
  const key = randomUUID();
  const before = await openAt(url);
  const { text } = await refresh(injectClientOf(before, { now }), key);
  await before.close();
  const afterwards = await openAt(url);
  assert.equal((await refresh(injectClientOf(afterwards, { now }), key)).text, text);
  await afterwards.close();
});

test('64 at once through two processes: done once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const key = randomUUID();
    const before = await timesDone();
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => refresh(index % 2 === 0 ? request : other, key)),
    );
    const done = answers.filter(({ status }) => status === 200);
    for (const answer of answers.filter(({ status }) => status !== 200)) assertRefused(answer, 409);
    assert.ok(done.length > 0);
    assert.deepEqual([...new Set(done.map(({ text }) => text))], [(await refresh(other, key)).text]);
    assert.equal(await timesDone(), before + 1);
  }
});

test('a reservation that a crash left: 409 for a minute, then somebody else does it, once', async () => {
  const key = randomUUID();
  await leaveReservation(key);
  const before = await timesDone();
  const waiting = await refresh(other, key);
  assertRefused(waiting, 409);
  assert.equal(waiting.headers.get('retry-after'), '1');
  clock += 59_000;
  assertRefused(await refresh(request, key), 409);
  assertRefused(await refresh(request, key, 'brenda.song@example.com'), 422);
  clock += 2_000;
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, index) => refresh(index % 2 === 0 ? request : other, key)),
  );
  const done = answers.filter(({ status }) => status === 200);
  assert.equal(new Set(done.map(({ text }) => text)).size, 1);
  assert.equal((await refresh(request, key)).text, done[0]!.text);
  assert.equal(await timesDone(), before + 1);
});

test('who was taken for dead does not overwrite the answer of the other', async () => {
  const idempotency = new Idempotency(registry, now);
  const key = randomUUID();
  const same = { method: 'POST', url: '/x', body: {} } as Parameters<Idempotency['once']>[2];
  let finish = (): void => {};
  const begun = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let isRunning = (): void => {};
  const running = new Promise<void>((resolve) => {
    isRunning = resolve;
  });
  const slow = idempotency.once(key, userId, same, async () => {
    isRunning();
    await begun;
    return 'slow';
  });
  await running;
  clock += 61_000;
  assert.equal(await idempotency.once(key, userId, same, async () => 'quick'), 'quick');
  finish();
  assert.equal(await slow, 'slow');
  assert.equal(await idempotency.once(key, userId, same, async () => 'third'), 'quick');
});

test('what fails on the server is not remembered', async () => {
  const idempotency = new Idempotency(registry, now);
  const key = randomUUID();
  const same = { method: 'POST', url: '/x', body: {} } as Parameters<Idempotency['once']>[2];
  await assert.rejects(
    idempotency.once(key, userId, same, async () => {
      throw new Error('a bug');
    }),
    /a bug/,
  );
  assert.equal(await idempotency.once(key, userId, same, async () => undefined), undefined);
  assert.equal(await idempotency.once(key, userId, same, async () => 'not this'), undefined);
});

test('after a day the key is free', async () => {
  const key = randomUUID();
  const { text } = await refresh(request, key);
  clock += 24 * hourMs - 1_000;
  assert.equal((await refresh(request, key)).text, text);
  clock += 2_000;
  const later = await refresh(request, key, 'brenda.song@example.com');
  assert.equal(later.status, 200, later.text);
  assert.equal((await refresh(other, key, 'brenda.song@example.com')).text, later.text);
});

async function count(): Promise<number> {
  return Number((await database.get('select count(*) as n from idempotent_requests', []))!.n);
}

test('what is older than a day is removed, in several units where it is much', async () => {
  const reservation = { fingerprint: 'x', owner: 'y', reserved: new Date(clock).toISOString() };
  await Promise.all(
    Array.from({ length: 450 }, (_, index) => registry.reserve({ userId, key: `old ${index}` }, reservation)),
  );
  clock += 24 * hourMs + 1;
  const kept = randomUUID();
  const { text } = await refresh(request, kept);
  await new Idempotency(registry, now).removeExpired();
  assert.equal(await count(), 1);
  assert.equal((await refresh(request, kept)).text, text);
});

test('keys go with their user', async () => {
  const sql = 'delete from users where id = ?';
  assert.ok((await count()) > 0);
  await database.write([{ sql, values: [userId], changes: 1 }, directoryChanged]);
  assert.equal(await count(), 0);
  assert.equal(
    await registry.reserve({ userId, key: 'x' }, { fingerprint: '', owner: '', reserved: '' }),
    false,
  );
});
