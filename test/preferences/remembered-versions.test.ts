/** Two servers that remember documents of the same people: what one of them changed, the other never answers or judges by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pruneVersions } from '../../src/preferences/history/pruning-store.ts';
import { site3, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, type Client, clientOf } from '../helpers/client.ts';
import { demoUrl, engine } from '../helpers/databases.ts';
import { patch, wholeHistory } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addPerson, addUser } from '../helpers/people.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { quietLog, startServer } from '../helpers/server.ts';

const url = await demoUrl();
const { database, ...first } = await startServer({ database: await openAt(url) });
const one = clientOf(first.url);
const other = clientOf((await startServer({ database: await openAt(url) })).url);
const path = `/v1/meetingPreferences/audio?siteUrl=${site3}`;
let people = 0;

async function newcomer(): Promise<{ name: string; id: string }> {
  people += 1;
  const name = `remembered${people}`;
  return { name, id: await addPerson(database!, name, { sites: [site4, site3] }) };
}

/** Somebody whose audio options the first server remembers, as they were before the second one changed them. */
async function somebody(described: string): Promise<{ name: string; former: string; current: string }> {
  const { name } = await newcomer();
  const before = await describe(one, name, '');
  const after = await describe(other, name, described);
  assert.deepEqual([before.status, after.status], [200, 200]);
  return { name, former: before.headers.get('etag')!, current: after.headers.get('etag')! };
}

function describe(request: Client, as: string, otherTeleconferenceDescription: string): Promise<Answer> {
  return patch(request, as, 'audio', { otherTeleconferenceDescription }, { siteUrl: site3 });
}

function choose(as: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const body = { defaultAudioType: 'otherTeleconferenceService' };
  return one({ method: 'PATCH', path, as, body, headers });
}

test('a read sees what the other server changed, and has its text once it knows the version', async () => {
  const { name, current } = await somebody('Bridge 1');
  for (let repetition = 0; repetition < 3; repetition += 1) {
    const { body, headers } = await one({ path, as: name });
    assert.deepEqual([body.otherTeleconferenceDescription, headers.get('etag')], ['Bridge 1', current]);
  }
});

test('a change that only the newer version allows is made', async () => {
  const { name } = await somebody('Bridge 2');
  const { status, body } = await choose(name);
  assert.deepEqual([status, body.otherTeleconferenceDescription], [200, 'Bridge 2']);
});

test('a change that only the former version allows is refused', async () => {
  const { name } = await somebody('');
  assert.equal((await describe(one, name, 'Bridge 3')).status, 200);
  assert.equal((await describe(other, name, '')).status, 200);
  assertRefused(await choose(name), 400, 'audio.other-description-needed');
});

test('If-Match is judged by the version in force: the newer holds, the former does not', async () => {
  const { name, former, current } = await somebody('Bridge 4');
  assertRefused(await choose(name, { 'if-match': former }), 412, 'request.if-match');
  const { status, body } = await choose(name, { 'if-match': current });
  assert.deepEqual([status, body.defaultAudioType], [200, 'otherTeleconferenceService']);
});

test('changes by turns on both servers build on each other, however often memory is outdated', async () => {
  const { name } = await somebody('Bridge 5');
  const turns = Array.from({ length: 60 }, (_, turn) => `Bridge 5.${turn}`);
  for (const [turn, described] of turns.entries()) {
    assert.equal((await describe(turn % 2 === 0 ? one : other, name, described)).status, 200);
  }
  const items = await wholeHistory(one, name, { siteUrl: site3, section: 'audio', max: '100' });
  const made = items.map(({ after: { otherTeleconferenceDescription } }) => otherTeleconferenceDescription);
  assert.deepEqual(made.slice(0, turns.length), turns.toReversed());
  const found = items.map(({ before: { otherTeleconferenceDescription } }) => otherTeleconferenceDescription);
  assert.deepEqual(found.slice(0, turns.length - 1), turns.toReversed().slice(1));
});

test('many changes at once are all made: on both servers, on outdated memory, after others changed the directory', async () => {
  const { name } = await somebody('Bridge 6');
  const burst = async (described: string, servers: readonly Client[]): Promise<void> => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        describe(servers[index % servers.length]!, name, `${described}.${index}`),
      ),
    );
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  };
  await burst('outdated', [one]);
  await addUser(database!, { email: 'unrelated@example.com', sites: [site4] });
  await burst('foreseen', [other]);
  await describe(one, name, 'last');
  const items = await wholeHistory(one, name, { siteUrl: site3, section: 'audio', max: '100' });
  assert.equal(items.length, 2 + 20 + 20 + 1);
});

test('the number of a version is not given again when history forgot it', async () => {
  const { name } = await somebody('Bridge 7');
  for (const described of ['Bridge 7.1', 'Bridge 7.2']) await describe(other, name, described);
  for await (const _ of pruneVersions(database!, '2999-01-01T00:00:00.000Z'));
  assert.equal((await describe(one, name, 'Bridge 7.3')).headers.get('etag')?.slice(0, 3), '"5-');
  assert.equal((await one({ path, as: name })).body.otherTeleconferenceDescription, 'Bridge 7.3');
});

test('nor when memory knows of none, and all but the last were forgotten', async () => {
  const { name, id } = await newcomer();
  assert.equal((await one({ path, as: name })).status, 200);
  for (const described of ['Bridge 8.1', 'Bridge 8.2', 'Bridge 8.3']) await describe(other, name, described);
  for await (const _ of pruneVersions(database!, '2999-01-01T00:00:00.000Z'));
  assert.equal((await describe(one, name, 'Bridge 8.4')).headers.get('etag')?.slice(0, 3), '"4-');
  const rows = await database!.all('select revision from preferences where user_id = ? order by revision', [
    id,
  ]);
  assert.deepEqual(
    rows.map(({ revision }) => revision),
    [3, 4],
  );
});

test('a text that is gone from its row is damage, and nothing that anybody knows already', async (t) => {
  if (engine === 'sqlite') return t.skip('SQLite lets nobody take the condition away that there is a text');
  const { name, id } = await newcomer();
  for (const described of ['Bridge 9.1', 'Bridge 9.2']) await describe(other, name, described);
  await runSql(url, 'alter table preferences alter document drop not null');
  await runSql(url, `update preferences set document = null where user_id = '${id}'`);
  const third = clientOf((await startServer({ database: await openAt(url), log: quietLog })).url);
  assertRefused(await third({ path, as: name }), 500);
});
