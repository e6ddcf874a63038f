/** The engine behind changes for many people: how many at once, when it waits, and that it goes on where it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Outcome, Run } from '../../web/src/admin/run.ts';
import { RequestFailed, Unreachable } from '../../web/src/api/request.ts';

const refused = (status: number, retryAfter: string | null = null): RequestFailed =>
  new RequestFailed(status, { errors: [{ description: `status ${status}` }] }, retryAfter);

test('no more than four calls are under way', async () => {
  let underWay = 0;
  let most = 0;
  const items = Array.from({ length: 50 }, (_, index) => index);
  const run = new Run(items, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(1);
    underWay -= 1;
    return undefined;
  });
  await run.start();
  assert.equal(most, 4);
  assert.equal(run.progress().done, 50);
});

for (const status of [423, 429, 503]) {
  test(`${status} holds all calls up for as long as Retry-After says, and is then tried again`, async () => {
    const pauses: number[] = [];
    let refusals = 0;
    const work = async (item: number): Promise<undefined> => {
      if (item !== 2 || refusals > 0) return undefined;
      refusals += 1;
      throw refused(status, '3');
    };
    const run = new Run([1, 2, 3], work, undefined, async (ms) => void pauses.push(ms));
    await run.start();
    assert.deepEqual(pauses, [3_000]);
    assert.deepEqual(run.progress().outcomes, [{ state: 'done' }, { state: 'done' }, { state: 'done' }]);
  });
}

test('a server that is not there is waited for', async () => {
  let tries = 0;
  const work = async (): Promise<undefined> => {
    tries += 1;
    if (tries < 3) throw new Unreachable('not there');
    return undefined;
  };
  const run = new Run(['a'], work, undefined, async () => {});
  await run.start();
  assert.equal(tries, 3);
  assert.equal(run.progress().done, 1);
});

test('what the server refuses is said, and the others go on', async () => {
  const run = new Run([1, 2], async (item) => {
    if (item === 1) throw refused(404);
    return 'all right';
  });
  await run.start();
  assert.deepEqual(run.progress().outcomes, [
    { state: 'failed', message: 'status 404' },
    { state: 'done', message: 'all right' },
  ]);
  assert.deepEqual([run.progress().done, run.progress().failed], [1, 1]);
});

test('after a pause it goes on where it was, and does nothing twice', async () => {
  const done: number[] = [];
  const items = Array.from({ length: 20 }, (_, index) => index);
  const run = new Run(items, async (item) => {
    await sleep(1);
    done.push(item);
    if (done.length === 5) run.pause();
    return undefined;
  });
  await run.start();
  assert.ok(done.length < 20);
  assert.equal(run.progress().isRunning, false);
  await run.start();
  assert.deepEqual(
    done.toSorted((one, other) => one - other),
    items,
  );
});

test('it begins with what another page knew; what was under way then is done again', async () => {
  const known: Outcome[] = [
    { state: 'done' },
    { state: 'running' },
    { state: 'failed', message: 'no' },
    { state: 'waiting' },
  ];
  const done: number[] = [];
  const run = new Run(
    [0, 1, 2, 3],
    async (item) => {
      done.push(item);
      return undefined;
    },
    known,
  );
  await run.start();
  assert.deepEqual(done, [1, 3]);
  run.retryFailed();
  await run.start();
  assert.deepEqual(done, [1, 3, 2]);
  assert.equal(run.progress().failed, 0);
});
