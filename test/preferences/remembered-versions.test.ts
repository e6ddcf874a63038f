/** Two servers that remember documents of the same people: what one of them changed, the other never answers or judges by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site3, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, type Client, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { patch, wholeHistory } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addToken, addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const url = await demoUrl();
const { database, ...first } = await startServer({ database: await openAt(url) });
const one = clientOf(first.url);
const other = clientOf((await startServer({ database: await openAt(url) })).url);
const path = `/v1/meetingPreferences/audio?siteUrl=${site3}`;
let people = 0;

/** Somebody whose audio options the first server remembers, as they were before the second one changed them. */
async function somebody(described: string): Promise<{ name: string; former: string; current: string }> {
  people += 1;
  const name = `remembered${people}`;
  await addToken(
    database!,
    await addUser(database!, { email: `${name}@example.com`, sites: [site4, site3] }),
    name,
  );
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

test('of many changes at once on both servers all are made, one after the other', async () => {
  const { name } = await somebody('Bridge 6');
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      describe(index % 2 === 0 ? one : other, name, `Bridge 6.${index}`),
    ),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(() => 200),
  );
  const items = await wholeHistory(one, name, { siteUrl: site3, section: 'audio' });
  assert.equal(items.length, 8);
});
