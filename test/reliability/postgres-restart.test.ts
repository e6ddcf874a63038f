/** PostgreSQL killed or frozen under load: refusals at worst, soon over, and nothing acknowledged is lost. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openAt } from '../helpers/open.ts';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { prepareTemplates, templates, withDatabase } from '../helpers/postgres-templates.ts';
import { childrenOf, isAlive } from '../helpers/process.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import {
  assertNoticed,
  makeWriters,
  type Place,
  type Seen,
  verify,
  verifyHistory,
  writeThroughFaults,
} from './writers.ts';

const restarts = 10;
const writers = 16;
/** The server's own deadline is 2.1 s; the rest is for a machine that runs other tests meanwhile. */
const answeredWithinMs = 3_000;
const backWithinMs = 2_000;

const cluster = await startCluster({ isDurable: true });
after(() => cluster.stop());
await prepareTemplates(cluster.urlOf('postgres'));
const database = await openAt(withDatabase(cluster.urlOf('postgres'), templates.demo));
after(() => database.close());
const { url } = await startServer({ database, log: quietLog });
const all = await makeWriters(database, writers);

/** Lets everybody write while `fault` happens, and for as long as the slowest of them needs to be served again. */
async function during(fault: () => Promise<void>): Promise<{ seen: Seen; backAfterMs: number }> {
  const seen: Seen = { accepted: 0, refused: 0, refusedIn: new Set(), slowestMs: 0, lastRefusal: 0 };
  let isOver = false;
  const writing = all.map((writer) => writeThroughFaults(url, writer, seen, () => isOver));
  await wait(100);
  await fault();
  const recovered = performance.now();
  const goal = seen.accepted + 2 * writers;
  while (seen.accepted < goal || performance.now() - seen.lastRefusal < 200) {
    assert.ok(performance.now() - recovered < 10_000, 'it does not come back');
    await wait(10);
  }
  isOver = true;
  await Promise.all(writing);
  for (const writer of all) await verify(url, writer);
  return { seen, backAfterMs: Math.max(0, seen.lastRefusal - recovered) };
}

async function crash({ processId, start }: Cluster): Promise<void> {
  const id = processId();
  // Immediate mode: nothing is finished, everything is recovered from the log.
  process.kill(id, 'SIGQUIT');
  while (isAlive(id)) await wait(5);
  await start();
}

/** All of the database's, the one that the others descend from first. */
function processes(): number[] {
  const id = cluster.processId();
  return [id, ...childrenOf(id)];
}

/** A process may end meanwhile by itself. */
function signalAll(ids: readonly number[], signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const id of ids) if (isAlive(id)) process.kill(id, signal);
}

test(`${restarts} restarts in immediate mode under load`, async (t) => {
  const total = { refused: 0, slowestMs: 0, backAfterMs: 0 };
  const refusedIn = new Set<Place>();
  for (let restart = 0; restart < restarts; restart += 1) {
    const { seen, backAfterMs } = await during(() => crash(cluster));
    assert.ok(seen.slowestMs < answeredWithinMs, `an answer took ${seen.slowestMs} ms`);
    assert.ok(backAfterMs < backWithinMs, `refused ${backAfterMs} ms after the database was back`);
    total.refused += seen.refused;
    for (const place of seen.refusedIn) refusedIn.add(place);
    total.slowestMs = Math.max(total.slowestMs, seen.slowestMs);
    total.backAfterMs = Math.max(total.backAfterMs, backAfterMs);
  }
  assertNoticed(refusedIn);
  t.diagnostic(JSON.stringify(total));
});

test('frozen for four seconds: refusals within the deadline, and back at once', async (t) => {
  const { seen, backAfterMs } = await during(async () => {
    const ids = processes();
    signalAll(ids, 'SIGSTOP');
    try {
      await wait(4_000);
    } finally {
      signalAll(ids, 'SIGCONT');
    }
  });
  assertNoticed(seen.refusedIn);
  assert.ok(seen.slowestMs < answeredWithinMs, `an answer took ${seen.slowestMs} ms`);
  assert.ok(backAfterMs < backWithinMs, `refused ${backAfterMs} ms after the database was back`);
  const { accepted, refused, slowestMs } = seen;
  t.diagnostic(JSON.stringify({ accepted, refused, slowestMs, backAfterMs }));
});

test('while its database is frozen, the server says that it is not ready', async () => {
  const status = async () => (await fetch(`${url}/readyz`)).status;
  assert.equal(await status(), 200);
  const ids = processes();
  signalAll(ids, 'SIGSTOP');
  try {
    assert.equal(await status(), 503);
  } finally {
    signalAll(ids, 'SIGCONT');
  }
  assert.equal(await status(), 200);
});

test('every write that was acknowledged in all this is in the history', async () => {
  for (const writer of all) await verifyHistory(url, writer);
});
