/** What is left of memberships that ended goes with limited history; whoever comes back later begins at the first revision. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { deletionsIn } from '../../src/commands/lookup.ts';
import { leaveSiteStatements, operator } from '../../src/directory/deletion-store.ts';
import { organizationStatement, siteStatement } from '../../src/directory/registration.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { pruneVersions } from '../../src/preferences/history/pruning-store.ts';
import { site3, site4 } from '../helpers/bodies.ts';
import { type Answer, type Client, clientOf } from '../helpers/client.ts';
import { demoUrl, onlyOn } from '../helpers/databases.ts';
import { historyPage, patch, refreshRooms, setDefaultSite } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addPerson, addSite, joinSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const url = await demoUrl();
const database = await openAt(url);
after(() => database.close());
const one = clientOf((await startServer({ database: await openAt(url) })).url);
const other = clientOf((await startServer({ database: await openAt(url) })).url);
const future = '2999-01-01T00:00:00.000Z';
const sections = ['audio', 'personalMeetingRoom', 'schedulingOptions', 'video'];
let people = 0;

/** Somebody new on two sites, who has changed something on both. */
async function somebody(): Promise<{ name: string; id: string }> {
  people += 1;
  const name = `gone${people}`;
  const id = await addPerson(database, name, { sites: [site4, site3] });
  for (const request of [one, other]) assert.equal((await describe(request, name, 'old')).status, 200);
  assert.equal((await describe(one, name, 'kept', site4)).status, 200);
  return { name, id };
}

function describe(request: Client, as: string, text: string, siteUrl = site3): Promise<Answer> {
  return patch(request, as, 'audio', { otherTeleconferenceDescription: text }, { siteUrl });
}

async function leave(id: string, when = new Date().toISOString()): Promise<void> {
  await database.write([...leaveSiteStatements(id, site3, operator, when), directoryChanged]);
}

async function prune(limit = future): Promise<number> {
  let removed = 0;
  for await (const count of pruneVersions(database, limit)) removed += count;
  return removed;
}

/** What there is of a user on a site: `audio 1 {…}`. */
async function versionsOf(id: string, siteUrl = site3): Promise<string[]> {
  const sql = `select section, revision, document from preferences where user_id = ? and site_url = ?
    order by section, revision`;
  const rows = await database.all(sql, [id, siteUrl]);
  return rows.map(({ section, revision, document }) => `${section} ${revision} ${document}`);
}

async function audioOf(request: Client, as: string): Promise<Answer> {
  return request({ path: `/v1/meetingPreferences/audio?siteUrl=${site3}`, as });
}

test('of somebody who left a site nothing stays there, and all stays elsewhere', async () => {
  const { name, id } = await somebody();
  await refreshRooms(one, site3, { [`${name}@example.com`]: `${name}-room` });
  await setDefaultSite(one, name, site3);
  await prune();
  const elsewhere = await versionsOf(id, site4);
  await leave(id);
  assert.equal(await prune('2020-01-01T00:00:00.000Z'), 0);
  const ends = sections.map((section) => `${section} ${section === 'audio' ? 3 : 1} `);
  assert.deepEqual(
    (await versionsOf(id)).filter((version) => ends.includes(version)),
    ends,
  );
  // The last description, the four ends, and the room; the default site is their own wherever they are.
  assert.equal(await prune(), 1 + 4 + 1);
  const left = await versionsOf(id);
  assert.deepEqual([left.length, left[0]?.split(' ')[0]], [1, 'sites']);
  assert.deepEqual(await versionsOf(id, site4), elsewhere);
  assert.equal(await prune(), 0);
});

test('whoever is back before anything was removed keeps the end, and what was before stays out of their history', async () => {
  const { name, id } = await somebody();
  await leave(id);
  await joinSite(database, id, site3);
  await prune();
  assert.deepEqual(
    await versionsOf(id),
    sections.map((section) => `${section} ${section === 'audio' ? 3 : 1} `),
  );
  assert.equal((await describe(one, name, 'new')).headers.get('etag')?.slice(0, 3), '"4-');
  const { items } = (await historyPage(one, name, { siteUrl: site3 })).body;
  assert.equal(items.length, 1);
});

test('an end that is new keeps an older one, and the last room', async () => {
  const { name, id } = await somebody();
  await leave(id, '2020-01-01T00:00:00.000Z');
  await joinSite(database, id, site3);
  await refreshRooms(one, site3, { [`${name}@example.com`]: `${name}-room` });
  await leave(id, '2998-01-01T00:00:00.000Z');
  await prune('2997-01-01T00:00:00.000Z');
  const ends = (await versionsOf(id)).filter((version) => version.endsWith(' '));
  assert.equal(ends.length, 8, 'until 2998 the first ones were in force');
  assert.ok((await versionsOf(id)).some((version) => version.includes(`${name}-room`)));
  await prune();
  assert.deepEqual(await versionsOf(id), []);
});

