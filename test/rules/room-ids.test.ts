import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personIdOf } from '../../src/directory/person-id.ts';
import type { RuleId } from '../../src/rules.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { given, notBooleans, notLists, notObjects, notTexts } from '../helpers/section-rules.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const siteUrl = 'site4-example.webex.com';
const john = 'john.andersen@example.com';
const marcus = 'marcus.hoffmann@example.com';
const brenda = 'brenda.song@example.com';
const johnsId = personIdOf('25bbf831-5be9-4c25-b4b0-9b592c8a086b');

type Item = Readonly<Record<string, unknown>>;

function refresh(personalMeetingRoomIds: unknown, site: unknown = siteUrl): Promise<Answer> {
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  return request({ method: 'POST', path, as: 'admin', body: { siteUrl: site, personalMeetingRoomIds } });
}

function rooms(): Promise<unknown> {
  return database.all('select user_id, site_url, room_id, room_key from memberships order by 1, 2', []);
}

async function assertBreaks(rule: RuleId, items: unknown, site: unknown = siteUrl): Promise<void> {
  const before = await rooms();
  assertRefused(await refresh(items, site), 400, rule);
  assert.deepEqual(await rooms(), before);
}

/** The batch is accepted and answered in its order, and the links of the rooms follow. */
async function assertAccepted(items: readonly Item[]): Promise<void> {
  const answer = await refresh(items);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.siteUrl, siteUrl);
  for (const [index, item] of items.entries()) {
    const changed = answer.body.personalMeetingRoomIds[index];
    const id = item.personalMeetingRoomId ?? changed.personalMeetingRoomId;
    const query = `userEmail=${changed.email}&siteUrl=${siteUrl}`;
    const path = `/v1/meetingPreferences/personalMeetingRoom?${query}`;
    const room = await request({ path, as: 'admin' });
    assert.equal(room.body.personalMeetingRoomLink, `https://${siteUrl}/meet/${id}`);
    assert.equal(room.body.sipAddress, `${id}@${siteUrl}`);
  }
}

const one: Item = { email: john, personalMeetingRoomId: 'john' };

test('room-ids.site-url: the site is text that is not empty', async () => {
  for (const site of [...notTexts, '']) await assertBreaks('room-ids.site-url', [one], site);
  await assertAccepted([one]);
});

