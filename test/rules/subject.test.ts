import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite, strictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/video';
const john = 'john.andersen@example.com';
const rita = 'rita@example.com';
const site4 = 'site4-example.webex.com';
const otherSite = 'other-example.webex.com';

/** Everything about videos that is stored, whoever it belongs to. */
async function everything(): Promise<unknown> {
  return database.all('select user_id, site_url, section, document from preferences order by 1, 2, 3', []);
}

function put(as: string, query: Readonly<Record<string, string>>) {
  const url = `${path}?${new URLSearchParams(query)}`;
  return request({ method: 'PUT', path: url, as, body: { videoDevices: [] } });
}

async function assertRefusal(
  rule: Parameters<typeof assertRefused>[2],
  status: 403 | 404,
  as: string,
  query: Readonly<Record<string, string>>,
): Promise<string> {
  const before = await everything();
  const answer = await put(as, query);
  assertRefused(answer, status, rule!);
  assert.deepEqual(await everything(), before);
  return answer.body.message;
}

test('subject.own: only an administrator names somebody else, and nobody learns who exists', async () => {
  const messages = new Set<string>();
  for (const as of ['john', 'site-admin']) {
    for (const userEmail of ['marcus.hoffmann@example.com', 'nobody@example.com', 'olga@other.example']) {
      for (const site of [{}, { siteUrl: site4 }, { siteUrl: otherSite }, { siteUrl: 'no.example' }]) {
        messages.add(await assertRefusal('subject.own', 403, as, { userEmail, ...site }));
      }
    }
  }
  assert.equal(messages.size, 1);
  for (const userEmail of [john, john.toUpperCase()]) {
    assert.equal((await put('john', { userEmail })).status, 200);
  }
});

test('subject.user: an administrator names a user of the site', async () => {
  const unknown = await assertRefusal('subject.user', 404, 'admin', { userEmail: 'nobody@example.com' });
  const foreign = await assertRefusal('subject.user', 404, 'admin', { userEmail: 'olga@other.example' });
  assert.equal(foreign, unknown);
  const elsewhere = await assertRefusal('subject.user', 404, 'admin', { userEmail: rita });
  assert.match(elsewhere, /siteUrl/);
  await assertRefusal('subject.user', 404, 'admin', { userEmail: rita, siteUrl: site4 });
  assert.equal((await put('admin', { userEmail: john })).status, 200);
});

test('subject.site: everybody has the sites they are on', async () => {
  const messages = new Set<string>();
  for (const siteUrl of [strictSite, otherSite, 'no.example', `${site4}.`, `https://${site4}`]) {
    messages.add(await assertRefusal('subject.site', 404, 'john', { siteUrl }));
  }
  assert.equal(messages.size, 1);
  assert.equal((await put('john', { siteUrl: site4.toUpperCase() })).status, 200);
});

test('subject.managed-site: an administrator has the sites they administer', async () => {
  const messages = new Set<string>();
  for (const userEmail of [john, 'nobody@example.com']) {
    for (const siteUrl of [otherSite, strictSite, 'no.example']) {
      messages.add(await assertRefusal('subject.managed-site', 403, 'admin', { userEmail, siteUrl }));
    }
  }
  assert.equal(messages.size, 1);
  await assertRefusal('subject.managed-site', 403, 'paul', { userEmail: rita });
  assert.equal((await put('paul', { userEmail: john, siteUrl: site4 })).status, 200);
  await assertRefusal('subject.managed-site', 403, 'paul-admin', {});
  assert.equal((await put('paul-admin', { siteUrl: site4 })).status, 200);
});

test('subject.managed-site: room ids are given out by administrators of the site alone', async () => {
  const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  const personalMeetingRoomIds = [{ email: john, systemGenerated: true }];
  const rooms = () => database.all('select user_id, site_url, room_id from memberships order by 1, 2', []);
  const before = await rooms();
  for (const siteUrl of [otherSite, strictSite, 'no.example']) {
    const body = { siteUrl, personalMeetingRoomIds };
    const answer = await request({ method: 'POST', path: refresh, as: 'admin', body });
    assertRefused(answer, 403, 'subject.managed-site');
  }
  const body = { siteUrl: site4, personalMeetingRoomIds };
  const bySiteAdministrator = await request({ method: 'POST', path: refresh, as: 'site-admin', body });
  assertRefused(bySiteAdministrator, 403, 'subject.managed-site');
  assert.deepEqual(await rooms(), before);
  assert.equal((await request({ method: 'POST', path: refresh, as: 'admin', body })).status, 200);
});

test('subject.default-site: who has none names a site', async () => {
  await assertRefusal('subject.default-site', 404, 'nora', {});
  assert.equal((await put('nora', { siteUrl: strictSite })).status, 200);
});
