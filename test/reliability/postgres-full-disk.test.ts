/** The disk under PostgreSQL's tables full under load: refusals at worst, reads go on, and it is back by itself. */
import assert from 'node:assert/strict';
import { chownSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Database } from '../../src/platform/database.ts';
import { closing } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { prepareTemplates, runSql, templates, withDatabase } from '../helpers/postgres-templates.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import { fill, mountSmallDisk, unmount } from '../helpers/small-disk.ts';
import { until } from '../helpers/workers.ts';
import {
  delegates,
  makeWriters,
  type Place,
  readBack,
  room,
  type Seen,
  verify,
  verifyHistory,
  type Writer,
  writeThroughFaults,
} from './writers.ts';

/** The SQLSTATE, in the documentation of PostgreSQL: disk_full. */
const diskFull = '53100';
const writersOfEach = 8;
const megabytes = 64;
const fullForMs = 2_000;
/** The server's own deadline is 2.1 s; the rest is for a machine that runs other tests meanwhile. */
const answeredWithinMs = 3_000;
const resumesWithinMs = 2_000;

const disk = temporaryFolder();

/** A database on the small disk; the log and everything else of its server lie elsewhere, so that the server lives. */
async function makeDatabase(cluster: Cluster): Promise<string> {
  const administration = cluster.urlOf('postgres');
  await prepareTemplates(administration);
  const [server] = await runSql(administration, 'show data_directory');
  const { uid, gid } = statSync(server!.data_directory as string);
  const folder = join(disk, 'tables');
  mkdirSync(folder);
  chownSync(folder, uid, gid);
  const template = `template ${templates.demo} tablespace small`;
  await runSql(
    administration,
    `create tablespace small location '${folder}'`,
    `create database tight ${template}`,
  );
  return withDatabase(administration, 'tight');
}

async function open(url: string): Promise<Database> {
  const database = await openAt(url);
  closing.unshift(() => database.close());
  return database;
}

/** Waits for what has to come soon. */
const soon = (isSo: () => boolean, what: string): Promise<void> => until(isSo, () => what, 10_000);

/** Those who write into one place, and what they see together. */
interface Kind {
  readonly writers: readonly Writer[];
  readonly seen: Seen;
}

function kindOf(place: Place, all: readonly Writer[]): Kind {
  const writers = all.filter((writer) => writer.place === place);
  return { writers, seen: { accepted: 0, refused: 0, refusedIn: new Set(), slowestMs: 0, lastRefusal: 0 } };
}

/** Reads everybody's document at both servers for a while; the number of reads. */
async function keepReading(urls: readonly string[], all: readonly Writer[]): Promise<number> {
  const started = performance.now();
  let reads = 0;
  while (performance.now() - started < fullForMs) {
    for (const url of urls) {
      await Promise.all(all.map((writer) => readBack(url, writer)));
      assert.equal((await fetch(`${url}/readyz`)).status, 200);
    }
    reads += urls.length * all.length;
  }
  return reads;
}

/** Fills the disk, reads, and makes room again; tells when that was, and what `kinds` had seen until then. */
async function whileFull(kinds: readonly Kind[], read: () => Promise<number>) {
  const ballast = join(disk, 'ballast');
  fill(ballast);
  // The last pages have room from before; it is used up soon.
  const areRefused = () => kinds.every(({ seen }) => seen.refused >= 2 * writersOfEach);
  await soon(areRefused, 'the disk is full');
  const reads = await read();
  const before = kinds.map(({ seen }) => ({ ...seen }));
  rmSync(ballast);
  return { freed: performance.now(), before, reads };
}

test('a full disk under load: 503 for writes of both kinds, answers to reads, and back by itself', async (t) => {
  if (!mountSmallDisk(disk, megabytes)) return t.skip('this user may not mount a file system');
  closing.unshift(async () => unmount(disk));
  const cluster = await startCluster();
  closing.unshift(() => cluster.stop());
  const databaseUrl = await makeDatabase(cluster);
  const database = await open(databaseUrl);
  const failures: Error[] = [];
  const log = { ...quietLog, failure: (_: string, error: unknown) => void failures.push(error as Error) };
  const { url } = await startServer({ database, log });
  const all = await makeWriters(database, 2 * writersOfEach);
  const kinds = [kindOf(delegates, all), kindOf(room, all)];
  let isOver = false;
  const writing = kinds.flatMap(({ writers, seen }) =>
    writers.map((writer) => writeThroughFaults(url, writer, seen, () => isOver)),
  );
  try {
    await soon(() => kinds.every(({ seen }) => seen.accepted >= 2 * writersOfEach), 'writes of both kinds');
    assert.deepEqual(failures, [], 'refused before the disk is full');
    const { freed, before, reads } = await whileFull(kinds, async () => {
      // One that starts only now knows nothing from memory.
      const other = await startServer({ database: await open(databaseUrl), log: quietLog });
      return keepReading([url, other.url], all);
    });
    const isServed = ({ accepted, lastRefusal }: Seen, kind: number): boolean =>
      accepted >= before[kind]!.accepted + 2 * writersOfEach && performance.now() - lastRefusal > 200;
    await soon(() => kinds.every(({ seen }, kind) => isServed(seen, kind)), 'writes again');
    for (const { seen } of kinds) {
      const backAfterMs = Math.max(0, seen.lastRefusal - freed);
      t.diagnostic(JSON.stringify({ ...seen, refusedIn: undefined, backAfterMs, reads }));
      assert.ok(backAfterMs < resumesWithinMs, `refused ${backAfterMs} ms after there was room again`);
      assert.ok(seen.slowestMs < answeredWithinMs, `an answer took ${seen.slowestMs} ms`);
    }
  } finally {
    isOver = true;
  }
  await Promise.all(writing);
  assert.ok(failures.length > 0, 'the operator was not told');
  for (const { cause } of failures) assert.equal((cause as { code?: string }).code, diskFull);
  for (const writer of all) {
    await verify(url, writer);
    await verifyHistory(url, writer);
  }
});
