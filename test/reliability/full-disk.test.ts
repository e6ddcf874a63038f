/** A full disk: writes are refused for the time being, reads go on, and nothing has to be restarted. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { seedDemo } from '../../src/development/demo.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer } from '../helpers/server.ts';
import { fill, mountSmallDisk, unmount } from '../helpers/small-disk.ts';

const path = '/v1/meetingPreferences/schedulingOptions';
const body = { enabledJoinBeforeHost: true, joinBeforeHostMinutes: 5, enabledAutoShareRecording: false };
const resumesWithinMs = 1_000;

const disk = temporaryFolder();

test('a full disk: 503 for writes, answers to reads, and back by itself', async (t) => {
  if (!mountSmallDisk(disk, 4)) return t.skip('this user may not mount a file system');
  t.after(() => unmount(disk));
  const database = new SqliteDatabase({ path: join(disk, 'full.db'), migrations });
  await seedDemo(database, new Date().toISOString());
  const failures: unknown[] = [];
  const log = {
    isJson: true,
    failure: (_trackingId: string, error: unknown) => failures.push(error),
    note: () => {},
    flush: () => {},
  };
  const request = clientOf((await startServer({ database, log })).url);
  const write = (minutes: number) =>
    request({ method: 'PUT', path, as: 'john', body: { ...body, joinBeforeHostMinutes: minutes } });
  assert.equal((await write(10)).status, 200);

  const ballast = join(disk, 'ballast');
  fill(ballast);
  let refused = await write(15);
  // The log may have room from before; it is used up soon.
  for (let attempt = 0; attempt < 100 && refused.status === 200; attempt += 1) refused = await write(15);
  assertRefused(refused, 503);
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.match(String((failures[0] as Error).cause), /disk is full/, 'the operator was not told why');
  const before = await request({ path, as: 'john' });
  assert.equal(before.status, 200);
  assert.equal((await write(0)).status, 503);
  assert.deepEqual((await request({ path, as: 'john' })).body, before.body, 'a refused write is visible');

  rmSync(ballast);
  const freed = performance.now();
  while ((await write(0)).status !== 200)
    assert.ok(performance.now() - freed < resumesWithinMs, 'still refused');
  assert.equal((await request({ path, as: 'john' })).body.joinBeforeHostMinutes, 0);
  await database.close();
});
