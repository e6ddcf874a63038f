import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { onlyOwnServer, pathOf, site1, site3, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import {
  historyPage,
  type Item,
  latestChange,
  patch,
  refreshRooms,
  setDefaultSite,
  wholeHistory,
} from '../helpers/history.ts';
import { addToken, addUser, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const on = { siteUrl: site3 };
const john = 'john.andersen@example.com';
const onBehalf = { ...on, userEmail: john };

/** Topics, so that every one is a change. */
async function changeTopics(...topics: string[]): Promise<void> {
  for (const topic of topics) {
    assert.equal((await patch(request, 'john', 'personalMeetingRoom', { topic }, on)).status, 200);
  }
}

const topicsOf = (items: Item[]): string[] => items.map(({ after }) => after.topic);

test('200 newest first, with the changed fields alone', async () => {
  await patch(request, 'john', 'video', { videoDevices: [] }, on);
  await changeTopics('first', 'second');
  const answer = await historyPage(request, 'john', { ...on, max: '2' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('link'), null);
  assert.deepEqual(Object.keys(answer.body), ['items', 'cursor']);
  const [second, first] = answer.body.items;
  assert.deepEqual([second.before, second.after], [{ topic: 'first' }, { topic: 'second' }]);
  assert.deepEqual(first.after, { topic: 'first' });
  const fields = ['id', 'changed', 'section', 'siteUrl', 'userEmail', 'changedBy', 'trackingId', 'tokenId'];
  for (const item of [first, second]) {
    assert.deepEqual(Object.keys(item), [...fields, 'before', 'after']);
    assert.deepEqual([item.section, item.siteUrl, item.userEmail], ['personalMeetingRoom', site3, john]);
    assert.equal(item.changed, new Date(item.changed).toISOString());
  }
  assert.notEqual(first.id, second.id);
});

test('200 says who, by which request and token, and whether on behalf', async () => {
  const path = pathOf('audio', onBehalf);
  const headers = { trackingid: 'from-the-help-desk' };
  const body = { otherTeleconferenceDescription: `by admin ${Math.random()}` };
  assert.equal((await request({ method: 'PATCH', path, as: 'admin', body, headers })).status, 200);
  const item = await latestChange(request, 'john', 'audio', on);
  assert.deepEqual([item.trackingId, item.changedBy.email], ['from-the-help-desk', 'admin@example.com']);
  assert.equal(item.changedBy.onBehalf, true);
  assert.match(Buffer.from(item.changedBy.personId, 'base64').toString(), /^ciscospark:\/\/us\/PEOPLE\//);
  assert.match(item.tokenId, /^[0-9a-f-]{36}$/);
  await changeTopics('my own');
  const own = await latestChange(request, 'john', 'personalMeetingRoom', on);
  assert.deepEqual([own.changedBy.email, own.changedBy.onBehalf], [john, false]);
});

test(
  '200 the first change differs from what was initial, and nobody may have made it',
  onlyOwnServer,
  async () => {
    const [first] = (await wholeHistory(request, 'john', { siteUrl: site4, section: 'video' })).slice(-1);
    assert.deepEqual(first.before, { videoDevices: [] });
    assert.equal(first.after.videoDevices.length, 2);
    for (const name of ['changedBy', 'trackingId', 'tokenId']) assert.equal(name in first, false);
  },
);

test('200 keeps only the id of somebody who no longer exists', onlyOwnServer, async () => {
  const administrator = {
    email: 'gone@example.com',
    fullAdministrator: true,
    sites: [site3],
    administers: [site3],
  };
  const id = await addUser(server.database!, administrator);
  await addToken(server.database!, id, 'gone');
  assert.equal((await patch(request, 'gone', 'audio', { audioPin: '7391' }, onBehalf)).status, 200);
  await server.database!.write([{ sql: 'delete from users where id = ?', values: [id] }, directoryChanged]);
  const fresh = clientOf((await startServer({ database: server.database! })).url);
  const { changedBy } = await latestChange(fresh, 'john', 'audio', on);
  assert.deepEqual(Object.keys(changedBy), ['personId', 'onBehalf']);
  assert.equal(Buffer.from(changedBy.personId, 'base64').toString(), `ciscospark://us/PEOPLE/${id}`);
});

test('200 with PINs masked before and after, also the initial ones', async () => {
  await patch(request, 'john', 'personalMeetingRoom', { hostPin: '9471' }, on);
  await patch(request, 'john', 'personalMeetingRoom', { hostPin: '5820' }, on);
  await patch(request, 'john', 'audio', { audioPin: '6139' }, on);
  const { before, after } = await latestChange(request, 'john', 'personalMeetingRoom', on);
  assert.deepEqual([before, after], [{ hostPin: '****' }, { hostPin: '****' }]);
  const whole = await wholeHistory(request, 'john', on);
  assert.doesNotMatch(
    JSON.stringify(whole.map(({ before, after }) => [before, after])),
    /"(9471|5820|6139|7391)"/,
  );
});

test('200 in pages that meet, whatever is changed meanwhile', async () => {
  await changeTopics('p1', 'p2', 'p3', 'p4', 'p5');
  const filter = { ...on, section: 'personalMeetingRoom', max: '2' };
  const first = (await historyPage(request, 'john', filter)).body;
  await changeTopics('p6');
  const second = (await historyPage(request, 'john', { ...filter, cursor: first.cursor })).body;
  assert.deepEqual(topicsOf([...first.items, ...second.items]), ['p5', 'p4', 'p3', 'p2']);
  const whole = await wholeHistory(request, 'john', { ...on, max: '7' });
  assert.deepEqual(whole, await wholeHistory(request, 'john', { ...on, max: '100' }));
  assert.equal(new Set(whole.map(({ id }) => id)).size, whole.length);
  assert.equal(
    'cursor' in (await historyPage(request, 'john', { ...on, max: '100', section: 'video' })).body,
    false,
  );
});

test('200 for a section, and for a time that begins with from and ends before to', async () => {
  await changeTopics('t1', 't2', 't3');
  const [third, second] = (await historyPage(request, 'john', { ...on, section: 'personalMeetingRoom' })).body
    .items;
  const within = await wholeHistory(request, 'john', { ...on, from: second.changed, to: third.changed });
  assert.ok(within.every(({ changed }) => changed >= second.changed && changed < third.changed));
  const from = await wholeHistory(request, 'john', { ...on, from: second.changed, max: '1' });
  assert.deepEqual(topicsOf(from).slice(0, 2), ['t3', 't2']);
  assert.deepEqual(await wholeHistory(request, 'john', { ...on, to: '2001-01-01' }), []);
  const sections = (await wholeHistory(request, 'john', { ...on, section: 'audio' })).map(
    ({ section }) => section,
  );
  assert.deepEqual([...new Set(sections)], ['audio']);
});

test('200 with the default site, whatever site is asked for, and with room ids', async () => {
  await setDefaultSite(request, 'john', site1);
  await setDefaultSite(request, 'john', site4);
  for (const siteUrl of [site1, site3, site4]) {
    const item = await latestChange(request, 'john', 'sites', { siteUrl });
    assert.deepEqual([item.before, item.after], [{ defaultSite: site1 }, { defaultSite: site4 }]);
    assert.equal(item.siteUrl, site4);
  }
  const id = `room-${Math.random()}`.replace('0.', '');
  await refreshRooms(request, site3, { [john]: 'room-before' });
  await refreshRooms(request, site3, { [john]: id });
  const item = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  assert.deepEqual(item.before, { personalMeetingRoomId: 'room-before' });
  assert.deepEqual(item.after, { personalMeetingRoomId: id });
  assert.equal(item.changedBy.onBehalf, true);
});

test('200 for an administrator: the history of the user, as the user sees it', async () => {
  const own = await historyPage(request, 'john', on);
  const asked = await historyPage(request, 'admin', onBehalf);
  assert.equal(asked.text, own.text);
});

test('200 changes around the server show as changed by no request', onlyOwnServer, async () => {
  await setDefaultSite(request, 'john', site1);
  const values = [site3, demoUserId(john)];
  await server.database!.write([
    { sql: 'update users set default_site_url = ? where id = ?', values },
    directoryChanged,
  ]);
  const fresh = clientOf((await startServer({ database: server.database! })).url);
  await setDefaultSite(fresh, 'john', site4);
  const [last, around] = (await historyPage(fresh, 'john', { section: 'sites' })).body.items;
  assert.deepEqual([last.before, last.after], [{ defaultSite: site3 }, { defaultSite: site4 }]);
  assert.deepEqual([around.before, around.after], [{ defaultSite: site1 }, { defaultSite: site3 }]);
  assert.equal('changedBy' in around, false);
});

test('401, 403 and 404 for whom the preferences are not', async () => {
  assertRefused(await request({ path: pathOf('history') }), 401, 'token.missing');
  assertRefused(await historyPage(request, 'marcus', onBehalf), 403, 'subject.own');
  assertRefused(await historyPage(request, 'other-admin', onBehalf), 403, 'subject.managed-site');
  assertRefused(
    await historyPage(request, 'john', { siteUrl: 'other-example.webex.com' }),
    404,
    'subject.site',
  );
});

test('400 for a parameter that is given twice, and all faults at once', async () => {
  const path = `${pathOf('history')}?max=1&max=2`;
  assertRefused(await request({ path, as: 'john' }), 400, 'query.single');
  const wrong = await historyPage(request, 'john', {
    max: '0',
    section: 'x',
    from: 'x',
    to: 'y',
    cursor: 'z',
  });
  const times = ['history.time', 'history.time'] as const;
  assertRefused(wrong, 400, 'history.max', 'history.section', ...times, 'history.cursor');
});
