/** PINs do not lie in the database in clear, and everything about them works all the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealAll } from '../../src/commands/sealing.ts';
import { seedDemo } from '../../src/development/demo.ts';
import { existingMemberships } from '../../src/directory/bulk-registry.ts';
import type { Database } from '../../src/platform/database.ts';
import { UnusableDatabase } from '../../src/platform/database.ts';
import { checksumOf } from '../../src/preferences/version-table.ts';
import { audio, pathOf, room } from '../helpers/bodies.ts';
import { type Answer, assertRefused, type Client } from '../helpers/client.ts';
import { demoUrl, emptyUrl } from '../helpers/databases.ts';
import { latestChange, patch, revert } from '../helpers/history.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { addPerson, addSite, demoUserId } from '../helpers/people.ts';
import { quietLog } from '../helpers/server.ts';
import { everythingIn, newKey, openWith } from './sealed-databases.ts';

const site = 'pins-example.webex.com';
const john = 'john.andersen@example.com';

interface World {
  readonly database: Database;
  readonly request: Client;
  /** Every PIN that was ever in force, and the first ones that nobody changed. */
  readonly pins: readonly string[];
}

async function ok(answer: Promise<Answer>): Promise<Answer> {
  const settled = await answer;
  assert.ok(settled.status < 300, settled.text);
  return settled;
}

/** Somebody on a site with long PINs, who changes and reverts them in every way there is. */
async function fill(database: Database): Promise<World> {
  await addSite(database, site, { hostPinLength: 12 });
  await addPerson(database, 'pia', { sites: [site], roomId: 'pia' });
  const request = injectClientOf(database);
  const path = pathOf('personalMeetingRoom');
  const first = (await ok(request({ path, as: 'pia' }))).body.hostPin;
  const pins = [first, '918273645546', '827364554691', '736455469182'];
  await ok(request({ method: 'PUT', path, as: 'pia', body: { ...room, hostPin: pins[1] } }));
  await ok(patch(request, 'pia', 'personalMeetingRoom', { hostPin: pins[2] }));
  const { id: change } = await latestChange(request, 'pia', 'personalMeetingRoom');
  const reverted = await ok(revert(request, 'pia', change, {}, undefined, { 'idempotency-key': 'once' }));
  assert.equal(reverted.body.hostPin, pins[1]);
  await ok(patch(request, 'pia', 'personalMeetingRoom', { hostPin: pins[3] }));
  await ok(
    request({ method: 'PUT', path: pathOf('audio'), as: 'pia', body: { ...audio, audioPin: '8264' } }),
  );
  return { database, request, pins };
}

async function assertWorks({ request, pins, database }: World): Promise<void> {
  const read = await ok(request({ path: pathOf('personalMeetingRoom'), as: 'pia' }));
  assert.equal(read.body.hostPin, pins[3]);
  assert.equal((await ok(request({ path: pathOf('audio'), as: 'pia' }))).body.audioPin, '8264');
  const headers = { 'if-match': read.headers.get('etag')! };
  const body = { topic: `again ${Math.random()}` };
  const answer = await ok(
    request({ method: 'PATCH', path: pathOf('personalMeetingRoom'), as: 'pia', body, headers }),
  );
  assert.equal(answer.body.hostPin, pins[3]);
  const { before, after } = await latestChange(request, 'pia', 'personalMeetingRoom');
  assert.deepEqual([Object.keys(before), Object.keys(after)], [['topic'], ['topic']]);
  const [membership] = await existingMemberships(database, [demoUserId(john)]);
  assert.match(membership!.initialPins, /^\d{16}$/);
}

async function assertNoneIn(url: string, { pins, database }: World): Promise<void> {
  const everything = await everythingIn(url);
  assert.ok(everything.includes('pia@example.com'), 'what is looked through has the data in it');
  for (const pin of pins) assert.ok(!everything.includes(pin), `the PIN ${pin} lies in clear`);
  assert.doesNotMatch(everything, /audioPin\W{1,6}\d|hostPin\W{1,6}\d/);
  const users = (await database.all('select id from users', [])).map(({ id }) => id as string);
  const memberships = await existingMemberships(database, users);
  assert.ok(memberships.length > 20);
  for (const { initialPins } of memberships) assert.ok(!everything.includes(initialPins));
}

test('the control: without a key all of that is found', async () => {
  const url = await demoUrl();
  const database = await openWith(url);
  const { pins } = await fill(database);
  const everything = await everythingIn(url);
  for (const pin of pins.slice(1)) assert.ok(everything.includes(pin));
  assert.match(everything, /audioPin\W{1,6}\d/);
});

