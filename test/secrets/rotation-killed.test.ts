/** kill -9 in the middle of a rotation, again and again: everything can be read in between, and a last run finishes it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sealAll } from '../../src/commands/sealing.ts';
import { existingMemberships } from '../../src/directory/bulk-registry.ts';
import { type Database, UnusableDatabase } from '../../src/platform/database.ts';
import { secretKey } from '../../src/platform/secrets.ts';
import { audio, pathOf, room } from '../helpers/bodies.ts';
import type { Client } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';
import { run, startProgram, temporaryFolder } from '../helpers/process.ts';
import { newKey, openWith } from './sealed-databases.ts';

const kills = 5;
const people = 500;
/** Of the people, every so many are asked for their preferences after each kill. */
const asked = 25;

/** How many secrets a key has sealed. */
async function sealedWith(database: Database, key: string): Promise<number> {
  const { id } = secretKey(Buffer.from(key, 'base64'));
  const columns = { preferences: 'document', memberships: 'initial_pins' };
  let total = 0;
  for (const [table, column] of Object.entries(columns)) {
    const sql = `select count(*) as count from ${table} where ${column} like ?`;
    total += (await database.get(sql, [`%sealed:${id}:%`]))!.count as number;
  }
  return total;
}

async function firstPinsIn(database: Database): Promise<Map<string, string>> {
  const users = (await database.all('select id from users', [])).map(({ id }) => id as string);
  const memberships = await existingMemberships(database, users);
  return new Map(
    memberships.map(({ userId, siteUrl, initialPins }) => [`${userId} ${siteUrl}`, initialPins]),
  );
}

async function assertReadable(database: Database, persons: readonly Person[], pins: Map<string, string>) {
  assert.deepEqual(await firstPinsIn(database), pins);
  const request: Client = injectClientOf(database);
  for (let index = 0; index < persons.length; index += asked) {
    const { token, siteUrl } = persons[index]!;
    const headers = { authorization: `Bearer ${token}` };
    const path = (section: string) => pathOf(section, { siteUrl });
    const answer = await request({ path: path('personalMeetingRoom'), headers });
    assert.equal(answer.body.hostPin, room.hostPin, answer.text);
    const { body } = await request({ path: path('audio'), headers });
    assert.equal(body.audioPin, audio.audioPin);
  }
}

test(`${kills} rotations killed half-way: all can be read, and the next one finishes`, async () => {
  const url = await demoUrl();
  const [old, next] = [newKey(), newKey()];
  const before = await openWith(url, old);
  const persons = await seedPopulation(before, people, new Date().toISOString());
  await sealAll(before);
  const pins = await firstPinsIn(before);
  const total = await sealedWith(before, old);
  assert.ok(total > people * 5, `${total} secrets`);
  const folder = temporaryFolder();
  const keys = join(folder, 'anteroom.key');
  writeFileSync(keys, `${next}\n${old}\n`, { mode: 0o600 });
  const rotate = ['secrets', 'rotate', '--json', '--database-url', url, '--secrets-key-file', keys];
  const reached: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    const { child, finished } = startProgram(rotate, folder);
    while (child.exitCode === null && (await sealedWith(before, next)) < (total * kill) / (kills + 1)) {
      await wait(1);
    }
    child.kill('SIGKILL');
    const { code, err } = await finished;
    assert.equal(code, null, `the rotation ended before it was killed: ${err}`);
    const database = await openWith(url, next, old);
    await assertReadable(database, persons, pins);
    reached.push(await sealedWith(database, next));
    assert.equal((await sealedWith(database, old)) + reached.at(-1)!, total);
  }
  for (const [index, count] of reached.entries()) assert.ok(count > (reached[index - 1] ?? 0), `${reached}`);
  assert.ok(reached.at(-1)! < total, 'none of them was killed half-way');

  const { code, out } = await run(rotate, folder);
  assert.equal(code, 0);
  assert.ok(JSON.parse(out).sealed >= total - reached.at(-1)!);
  const after = await openWith(url, next);
  assert.equal(await sealedWith(after, old), 0);
  await assertReadable(after, persons, pins);
  await assert.rejects(openWith(url, old), UnusableDatabase);
});
