/** Guessing passwords gets slow: for an account, and for an address, in all processes together. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AttemptLimit, pauseAfter } from '../../src/sign-in/attempts.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { openDatabase } from '../helpers/server.ts';

let now = Date.parse('2026-01-01T00:00:00.000Z');
const clock = (): number => now;

/** How long to wait; 0 for a try that was let in, and failed. */
async function attempt(limit: AttemptLimit, email: string, address: string): Promise<number> {
  const counted = await limit.count(email, address);
  return 'waitSeconds' in counted ? counted.waitSeconds : 0;
}

test('the pause doubles with each failure, up to a quarter of an hour', () => {
  const pauses = Array.from({ length: 20 }, (_, failures) => pauseAfter(failures, { free: 5 }) / 1000);
  assert.deepEqual(pauses.slice(0, 10), [0, 0, 0, 0, 0, 0, 1, 2, 4, 8]);
  assert.deepEqual(pauses.slice(14), [256, 512, 900, 900, 900, 900]);
});

test('an account is left alone for longer and longer, wherever the tries come from', async () => {
  const limit = new AttemptLimit(await openDatabase(), clock);
  let tries = 0;
  const failing = (): Promise<number> => {
    tries += 1;
    return attempt(limit, tries % 2 === 0 ? 'ann@example.com' : 'ANN@example.com', `10.0.0.${tries}`);
  };
  for (let failure = 1; failure <= 6; failure += 1) assert.equal(await failing(), 0);
  for (const waitSeconds of [1, 2, 4, 8]) {
    assert.equal(await failing(), waitSeconds);
    now += waitSeconds * 1000 - 1;
    assert.equal(await failing(), 1);
    now += 1;
    assert.equal(await failing(), 0, `after ${waitSeconds} s`);
  }
  assert.equal(await attempt(limit, 'bob@example.com', '10.0.0.1'), 0, 'another account');
  await limit.forgive('ann@example.com');
  assert.equal(await failing(), 0);
});

test('an address that tries many accounts is left alone, too; success does not pay for guesses', async () => {
  const limit = new AttemptLimit(await openDatabase(), clock);
  for (let number = 0; number < 31; number += 1) {
    assert.equal(await attempt(limit, `u${number}@example.com`, '10.0.0.1'), 0);
  }
  assert.equal(await attempt(limit, 'ann@example.com', '10.0.0.1'), 1);
  assert.equal(await attempt(limit, 'ann@example.com', '10.0.0.2'), 0);
  now += 1000;
  const own = await limit.count('attacker@example.com', '10.0.0.1');
  assert.ok('succeeded' in own);
  await own.succeeded();
  assert.equal(await attempt(limit, 'v1@example.com', '10.0.0.1'), 0);
  assert.equal(await attempt(limit, 'v2@example.com', '10.0.0.1'), 2, 'still counted');
});

test('of many tries at once no more are looked at than one after the other', async () => {
  const limit = new AttemptLimit(await openDatabase(), clock);
  const waits = await Promise.all(
    Array.from({ length: 50 }, (_, number) => attempt(limit, 'ann@example.com', `10.0.1.${number}`)),
  );
  const lookedAt = waits.filter((wait) => wait === 0).length;
  assert.ok(lookedAt >= 1 && lookedAt <= 6, `${lookedAt}`);
});

test('success starts the account afresh; a day without failures starts all afresh', async () => {
  const database = await openDatabase();
  const limit = new AttemptLimit(database, clock);
  for (let failure = 1; failure <= 5; failure += 1) await attempt(limit, 'ann@example.com', '10.0.0.1');
  const right = await limit.count('ann@example.com', '10.0.0.1');
  assert.ok('succeeded' in right);
  await right.succeeded();
  for (let failure = 1; failure <= 6; failure += 1) {
    assert.equal(await attempt(limit, 'ann@example.com', '10.0.0.1'), 0);
  }
  assert.equal(await attempt(limit, 'ann@example.com', '10.0.0.1'), 1);
  now += 25 * 3_600_000;
  for (let failure = 1; failure <= 6; failure += 1) {
    assert.equal(await attempt(limit, 'ann@example.com', '10.0.0.1'), 0);
  }
  now += 25 * 3_600_000;
  const other = await limit.count('bob@example.com', '10.0.0.2');
  assert.ok('succeeded' in other);
  await other.succeeded();
  const rows = await database.all('select subject from sign_in_attempts', []);
  assert.equal(rows.length, 1, 'old ones are removed');
  assert.doesNotMatch(JSON.stringify(rows), /example|10\.0/);
});

test('processes share what they know', async () => {
  const at = await demoUrl();
  const databases = [await openAt(at), await openAt(at)];
  after(() => Promise.all(databases.map((database) => database.close())));
  const [one, other] = databases.map((database) => new AttemptLimit(database, clock));
  for (let failure = 1; failure <= 6; failure += 1) {
    assert.equal(await attempt(failure % 2 === 0 ? one! : other!, 'ann@example.com', '10.0.0.1'), 0);
  }
  assert.equal(await attempt(one!, 'ann@example.com', '10.0.0.1'), 1);
  assert.equal(await attempt(other!, 'ann@example.com', '10.0.0.1'), 1);
});