test('with a key no PIN lies in clear, and all works', async () => {
  const url = await emptyUrl();
  const database = await openWith(url, newKey());
  await seedDemo(database, new Date().toISOString());
  const world = await fill(database);
  await assertWorks(world);
  await assertNoneIn(url, world);
  const again = { ...world, request: injectClientOf(database) };
  await assertWorks(again);
});

test('a rotation seals with the new key, beside a running server, and ETags hold', async () => {
  const url = await emptyUrl();
  const [old, next] = [newKey(), newKey()];
  const before = await openWith(url, old, next);
  await seedDemo(before, new Date().toISOString());
  const world = await fill(before);
  const etag = async (request: Client) =>
    (await ok(request({ path: pathOf('personalMeetingRoom'), as: 'pia' }))).headers.get('etag');
  const tag = await etag(world.request);
  const rotating = await openWith(url, next, old);
  assert.ok((await sealAll(rotating)) > 20);
  assert.equal(await sealAll(rotating), 0);
  assert.equal(await etag(world.request), tag);
  const after = await openWith(url, next);
  assert.equal(await etag(injectClientOf(after)), tag);
  await assertWorks({ ...world, database: after, request: injectClientOf(after) });
  await assertNoneIn(url, { ...world, database: after });
  await assert.rejects(openWith(url, old), UnusableDatabase);
});

test('a database in clear is sealed by a rotation, with the checksums that would tell its PINs', async () => {
  const url = await demoUrl();
  const plain = await openWith(url);
  const world = await fill(plain);
  const checksums = 'select checksum, parent, section from preferences';
  const told = (await plain.all(checksums, [])).filter(({ section }) => /audio|Room$/.test(String(section)));
  const sealing = await openWith(url, newKey());
  assert.ok((await sealAll(sealing)) > 20);
  const left = new Set(
    (await sealing.all(checksums, [])).flatMap(({ checksum, parent }) => [checksum, parent].map(String)),
  );
  for (const { checksum } of told) assert.ok(!left.has(String(checksum)));
  const rows = await sealing.all(
    "select document from preferences where section = 'personalMeetingRoom'",
    [],
  );
  for (const { document } of rows) assert.match(document as string, /"hostPin":"sealed:/);
  await assertWorks({ ...world, database: sealing, request: injectClientOf(sealing) });
});

test('a sealed PIN that is moved to another row is noticed, and answered to nobody', async () => {
  const url = await emptyUrl();
  const key = newKey();
  const database = await openWith(url, key);
  await seedDemo(database, new Date().toISOString());
  const { request } = await fill(database);
  await ok(patch(request, 'marcus', 'personalMeetingRoom', { hostPin: '4325' }));
  const of = "section = 'personalMeetingRoom' and site_url = ?";
  const sealed = /sealed:[\w:-]+/;
  const documentOn = async (siteUrl: string) =>
    (await database.get(`select document from preferences where ${of}`, [siteUrl]))!.document as string;
  const [stolen] = sealed.exec(await documentOn(site))!;
  const marcusSite = 'example.webex.com';
  const document = (await documentOn(marcusSite)).replace(sealed, stolen);
  const marcus = demoUserId('marcus.hoffmann@example.com');
  const checksum = checksumOf([marcus, marcusSite, 'personalMeetingRoom'], 1, document);
  const sql = `update preferences set document = ?, checksum = ? where ${of}`;
  await database.write([{ sql, values: [document, checksum, marcusSite], changes: 1 }]);
  const afresh = injectClientOf(await openWith(url, key), { log: quietLog });
  const answer = await afresh({ path: pathOf('personalMeetingRoom'), as: 'marcus' });
  assertRefused(answer, 500);
  assert.doesNotMatch(answer.text, /sealed|hostPin/);
});

test('another key, or none, is refused in one sentence', async () => {
  const url = await emptyUrl();
  await openWith(url, newKey());
  for (const keys of [[newKey()], []]) {
    await assert.rejects(openWith(url, ...keys), (error) => {
      assert.ok(error instanceof UnusableDatabase);
      assert.match(
        error.message,
        /^The secrets of this database are sealed with the key [0-9a-f]{12}, .*\.$/,
      );
      return true;
    });
  }
  await assert.rejects(openWith(await emptyUrl(), 'c2hvcnQ='), /keys of 32 bytes in base64/);
});
