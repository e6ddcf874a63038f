/** How long history is kept: what pruning takes, what it leaves, and when it runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { limitOf, pruneInBackground } from '../../src/platform/retention.ts';
import { pruneVersions } from '../../src/preferences/history/pruning-store.ts';
import { site1, site3, site4, video } from '../helpers/bodies.ts';
import { type Item, patch, refreshRooms, setDefaultSite, wholeHistory } from '../helpers/history.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { addToken, addUser } from '../helpers/people.ts';
import { openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
let now = Date.parse('2027-01-01');
const dayMs = 86_400_000;
const request = injectClientOf(database, { now: () => now });
const retentionDays = 30;

/** Somebody new on three sites, with a token of that name; nothing else is left to prune. */
async function newPerson(name: string): Promise<string> {
  now += 2 * retentionDays * dayMs;
  await prune();
  const email = `${name}@example.com`;
  await addToken(database, await addUser(database, { email, sites: [site4, site1, site3] }), name);
  return email;
}

async function prune(): Promise<number> {
  let removed = 0;
  for await (const count of pruneVersions(database, limitOf(retentionDays, now))) {
    assert.ok(count <= 100, 'a unit is small');
    removed += count;
  }
  return removed;
}

async function state(as: string): Promise<unknown> {
  const { body } = await request({ path: '/v1/meetingPreferences', as });
  return body;
}

async function changeTopic(as: string, topic: string): Promise<void> {
  assert.equal((await patch(request, as, 'personalMeetingRoom', { topic })).status, 200);
}

const topicsOf = (items: Item[]): string[] => items.map(({ after }) => after.topic);

test('what was replaced longer ago goes; what was in force since then stays, and every change its values before', async () => {
  await newPerson('ann');
  for (const topic of ['a', 'b', 'c']) {
    await changeTopic('ann', topic);
    now += dayMs;
  }
  now += 40 * dayMs;
  await changeTopic('ann', 'd');
  await changeTopic('ann', 'e');
  const before = await state('ann');
  assert.equal(await prune(), 2);
  const items = await wholeHistory(request, 'ann');
  assert.deepEqual(topicsOf(items), ['e', 'd', 'c']);
  assert.deepEqual(items[1].before, { topic: 'c' });
  // The oldest that is kept has no values before: it tells all that was in force.
  assert.equal('before' in items[2], false);
  assert.equal(items[2].after.hostPin, '****');
  assert.ok('coHosts' in items[2].after);
  assert.deepEqual(await state('ann'), before);
  assert.equal(await prune(), 0);
});

test('what is in force stays, however old; changes go on from it', async () => {
  await newPerson('ben');
  await patch(request, 'ben', 'video', video);
  await changeTopic('ben', 'kept');
  const before = await state('ben');
  now += 400 * dayMs;
  await prune();
  assert.deepEqual(await state('ben'), before);
  await changeTopic('ben', 'next');
  const [item] = await wholeHistory(request, 'ben', { section: 'personalMeetingRoom' });
  assert.deepEqual([item.before, item.after], [{ topic: 'kept' }, { topic: 'next' }]);
});

test('default sites and room ids are pruned like documents, across sites', async () => {
  const email = await newPerson('cleo');
  for (const siteUrl of [site1, site3, site4, site1]) await setDefaultSite(request, 'cleo', siteUrl);
  for (const room of ['cleo-1', 'cleo-2', 'cleo-3']) await refreshRooms(request, site1, { [email]: room });
  now += 40 * dayMs;
  const before = await state('cleo');
  // The state before the first change of each, and all versions but the last.
  assert.equal(await prune(), 1 + 3 + 1 + 2);
  assert.deepEqual(await state('cleo'), before);
  await setDefaultSite(request, 'cleo', site3);
  const [changed, oldest, ...others] = await wholeHistory(request, 'cleo', { section: 'sites' });
  assert.deepEqual([changed.before, changed.after], [{ defaultSite: site1 }, { defaultSite: site3 }]);
  assert.deepEqual(['before' in oldest, oldest.after, others], [false, { defaultSite: site1 }, []]);
  await refreshRooms(request, site1, { [email]: 'cleo-4' });
  const [room] = await wholeHistory(request, 'cleo', { siteUrl: site1, section: 'personalMeetingRoomId' });
  assert.deepEqual(room.before, { personalMeetingRoomId: 'cleo-3' });
});

test('more than a unit of old versions, and changes at the same time', async () => {
  await newPerson('dora');
  for (let count = 0; count < 250; count += 1) await changeTopic('dora', `old ${count}`);
  now += 40 * dayMs;
  const [removed] = await Promise.all([
    prune(),
    (async () => {
      for (let count = 0; count < 20; count += 1) await changeTopic('dora', `new ${count}`);
    })(),
  ]);
  assert.equal(removed, 249);
  const topics = topicsOf(await wholeHistory(request, 'dora'));
  assert.deepEqual(topics.slice(0, 2), ['new 19', 'new 18']);
  assert.equal(topics.length, 21);
});

test('in the background: only when history is limited, and until it is stopped', async () => {
  await newPerson('eva');
  for (const topic of ['a', 'b', 'c']) await changeTopic('eva', topic);
  now += 40 * dayMs;
  const removed: number[] = [];
  const start = (days: number, random: number) =>
    pruneInBackground({
      prune: (limit) => pruneVersions(database, limit),
      retentionDays: days,
      now: () => now,
      random: () => random,
      done: (count) => void removed.push(count),
      failed: (error) => assert.fail(String(error)),
    });
  const never = start(0, 0);
  const stopped = start(retentionDays, 0);
  await stopped();
  await pause(50);
  assert.deepEqual(removed, []);
  const later = start(retentionDays, 0.5);
  const running = start(retentionDays, 0);
  while (removed.length === 0) await pause(10);
  assert.deepEqual(removed, [2]);
  await Promise.all([never(), later(), running()]);
});
