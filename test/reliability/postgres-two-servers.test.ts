/** Two server processes on one PostgreSQL: a storm at one document, and changes of who may do what. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { wholeHistory } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { seedPopulation } from '../helpers/population.ts';
import { clientWith } from '../helpers/tokens.ts';
import { forkServer } from './processes.ts';

const clients = 12;
const base = '/v1/meetingPreferences';

const databaseUrl = await demoUrl('postgres');
const database = await openAt(databaseUrl);
after(() => database.close());
const people = await seedPopulation(database, 4, new Date().toISOString());
const servers = [await forkServer(databaseUrl), await forkServer(databaseUrl)];

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  readonly body: any;
}

/** Asks one of the servers, whatever the number. */
async function ask(
  server: number,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const { url } = servers[server % servers.length]!;
  const answer = await fetch(url + base + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What each change of the topic found and left, newest first. */
async function topicsOf(token: string): Promise<[before: string, after: string][]> {
  const owner = clientWith(clientOf(servers[0]!.url), token);
  const items = await wholeHistory(owner, undefined, { section: 'personalMeetingRoom', max: '100' });
  return items.map(({ before, after }) => [before.topic, after.topic]);
}

test('many clients of both servers at one document, each change a version of its own: all are in the history', async (t) => {
  const { token } = people[2]!;
  const former = (await topicsOf(token)).length;
  let accepted = 0;
  let refused = 0;
  const change = async (client: number, round: number): Promise<void> => {
    const topic = `topic ${client}-${round}`;
    const { status, body } = await ask(client + round, token, 'PATCH', '/personalMeetingRoom', { topic });
    if (status === 200) {
      accepted += 1;
      assert.equal(body.topic, topic);
    } else {
      assert.equal(status, 409);
      refused += 1;
    }
  };
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let round = 0; round < 40; round += 1) await change(client, round);
    }),
  );
  const topics = await topicsOf(token);
  assert.equal(topics.length, former + accepted);
  for (const server of servers.keys()) {
    const { body } = await ask(server, token, 'GET', '/personalMeetingRoom');
    assert.equal(body.topic, topics[0]![1]);
  }
  for (const [index, [before]] of topics.entries()) assert.equal(before, topics[index + 1]?.[1] ?? before);
  t.diagnostic(`${accepted} changes, ${refused} refused with 409`);
  assert.ok(refused < accepted / 20, 'too many lose');
});

test('a change of the directory through one server is seen by both, right after it was acknowledged', async () => {
  const sites = ['site1-example.webex.com', 'site2-example.webex.com', 'site3-example.webex.com'];
  await Promise.all(
    people.map(async ({ token }) => {
      for (let round = 0; round < 30; round += 1) {
        const siteUrl = sites[round % sites.length]!;
        const { status } = await ask(round, token, 'PUT', '/sites?defaultSite=true', { siteUrl });
        assert.equal(status, 200);
        for (const server of servers.keys()) {
          const { body } = await ask(server, token, 'GET', '/sites');
          const standard = body.sites.filter((site: { default: boolean }) => site.default);
          assert.deepEqual(standard, [{ siteUrl, default: true }]);
        }
      }
    }),
  );
});

test('a token revoked behind their backs stops working with both servers at once', async () => {
  const { token, id } = people[3]!;
  for (const server of servers.keys()) {
    assert.equal((await ask(server, token, 'GET', '/video')).status, 200);
  }
  await database.write([
    {
      sql: "update tokens set revoked = '2026-01-01T00:00:00.000Z' where user_id = ?",
      values: [id],
      changes: 1,
    },
    directoryChanged,
  ]);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    assert.equal((await ask(attempt, token, 'GET', '/video')).status, 401);
  }
});
