import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { assertFaults, onlyOwnServer, sectionOf, site1, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addSite, addToken, addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const john = 'john.andersen@example.com';
const marcus = 'marcus.hoffmann@example.com';
const brenda = 'brenda.song@example.com';

function refresh(personalMeetingRoomIds: unknown, siteUrl: unknown = site3, as = 'admin'): Promise<Answer> {
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  return request({ method: 'POST', path, as, body: { siteUrl, personalMeetingRoomIds } });
}

async function roomIdOf(as: string, siteUrl = site3): Promise<string> {
  const room = await sectionOf(request, 'personalMeetingRoom', as, siteUrl).read();
  const roomId = room.personalMeetingRoomLink.slice(`https://${siteUrl}/meet/`.length);
  assert.equal(room.sipAddress, `${roomId}@${siteUrl}`);
  return roomId;
}

/** A name that no earlier run against the same server has used. */
function fresh(start: string): string {
  return `${start}-${randomUUID().slice(0, 8)}`;
}

async function startWith(johns: string, marcuss: string): Promise<void> {
  const answer = await refresh([
    { email: john, personalMeetingRoomId: johns },
    { email: marcus, personalMeetingRoomId: marcuss },
  ]);
  assert.equal(answer.status, 200, answer.text);
}

test('200 in the order of the request; link and SIP address follow at once', async () => {
  const [first, second] = [fresh('M.Hoffmann_'), fresh('john')];
  const answer = await refresh([
    { email: marcus.toUpperCase(), personalMeetingRoomId: first },
    { email: john, personalMeetingRoomId: second },
  ]);
  assert.equal(answer.status, 200);
  assert.deepEqual(Object.keys(answer.body), ['siteUrl', 'personalMeetingRoomIds']);
  assert.equal(answer.body.siteUrl, site3);
  const people = answer.body.personalMeetingRoomIds;
  for (const person of people) {
    assert.deepEqual(Object.keys(person), ['email', 'personId', 'personalMeetingRoomId']);
    const personId = Buffer.from(person.personId, 'base64').toString();
    assert.match(personId, /^ciscospark:\/\/us\/PEOPLE\/[0-9a-f-]{36}$/);
  }
  assert.deepEqual(
    people.map(({ email }: { email: string }) => email),
    [marcus, john],
  );
  assert.deepEqual([await roomIdOf('marcus'), await roomIdOf('john')], [first, second]);
});

test('200 by personId, and on one site only', async () => {
  const before = await roomIdOf('john', site1);
  const byEmail = await refresh([{ email: john, personalMeetingRoomId: fresh('john') }]);
  const { personId } = byEmail.body.personalMeetingRoomIds[0];
  const roomId = fresh('john');
  const answer = await refresh([{ personId, personalMeetingRoomId: roomId }]);
  assert.deepEqual(answer.body.personalMeetingRoomIds, [
    { email: john, personId, personalMeetingRoomId: roomId },
  ]);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('john', site1)], [roomId, before]);
});

test('200 swaps the ids of two people', async () => {
  const [first, second] = [fresh('one'), fresh('two')];
  await startWith(first, second);
  await startWith(second.toUpperCase(), first);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], [second.toUpperCase(), first]);
});

test('200 for an id that the person has already, in another case too', async () => {
  const roomId = fresh('mine');
  await startWith(roomId, fresh('other'));
  const answer = await refresh([{ email: john, personalMeetingRoomId: roomId.toUpperCase() }]);
  assert.equal(answer.status, 200);
  assert.equal(await roomIdOf('john'), roomId.toUpperCase());
});

test('200 with system-generated ids by the rule of the site', async () => {
  const answer = await refresh([
    { email: john, systemGenerated: true },
    { email: marcus, systemGenerated: true },
  ]);
  assert.equal(answer.status, 200);
  const ids = answer.body.personalMeetingRoomIds.map(
    (person: { personalMeetingRoomId: string }) => person.personalMeetingRoomId,
  );
  for (const id of ids) assert.match(id, /^prSITE\d{8}$/);
  assert.notEqual(ids[0], ids[1]);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], ids);
});

test('200 for ids of 1 and of 64 characters; 400 for other lengths and characters', async () => {
  for (const personalMeetingRoomId of ['7', fresh('').padEnd(64, '.')]) {
    assert.equal((await refresh([{ email: john, personalMeetingRoomId }])).status, 200);
  }
  const before = await roomIdOf('john');
  for (const personalMeetingRoomId of ['', 'x'.repeat(65), 'a b', 'ü', 'a/b', 'a@b', 5]) {
    assertFaults(await refresh([{ email: john, personalMeetingRoomId }]), [
      'room-ids.id',
      'personalMeetingRoomIds[0].personalMeetingRoomId',
    ]);
  }
  assert.equal(await roomIdOf('john'), before);
});

test('400 for an id that somebody else has, without case; nobody gets a new one', async () => {
  const [first, second] = [fresh('one'), fresh('two')];
  await startWith(first, second);
  const answer = await refresh([
    { email: john, personalMeetingRoomId: fresh('three') },
    { email: brenda, personalMeetingRoomId: second.toUpperCase() },
  ]);
  assertFaults(answer, ['room-ids.id-free', 'personalMeetingRoomIds[1].personalMeetingRoomId']);
  assert.deepEqual([await roomIdOf('john'), await roomIdOf('marcus')], [first, second]);
});

