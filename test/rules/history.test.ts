import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { pathOf, site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import {
  historyPage,
  latestChange,
  patch,
  refreshRooms,
  revert,
  siteHistoryPage,
} from '../helpers/history.ts';
import { addUser } from '../helpers/people.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const database = await openDatabase();
const request = clientOf((await startServer({ database })).url);
const john = 'john.andersen@example.com';

/** Both lists judge their parameters by the same rules. */
async function assertJudged(
  rule: 'history.section' | 'history.time' | 'history.max' | 'history.cursor',
  cases: {
    readonly refused: readonly Record<string, string>[];
    readonly accepted: readonly Record<string, string>[];
  },
): Promise<void> {
  for (const query of cases.refused) {
    assertRefused(await historyPage(request, 'john', query), 400, rule);
    assertRefused(await siteHistoryPage(request, 'admin', query), 400, rule);
  }
  for (const query of cases.accepted) {
    assert.equal((await historyPage(request, 'john', query)).status, 200, JSON.stringify(query));
    assert.equal((await siteHistoryPage(request, 'admin', query)).status, 200);
  }
}

test('history.section: a section is one of those that have a history', async () => {
  const sections = [
    'personalMeetingRoom',
    'audio',
    'video',
    'schedulingOptions',
    'personalMeetingRoomId',
    'sites',
  ];
  await assertJudged('history.section', {
    refused: ['', 'Audio', 'rooms', 'audio,video'].map((section) => ({ section })),
    accepted: sections.map((section) => ({ section })),
  });
});

test('history.time: from and to are days, or times with a zone', async () => {
  const refused = [
    '',
    'yesterday',
    '2026',
    '2026-1-1',
    '2026-13-01',
    '2026-01-01T12:00:00',
    '2026-01-01 12:00Z',
    '1e3',
  ];
  const accepted = [
    '2026-01-01',
    '2026-01-01T12:00Z',
    '2026-01-01T12:00:00.123456Z',
    '2026-01-01T12:00:00+02:00',
  ];
  for (const name of ['from', 'to']) {
    await assertJudged('history.time', {
      refused: refused.map((time) => ({ [name]: time })),
      accepted: accepted.map((time) => ({ [name]: time })),
    });
  }
  // A + that was not encoded arrives as a space.
  const path = `${pathOf('history')}?to=2026-01-01T12:00:00+02:00`;
  assert.equal((await request({ path, as: 'john' })).status, 200);
});

test('history.max: from 1 to 100 changes a page', async () => {
  await assertJudged('history.max', {
    refused: ['', '0', '101', '-1', '1.5', 'ten', '1e1', '0x10'].map((max) => ({ max })),
    accepted: ['1', '20', '100'].map((max) => ({ max })),
  });
});

test('history.cursor: only what an answer gave', async () => {
  const { body } = await historyPage(request, 'john', { max: '1' });
  const invented = [
    '["2026","x","audio",1,2]',
    '["2026-01-01","x\\u0000","audio",1]',
    '["","","",-1]',
    '{}',
    '[[]]',
  ];
  await assertJudged('history.cursor', {
    refused: ['', 'next', ...invented.map((text) => Buffer.from(text).toString('base64url'))].map(
      (cursor) => ({
        cursor,
      }),
    ),
    accepted: [{ cursor: body.cursor }],
  });
});

test('history.force: force is true or false, or left out', async () => {
  assert.equal((await patch(request, 'john', 'video', { videoDevices: [] })).status, 200);
  const { id } = await latestChange(request, 'john', 'video');
  const before = await historyPage(request, 'john', { section: 'video' });
  for (const force of [0, 1, '', 'true', 'yes', [], [true], {}]) {
    assertRefused(await revert(request, 'john', id, {}, { force }), 400, 'history.force');
  }
  for (const body of ['[]', '"force"', 'true', 'null']) {
    assertRefused(
      await revert(request, 'john', id, {}, body, { 'content-type': 'application/json' }),
      400,
      'body.object',
    );
  }
  assert.equal((await historyPage(request, 'john', { section: 'video' })).text, before.text);
  for (const body of [undefined, {}, { force: null }, { other: 1 }, { force: false }, { force: true }]) {
    await patch(request, 'john', 'video', { videoDevices: [] });
    const again = await latestChange(request, 'john', 'video');
    assert.equal((await revert(request, 'john', again.id, {}, body)).status, 200, JSON.stringify(body));
  }
});

test("history.known: what is somebody else's looks like what does not exist", async () => {
  await patch(request, 'john', 'audio', { enabledTollFree: true });
  const { id } = await latestChange(request, 'john', 'audio');
  const forged = id.replace(/.$/, (last: string) => (last === 'A' ? 'B' : 'A'));
  const unknown = [
    'x',
    'audio',
    'audio-1',
    'audio-99-aaaaaaaaaaaa',
    'rooms-1-x',
    'f'.repeat(32),
    '%00',
    'audio--1',
  ];
  const answers = [
    await revert(request, 'marcus', id),
    await revert(request, 'other-olga', id),
    await revert(request, 'john', id, { siteUrl: site1 }),
    await revert(request, 'admin', id),
  ];
  for (const other of [...unknown, forged]) answers.push(await revert(request, 'john', other));
  for (const answer of answers) {
    assertRefused(answer, 404, 'history.known');
    assert.equal(answer.body.message, answers[0]!.body.message);
  }
  assert.equal((await revert(request, 'john', id)).status, 200);
});

test('history.unchanged: a field that was changed since is not put back, unless by force', async () => {
  await patch(request, 'john', 'personalMeetingRoom', {
    topic: 'one',
    hostPin: '9471',
    supportCoHost: false,
  });
  await patch(request, 'john', 'personalMeetingRoom', { topic: 'two', hostPin: '5820', supportCoHost: true });
  const { id } = await latestChange(request, 'john', 'personalMeetingRoom');
  await patch(request, 'john', 'personalMeetingRoom', { topic: 'three', hostPin: '6039' });
  const refused = await revert(request, 'john', id);
  assertRefused(refused, 409, 'history.unchanged', 'history.unchanged');
  const fields = refused.body.errors.map(
    ({ description }: { description: string }) => description.split(' ')[0],
  );
  assert.deepEqual(fields, ['topic', 'hostPin']);
  assert.doesNotMatch(refused.text, /9471|5820|6039/);
  const forced = await revert(request, 'john', id, {}, { force: true });
  assert.equal(forced.status, 200);
  assert.deepEqual(
    [forced.body.topic, forced.body.hostPin, forced.body.supportCoHost],
    ['one', '9471', false],
  );
});

test('history.reversible: what came before has to be known', async () => {
  // Somebody without a default site, who then gets one: there is nothing to go back to.
  const email = 'new@example.com';
  const id = await addUser(database, { email, sites: [site4] });
  const forget = { sql: 'update users set default_site_url = null where id = ?', values: [id] };
  await database.write([forget, directoryChanged]);
  const path = pathOf('sites', { defaultSite: 'true', userEmail: email });
  assert.equal((await request({ method: 'PUT', path, as: 'admin', body: { siteUrl: site4 } })).status, 200);
  const first = await latestChange(request, 'admin', 'sites', { userEmail: email });
  assert.deepEqual([first.before, first.after], [{}, { defaultSite: site4 }]);
  assertRefused(await revert(request, 'admin', first.id, { userEmail: email }), 409, 'history.reversible');

  await refreshRooms(request, site1, { [john]: 'kept-1' });
  await refreshRooms(request, site1, { [john]: 'kept-2' });
  const on = { siteUrl: site1 };
  const change = await latestChange(request, 'john', 'personalMeetingRoomId', on);
  const prune = "delete from preferences where section = 'personalMeetingRoomId' and revision < 2";
  await database.write([{ sql: prune, values: [] }]);
  assertRefused(await revert(request, 'admin', change.id, on), 409, 'history.reversible');
  assertRefused(await revert(request, 'admin', change.id, on, { force: true }), 409, 'history.reversible');
});
