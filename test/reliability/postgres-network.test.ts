/** The way to PostgreSQL breaks or falls silent, in the middle of a batch too: refusals within the deadline, then all is well. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import { startProxy } from '../helpers/tcp-proxy.ts';
import {
  assertNoticed,
  makeWriters,
  type Place,
  verify,
  verifyHistory,
  type Writer,
  writeNext,
} from './writers.ts';

const answeredWithinMs = 3_000;
const direct = await demoUrl('postgres');
const proxy = await startProxy(Number(new URL(direct).port));
after(() => proxy.close());
const throughProxy = new URL(direct);
throughProxy.port = String(proxy.port);
const database = await openAt(throughProxy.href);
after(() => database.close());
const { url } = await startServer({ database, log: quietLog });
const seeding = await openAt(direct);
const all = await makeWriters(seeding, 32);
await seeding.close();

interface Outcome {
  readonly statuses: readonly number[];
  /** What those who were refused wanted to change. */
  readonly refusedIn: ReadonlySet<Place>;
  readonly slowestMs: number;
}

/** Everybody writes once, at the same time: half of them share a statement or two. */
async function writeOnce(): Promise<Outcome> {
  let slowestMs = 0;
  const refusedIn = new Set<Place>();
  const statuses = await Promise.all(
    all.map(async (writer: Writer) => {
      const started = performance.now();
      const { status, headers } = await writeNext(url, writer);
      slowestMs = Math.max(slowestMs, performance.now() - started);
      if (status !== 200) {
        assert.equal(headers.get('retry-after'), '1');
        refusedIn.add(writer.place);
      }
      return status;
    }),
  );
  return { statuses, refusedIn, slowestMs };
}

function assertRefusals({ statuses, slowestMs }: Outcome): void {
  assert.ok(statuses.every((status) => status === 200 || status === 503));
  assert.ok(slowestMs < answeredWithinMs, `an answer took ${slowestMs} ms`);
}

async function assertRecovered(): Promise<void> {
  const { statuses } = await writeOnce();
  assert.deepEqual(new Set(statuses), new Set([200]));
  for (const writer of all) await verify(url, writer);
}

test('before anything breaks, everybody is served', assertRecovered);

test('a connection cut after any number of bytes of an answer costs those who used it, and nobody else', async () => {
  const refusedIn = new Set<Place>();
  for (let round = 0; round < 20; round += 1) {
    proxy.breakAfter(100 * round + Math.floor(100 * Math.random()), 'cut');
    const outcome = await writeOnce();
    assertRefusals(outcome);
    for (const place of outcome.refusedIn) refusedIn.add(place);
    for (const writer of all) await verify(url, writer).catch(() => verify(url, writer));
  }
  assertNoticed(refusedIn);
  proxy.breakAfter(Number.POSITIVE_INFINITY, 'cut');
  await assertRecovered();
});

test('all connections cut while they are idle: nobody notices', async () => {
  proxy.cut();
  await wait(50);
  await assertRecovered();
});

test('a connection that falls silent in the middle of an answer is given up after the deadline, with all others', async () => {
  const refusedIn = new Set<Place>();
  // The first answer is that of the fence, the next that of the shared insertion, and then come the transactions.
  for (const bytes of [0, 300, 1_900]) {
    proxy.breakAfter(bytes, 'swallow');
    const outcome = await writeOnce();
    assertRefusals(outcome);
    for (const place of outcome.refusedIn) refusedIn.add(place);
    proxy.breakAfter(Number.POSITIVE_INFINITY, 'cut');
    await assertRecovered();
  }
  assertNoticed(refusedIn);
});

test('a way that swallows everything, new connections too: refusals, and back at once when it opens', async () => {
  proxy.set('swallow');
  const outcomes = [await writeOnce(), await writeOnce()];
  for (const outcome of outcomes) {
    assertRefusals(outcome);
    assert.deepEqual(new Set(outcome.statuses), new Set([503]));
  }
  proxy.set('pass');
  const opened = performance.now();
  while ((await writeOnce()).statuses.includes(503))
    assert.ok(performance.now() - opened < 2_000, 'still refused');
  await assertRecovered();
});

test('a server whose database fell silent can still be stopped', async () => {
  const other = await openAt(throughProxy.href);
  await other.check();
  proxy.set('swallow');
  const started = performance.now();
  await other.close();
  assert.ok(performance.now() - started < 4_000);
  proxy.set('pass');
});

test('every write that was acknowledged in all this is in the history', async () => {
  for (const writer of all) await verifyHistory(url, writer);
});
