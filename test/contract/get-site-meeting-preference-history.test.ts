import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deletionsIn } from '../../src/commands/lookup.ts';
import { onlyOwnServer, site1, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { type Item, patch, refreshRooms, setDefaultSite, siteHistoryPage } from '../helpers/history.ts';
import { addPerson, addToken, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const on = { siteUrl: site3 };
const john = 'john.andersen@example.com';
const marcus = 'marcus.hoffmann@example.com';

async function itemsOf(query: Record<string, string> = {}): Promise<Item[]> {
  const answer = await siteHistoryPage(request, 'admin', { ...on, ...query });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.items;
}

async function changeTopic(as: string, topic: string): Promise<void> {
  assert.equal((await patch(request, as, 'personalMeetingRoom', { topic }, on)).status, 200);
}

test('200 with the changes of everybody on the site, newest first', async () => {
  for (const as of ['john', 'marcus', 'john']) await changeTopic(as, `by ${as} ${Math.random()}`);
  const items = await itemsOf({ max: '3' });
  assert.deepEqual(
    items.map(({ userEmail }) => userEmail),
    [john, marcus, john],
  );
  assert.ok(items.every(({ siteUrl }) => siteUrl === site3));
  const elsewhere = await siteHistoryPage(request, 'admin', { siteUrl: site1, max: '100' });
  assert.ok(elsewhere.body.items.every(({ siteUrl }: Item) => siteUrl === site1));
});

test('200 for one user of the site, in any case', async () => {
  await changeTopic('marcus', 'mine');
  await changeTopic('john', 'not his');
  const items = await itemsOf({ userEmail: marcus.toUpperCase(), max: '100' });
  assert.equal(items[0].after.topic, 'mine');
  assert.ok(items.every(({ userEmail }) => userEmail === marcus));
});

test('200 for the default site of the administrator when siteUrl is left out', async () => {
  const { body } = await siteHistoryPage(request, 'admin', { max: '100' });
  assert.ok(body.items.every(({ siteUrl }: Item) => siteUrl === 'site4-example.webex.com'));
});

test('200 shows each row of a batch, under one id', async () => {
  const [first, second] = [`a-${Math.random()}`.slice(0, 10), `b-${Math.random()}`.slice(0, 10)];
  await refreshRooms(request, site3, { [john]: first, [marcus]: second });
  const rows = await itemsOf({ section: 'personalMeetingRoomId', max: '2' });
  assert.equal(rows[0].id, rows[1].id);
  const ids = rows.map(({ userEmail, after }) => [userEmail, after.personalMeetingRoomId]);
  assert.deepEqual(ids.sort(), [
    [john, first],
    [marcus, second],
  ]);
});

test('200 shows a default site on the site that became it', async () => {
  await setDefaultSite(request, 'john', site1);
  await setDefaultSite(request, 'john', site3);
  const [item] = await itemsOf({ section: 'sites' });
  assert.deepEqual([item.userEmail, item.after], [john, { defaultSite: site3 }]);
  await setDefaultSite(request, 'john', 'site4-example.webex.com');
  assert.deepEqual((await itemsOf({ section: 'sites' }))[0], item);
});

test('200 in pages that meet, with the filters of the user’s own history', async () => {
  for (let count = 0; count < 5; count += 1) await changeTopic('john', `page ${count}`);
  const collected: Item[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await siteHistoryPage(request, 'admin', {
      ...on,
      max: '3',
      ...(cursor === undefined ? {} : { cursor }),
    });
    collected.push(...body.items);
    cursor = body.cursor;
  } while (cursor !== undefined && collected.length < 90);
  assert.deepEqual(collected, (await itemsOf({ max: '100' })).slice(0, collected.length));
  const audio = await itemsOf({ section: 'audio', from: '2020-01-01', to: '2020-01-02' });
  assert.deepEqual(audio, []);
});

test('403 for everybody who does not administer the site, whether or not it exists', async () => {
  assertRefused(await siteHistoryPage(request, 'john', on), 403, 'token.scope');
  const answers: Answer[] = [];
  for (const siteUrl of ['other-example.webex.com', 'nowhere-example.webex.com']) {
    answers.push(await siteHistoryPage(request, 'admin', { siteUrl }));
  }
  answers.push(
    await siteHistoryPage(request, 'site-admin', on),
    await siteHistoryPage(request, 'other-admin', on),
  );
  for (const answer of answers) {
    assertRefused(answer, 403, 'subject.managed-site');
    assert.equal(answer.body.message, answers[0]!.body.message);
  }
});

test('404 for a user who is not on the site, or of another organization', async () => {
  for (const userEmail of ['nobody@example.com', 'olga@other.example']) {
    assertRefused(await siteHistoryPage(request, 'admin', { ...on, userEmail }), 404, 'subject.user');
  }
});

test('403 with the user-level scope alone, 200 with the admin-level one alone', onlyOwnServer, async () => {
  const alex = demoUserId('admin@example.com');
  await addToken(server.database!, alex, 'only-user', { scopes: ['meeting:preferences_read'] });
  await addToken(server.database!, alex, 'only-admin', { scopes: ['meeting:admin_preferences_read'] });
  assertRefused(await siteHistoryPage(request, 'only-user', on), 403, 'token.scope');
  assert.equal((await siteHistoryPage(request, 'only-admin', on)).status, 200);
});

test('200 still shows who was deleted', onlyOwnServer, async () => {
  const id = await addPerson(server.database!, 'brief', { sites: [site3] });
  await changeTopic('brief', 'hello');
  assert.equal((await itemsOf({ max: '1' }))[0].userEmail, 'brief@example.com');
  assert.equal(await deletionsIn(server.database!).deleteUser(id), true);
  assert.equal((await itemsOf({ max: '1' }))[0].userEmail, 'brief@example.com');
});