test('back after it was removed: from the first revision on, also on a server that remembered the end', async () => {
  const { name, id } = await somebody();
  await leave(id);
  await joinSite(database, id, site3);
  // Both remember the end now, and one of them what came after it.
  for (const request of [one, other])
    assert.match((await audioOf(request, name)).headers.get('etag')!, /^"3-/);
  const former = (await describe(one, name, 'former')).headers.get('etag')!;
  assert.match(former, /^"4-/);
  await leave(id);
  assert.equal((await audioOf(other, name)).status, 404);
  await prune();
  assert.deepEqual(await versionsOf(id), []);
  await joinSite(database, id, site3);
  const body = { otherTeleconferenceDescription: 'never' };
  const path = `/v1/meetingPreferences/audio?siteUrl=${site3}`;
  const late = await other({ method: 'PATCH', path, as: name, body, headers: { 'if-match': former } });
  assert.equal(late.status, 412);
  for (const [index, request] of [other, one, other].entries()) {
    const { status, headers } = await describe(request, name, `new ${index}`);
    assert.deepEqual([status, headers.get('etag')?.slice(0, 3)], [200, `"${index + 1}-`]);
  }
  for (const request of [one, other]) {
    assert.equal((await audioOf(request, name)).body.otherTeleconferenceDescription, 'new 2');
    const { items } = (await historyPage(request, name, { siteUrl: site3 })).body;
    assert.deepEqual(
      items.map((item: { after: object }) => Object.values(item.after)),
      [['new 2'], ['new 1'], ['new 0']],
    );
  }
});

test('somebody comes back and writes on two servers while it is removed: every version is built on the one before', async () => {
  for (let round = 0; round < 12; round += 1) {
    const { name, id } = await somebody();
    await leave(id);
    await pause(2);
    // After the end, and before all that comes.
    const limit = new Date().toISOString();
    const writing = [one, other].map(async (request, index) => {
      let accepted = 0;
      while (accepted < 5) {
        const { status } = await describe(request, name, `${index} ${accepted}`);
        assert.ok(status === 200 || status === 404, `${status}`);
        if (status === 200) accepted += 1;
      }
    });
    await Promise.all([...writing, prune(limit), pause(round).then(() => joinSite(database, id, site3))]);
    const rows = await database.all(
      `select revision, checksum, parent from preferences where user_id = ? and site_url = ? and section = 'audio'
       order by revision`,
      [id, site3],
    );
    // On top of the end, where that was still there; else from the beginning.
    const made = rows.slice(-10);
    assert.ok(rows.length >= 10, 'an accepted change is missing');
    for (const [index, { revision, parent }] of made.entries()) {
      assert.equal(Number(revision), Number(made[0]!.revision) + index);
      assert.equal(Number(parent), index === 0 ? 0 : Number(made[index - 1]!.checksum));
    }
  }
});

test('whoever comes back at the same moment is waited for', onlyOn('postgres'), async () => {
  const { id } = await somebody();
  await leave(id);
  const coming = new pg.Client(url);
  await coming.connect();
  await coming.query('begin');
  const columns = 'site_administrator, room_id, room_key, access_code, meeting_id, initial_pins';
  const names = [randomUUID(), randomUUID(), randomUUID()];
  await coming.query(
    `insert into memberships (user_id, site_url, ${columns}) values ($1, $2, 0, $3, $3, $4, $5, '')`,
    [id, site3, ...names],
  );
  await coming.query(directoryChanged.sql);
  let isOver = false;
  const pruning = prune().finally(() => {
    isOver = true;
  });
  await pause(300);
  assert.equal(isOver, false);
  await coming.query('commit');
  await coming.end();
  await pruning;
  assert.equal((await versionsOf(id)).filter((version) => version.endsWith(' ')).length, 4);
});

test('of deleted sites and organizations nothing stays', async () => {
  const siteUrl = 'gone.example.com';
  await addSite(database, siteUrl);
  const deletions = deletionsIn(database);
  const { id } = await somebody();
  await joinSite(database, id, siteUrl);
  await deletions.deleteSite(siteUrl);
  assert.equal((await versionsOf(id, siteUrl)).length, 4);
  const organization = randomUUID();
  const now = new Date().toISOString();
  await database.write([
    organizationStatement({ id: organization, name: 'Gone' }, now),
    siteStatement({ siteUrl: 'theirs.example.com', organizationId: organization, settings: {} }, now),
    directoryChanged,
  ]);
  await joinSite(database, id, 'theirs.example.com');
  await deletions.deleteOrganization(organization);
  assert.equal((await versionsOf(id, 'theirs.example.com')).length, 4);
  assert.ok((await prune()) >= 8);
  assert.deepEqual([...(await versionsOf(id, siteUrl)), ...(await versionsOf(id, 'theirs.example.com'))], []);
  assert.equal(await prune(), 0);
});
