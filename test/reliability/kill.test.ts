/** kill -9 under load, again and again: nothing that was acknowledged is lost, nothing is torn or applied twice. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoUrl, engine } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { forkServer } from './processes.ts';
import { acknowledgedBy, makeWriters, verify, type Writer, writeNext } from './writers.ts';

const kills = 20;
const writers = 40;

/** Writes one number after the other until the server is gone. */
async function keepWriting(url: string, writer: Writer): Promise<void> {
  for (;;) {
    try {
      const { status } = await writeNext(url, writer);
      assert.equal(status, 200);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

test(`${kills} kills: every acknowledged write is there, whole and once`, async () => {
  const databaseUrl = await demoUrl();
  const seeding = await openAt(databaseUrl);
  const all = await makeWriters(seeding, writers);
  await seeding.close();
  let server = await forkServer(databaseUrl);
  for (let kill = 0; kill < kills; kill += 1) {
    const { url, child } = server;
    const writing = all.map((writer) => keepWriting(url, writer));
    // Counted in answers rather than milliseconds, so that a busy machine gets as much load as an idle one.
    const goal = acknowledgedBy(all) + writers * (1 + Math.random() * 3);
    while (acknowledgedBy(all) < goal && child.exitCode === null) await wait(1);
    assert.equal(child.exitCode, null, 'the server ended by itself');
    child.kill('SIGKILL');
    await Promise.all(writing);
    server = await forkServer(databaseUrl);
    for (const writer of all) await verify(server.url, writer);
  }
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');

  // Number and revision grew together from 1: a write applied twice, or one that came back to life, sets them apart.
  const database = await openAt(databaseUrl);
  const latest = `select max(revision) as revision, count(*) as versions from preferences
    where user_id = ? and section = ?`;
  for (const { id, place, acknowledged } of all) {
    const row = await database.get(latest, [id, place.section]);
    assert.deepEqual({ ...row }, { revision: acknowledged, versions: acknowledged });
  }
  if (engine === 'sqlite') {
    assert.equal((await database.get('pragma integrity_check', []))?.integrity_check, 'ok');
  }
  await database.close();
  assert.ok(acknowledgedBy(all) > kills * writers, 'hardly any load');
});