test('room-ids.list: the batch is a list of 1 to 100 items', async () => {
  for (const items of [...notLists, []]) await assertBreaks('room-ids.list', items);
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com`, systemGenerated: true }));
  await assertBreaks('room-ids.list', many(101));
  const unknown = Array.from({ length: 100 }, () => 'room-ids.person-known' as const);
  assertRefused(await refresh(many(100)), 400, ...unknown);
  await assertAccepted([one]);
});

test('room-ids.item: an item is an object', async () => {
  for (const value of notObjects) await assertBreaks('room-ids.item', [one, value]);
  await assertAccepted([one]);
});

test('room-ids.email: an address is text', async () => {
  for (const email of given(notTexts)) await assertBreaks('room-ids.email', [{ ...one, email }]);
  await assertAccepted([{ ...one, email: john.toUpperCase(), personId: null }]);
});

test('room-ids.person-id: a person id is text', async () => {
  const byId = { personId: johnsId, personalMeetingRoomId: 'john' };
  for (const personId of given(notTexts)) await assertBreaks('room-ids.person-id', [{ ...byId, personId }]);
  await assertAccepted([byId]);
  await assertAccepted([
    { ...byId, personId: johnsId.padEnd(Math.ceil(johnsId.length / 4) * 4, '='), email: null },
  ]);
});

test('room-ids.system-generated: the choice is a boolean', async () => {
  for (const systemGenerated of given(notBooleans)) {
    await assertBreaks('room-ids.system-generated', [{ ...one, systemGenerated }]);
  }
  await assertAccepted([{ ...one, systemGenerated: false }]);
  await assertAccepted([{ ...one, systemGenerated: null }]);
  await assertAccepted([{ email: john, systemGenerated: true }]);
});

test('room-ids.id: an id is made of letters, digits, full stops, underscores and hyphens', async () => {
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).slice(1);
  const good = ascii.filter((character) => /[A-Za-z0-9._-]/.test(character));
  assert.equal(good.length, 65);
  for (const character of ascii.filter((other) => !good.includes(other))) {
    await assertBreaks('room-ids.id', [{ ...one, personalMeetingRoomId: `a${character}b` }]);
  }
  for (const personalMeetingRoomId of [
    ...given(notTexts),
    '',
    'x'.repeat(65),
    'jöhn',
    'ｊohn',
    'john\u200B',
  ]) {
    await assertBreaks('room-ids.id', [{ ...one, personalMeetingRoomId }]);
  }
  for (const personalMeetingRoomId of [...good, good.join('').slice(0, 64), 'x'.repeat(64)]) {
    await assertAccepted([{ ...one, personalMeetingRoomId }]);
  }
});

test('room-ids.one-way-to-name: all by email or all by personId', async () => {
  const id = { personalMeetingRoomId: 'a1' };
  const other = { email: marcus, personalMeetingRoomId: 'a2' };
  for (const item of [id, { ...id, email: john, personId: johnsId }, { ...id, email: null }]) {
    await assertBreaks('room-ids.one-way-to-name', [item]);
    await assertBreaks('room-ids.one-way-to-name', [other, item]);
  }
  await assertBreaks('room-ids.one-way-to-name', [other, { ...id, personId: johnsId }]);
  await assertAccepted([other, { ...id, email: john }]);
  await assertAccepted([{ ...id, personId: johnsId }]);
});

test('room-ids.one-way-to-choose: all with an id or all generated', async () => {
  const other = { email: marcus, personalMeetingRoomId: 'b2' };
  const neither = { email: john };
  const both = { email: john, personalMeetingRoomId: 'b1', systemGenerated: true };
  for (const item of [neither, both, { ...neither, systemGenerated: false }]) {
    await assertBreaks('room-ids.one-way-to-choose', [item]);
    await assertBreaks('room-ids.one-way-to-choose', [other, item]);
  }
  await assertBreaks('room-ids.one-way-to-choose', [other, { ...neither, systemGenerated: true }]);
  await assertAccepted([other, { ...both, systemGenerated: false }]);
  await assertAccepted([
    { ...neither, systemGenerated: true },
    { email: marcus, systemGenerated: true },
  ]);
});

test('room-ids.person-known: everybody is on the site, and nobody learns who is elsewhere', async () => {
  const ritasId = personIdOf('0d6c7a51-2f64-4e0c-9a35-6f0b7c8d9e21');
  const olgasId = personIdOf('d2f1dae9-b8a7-4f6e-8d5c-4b3a2f1e0d13');
  for (const email of ['nobody@example.com', 'rita@example.com', 'olga@other.example', '', 'x']) {
    await assertBreaks('room-ids.person-known', [{ ...one, email }]);
    const items = [
      { email: marcus, personalMeetingRoomId: 'c1' },
      { email, personalMeetingRoomId: 'c2' },
    ];
    await assertBreaks('room-ids.person-known', items);
  }
  for (const personId of [ritasId, olgasId, personIdOf(crypto.randomUUID()), '', 'x', '=']) {
    await assertBreaks('room-ids.person-known', [{ personId, personalMeetingRoomId: 'c1' }]);
  }
  await assertAccepted([{ personId: johnsId, personalMeetingRoomId: 'c1' }]);
});

test('room-ids.person-once: nobody stands there twice', async () => {
  const first = { email: john, personalMeetingRoomId: 'd1' };
  await assertBreaks('room-ids.person-once', [first, { ...first, personalMeetingRoomId: 'd2' }]);
  await assertBreaks('room-ids.person-once', [
    first,
    { email: marcus, personalMeetingRoomId: 'd3' },
    { email: john.toUpperCase(), personalMeetingRoomId: 'd2' },
  ]);
  const generated = { personId: johnsId, systemGenerated: true };
  await assertBreaks('room-ids.person-once', [generated, { ...generated, personId: `${johnsId}=` }]);
  await assertAccepted([first, { email: marcus, personalMeetingRoomId: 'd2' }]);
});

test('room-ids.id-once: no id stands there twice, whatever its case', async () => {
  const first = { email: john, personalMeetingRoomId: 'Same' };
  for (const personalMeetingRoomId of ['Same', 'same', 'SAME']) {
    await assertBreaks('room-ids.id-once', [first, { email: marcus, personalMeetingRoomId }]);
  }
  await assertAccepted([first, { email: marcus, personalMeetingRoomId: 'same2' }]);
});

test('room-ids.id-free: an id that somebody outside the batch has is taken; within it two can swap', async () => {
  const johns = { email: john, personalMeetingRoomId: 'e1' };
  await assertAccepted([johns, { email: marcus, personalMeetingRoomId: 'e2' }]);
  for (const personalMeetingRoomId of ['e1', 'E1', 'e2']) {
    await assertBreaks('room-ids.id-free', [{ email: brenda, personalMeetingRoomId }]);
  }
  await assertAccepted([
    { ...johns, personalMeetingRoomId: 'E2' },
    { email: marcus, personalMeetingRoomId: 'E1' },
  ]);
  await assertAccepted([{ ...johns, personalMeetingRoomId: 'e2' }]);
  await assertAccepted([{ email: brenda, personalMeetingRoomId: 'e3' }]);
});