test('400 for an id or a person given twice', async () => {
  const roomId = fresh('same');
  const twice = await refresh([
    { email: john, personalMeetingRoomId: roomId },
    { email: marcus, personalMeetingRoomId: roomId.toUpperCase() },
  ]);
  assertFaults(twice, ['room-ids.id-once', 'personalMeetingRoomIds[1].personalMeetingRoomId']);
  const samePerson = await refresh([
    { email: john, personalMeetingRoomId: fresh('a') },
    { email: john.toUpperCase(), personalMeetingRoomId: fresh('b') },
  ]);
  assertFaults(samePerson, ['room-ids.person-once', 'personalMeetingRoomIds[1]']);
});

test('400 for people who are unknown, of another organization or another site', onlyOwnServer, async () => {
  await addUser(server.database!, { email: 'nadia@example.com', sites: [site1] });
  const descriptions = new Set<string>();
  for (const email of ['nobody@example.com', 'olga@other.example', 'nadia@example.com']) {
    const answer = await refresh([{ email, systemGenerated: true }]);
    assertFaults(answer, ['room-ids.person-known', 'personalMeetingRoomIds[0]']);
    assert.ok(answer.body.message.includes(email));
    descriptions.add(answer.body.message.replace(email, ''));
  }
  assert.equal(descriptions.size, 1);
  for (const personId of ['', 'nonsense', Buffer.from('ciscospark://us/PEOPLE/x').toString('base64')]) {
    const answer = await refresh([{ personId, systemGenerated: true }]);
    assertFaults(answer, ['room-ids.person-known', 'personalMeetingRoomIds[0]']);
  }
});

test('400 when items are named or given ids in two ways, or in none', async () => {
  const personId = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8yNWJiZjgzMS01YmU5LTRjMjUtYjRiMC05YjU5MmM4YTA4NmI';
  const naming = ['room-ids.one-way-to-name', 'personalMeetingRoomIds'] as const;
  const choosing = ['room-ids.one-way-to-choose', 'personalMeetingRoomIds'] as const;
  const other = { email: marcus, systemGenerated: true };
  assertFaults(await refresh([{ email: john, personId, systemGenerated: true }]), naming);
  assertFaults(await refresh([{ personId, systemGenerated: true }, other]), naming);
  assertFaults(
    await refresh([{ email: john, systemGenerated: true, personalMeetingRoomId: fresh('a') }]),
    choosing,
  );
  assertFaults(await refresh([{ email: john, personalMeetingRoomId: fresh('a') }, other]), choosing);
  assertFaults(await refresh([{ email: john }]), choosing);
  assertFaults(await refresh([{ email: john, systemGenerated: false }]), choosing);
  const nothing = await refresh([{}]);
  assertRefused(nothing, 400);
  const rules = nothing.body.errors.map(({ rule }: { rule: string }) => rule);
  assert.ok(rules.includes('room-ids.one-way-to-name') && rules.includes('room-ids.one-way-to-choose'));
});

test('400 for no item, for a list that is none and for a missing siteUrl', async () => {
  assertFaults(await refresh([]), ['room-ids.list', 'personalMeetingRoomIds']);
  assertFaults(await refresh('all'), ['room-ids.list', 'personalMeetingRoomIds']);
  assertFaults(await refresh([7]), ['room-ids.item', 'personalMeetingRoomIds[0]']);
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  assertFaults(
    await request({ method: 'POST', path, as: 'admin', body: {} }),
    ['body.required-field', 'siteUrl'],
    ['body.required-field', 'personalMeetingRoomIds'],
  );
});

test('200 for 100 people at once, 400 for 101', onlyOwnServer, async () => {
  const database = server.database!;
  const siteUrl = 'crowd-example.webex.com';
  await addSite(database, siteUrl, { roomIdRule: { prefix: 'x-', siteLetters: 2, digits: 10 } });
  const administrator = { email: 'crowd@example.com', fullAdministrator: true };
  const id = await addUser(database, { ...administrator, sites: [siteUrl], administers: [siteUrl] });
  await addToken(database, id, 'crowd');
  const emails = Array.from({ length: 101 }, (_, index) => `person${index}@example.com`);
  for (const email of emails) await addUser(database, { email, sites: [siteUrl] });
  const items = emails.map((email) => ({ email, systemGenerated: true }));
  assertFaults(await refresh(items, siteUrl, 'crowd'), ['room-ids.list', 'personalMeetingRoomIds']);
  const answer = await refresh(items.slice(0, 100), siteUrl, 'crowd');
  assert.equal(answer.status, 200, answer.text);
  const people = answer.body.personalMeetingRoomIds;
  assert.deepEqual(
    people.map(({ email }: { email: string }) => email),
    emails.slice(0, 100),
  );
  for (const { personalMeetingRoomId } of people) assert.match(personalMeetingRoomId, /^x-CR\d{10}$/);
});

test('403 without both admin-level scopes, and without administering the site', async () => {
  const items = [{ email: john, systemGenerated: true }];
  const before = await roomIdOf('john');
  for (const as of ['john', 'admin-read', 'other-olga']) {
    assertRefused(await refresh(items, site3, as), 403, 'token.scope');
  }
  for (const as of ['site-admin', 'other-admin']) {
    assertRefused(await refresh(items, site3, as), 403, 'subject.managed-site');
  }
  assert.equal(await roomIdOf('john'), before);
});
