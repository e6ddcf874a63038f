/** Two server processes on one PostgreSQL: whichever is asked, what was acknowledged is there, and nothing is undone. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { type Client, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { wholeHistory } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { forkServer } from './processes.ts';

const clients = 12;
const operationsOfEach = 60;
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

/** Asks one of the two servers. */
async function ask(token: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const { url } = servers[Math.floor(Math.random() * servers.length)]!;
  const answer = await fetch(url + base + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** The delegates of a person as all clients together know them. */
class Delegates {
  /** An address that is being inserted or deleted is in neither set. */
  readonly present = new Set<string>();
  readonly absent = new Set<string>();
  accepted = 0;
  refused = 0;
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  async change(what: 'insert' | 'delete', email: string): Promise<void> {
    const [from, to] = what === 'insert' ? [this.absent, this.present] : [this.present, this.absent];
    from.delete(email);
    const path = `/schedulingOptions/delegateEmails/${what}`;
    const { status } = await ask(this.#person.token, 'POST', path, { emails: [email] });
    if (status === 200 || status === 204) this.accepted += 1;
    else {
      // Whoever loses too often is told so, and nothing has happened.
      assert.equal(status, 409);
      this.refused += 1;
    }
    (status === 409 ? from : to).add(email);
  }

  /** What was settled before the read began, and still is when it ends, has to be in what was read. */
  async check(): Promise<void> {
    const present = [...this.present];
    const absent = [...this.absent];
    const { status, body } = await ask(this.#person.token, 'GET', '/schedulingOptions');
    assert.equal(status, 200);
    const read = new Set<string>(body.delegateEmails);
    for (const email of present.filter((one) => this.present.has(one))) {
      assert.ok(read.has(email), `${email} was lost`);
    }
    for (const email of absent.filter((one) => this.absent.has(one))) {
      assert.ok(!read.has(email), `${email} came back`);
    }
  }
}

async function play(delegates: Delegates, client: number): Promise<void> {
  const own: string[] = [];
  for (let operation = 0; operation < operationsOfEach; operation += 1) {
    const dice = Math.random();
    if (dice < 0.4) await delegates.check();
    else if (dice < 0.75 || own.length === 0) {
      const email = `delegate${client}-${operation}@example.com`;
      await delegates.change('insert', email);
      if (delegates.present.has(email)) own.push(email);
    } else {
      const email = own.splice(Math.floor(Math.random() * own.length), 1)[0]!;
      await delegates.change('delete', email);
    }
  }
}

test('many clients of both servers at the same documents: no update is lost, no read is stale', async (t) => {
  const [one, two] = [new Delegates(people[0]!), new Delegates(people[1]!)];
  const count = `select max(revision)::int as revision, count(*)::int as versions from preferences
    where section = 'schedulingOptions' and user_id in ('${people[0]!.id}', '${people[1]!.id}')
    group by user_id order by user_id = '${people[1]!.id}'`;
  await Promise.all(
    Array.from({ length: clients }, (_, client) => play(client % 2 === 0 ? one : two, client)),
  );
  await one.check();
  await two.check();
  const versions = [one, two].map(({ accepted }) => ({ revision: 1 + accepted, versions: 1 + accepted }));
  assert.deepEqual(await runSql(databaseUrl, count), versions, 'a revision is not one 200');
  const orphans = `select count(*)::int as orphans from preferences later where revision > 1 and not exists (
    select 1 from preferences before where before.user_id = later.user_id and before.site_url = later.site_url
    and before.section = later.section and before.revision = later.revision - 1
    and before.checksum = later.parent)`;
  assert.deepEqual(await runSql(databaseUrl, orphans), [{ orphans: 0 }]);
  t.diagnostic(`${one.accepted + two.accepted} changes, ${one.refused + two.refused} refused with 409`);
  assert.ok(one.refused + two.refused < (one.accepted + two.accepted) / 100, 'too many lose');
});

/** What each change of the topic found and left, newest first. */
async function topicsOf(token: string): Promise<[before: string, after: string][]> {
  const headers = { authorization: `Bearer ${token}` };
  const owner: Client = (request) => clientOf(servers[0]!.url)({ ...request, headers });
  const items = await wholeHistory(owner, 'owner', { section: 'personalMeetingRoom', max: '100' });
  return items.map(({ before, after }) => [before.topic, after.topic]);
}

test('many clients of both servers at one document, each change a version of its own: all are in the history', async (t) => {
  const { token } = people[2]!;
  const former = (await topicsOf(token)).length;
  let accepted = 0;
  let refused = 0;
  const change = async (topic: string): Promise<void> => {
    const { status, body } = await ask(token, 'PATCH', '/personalMeetingRoom', { topic });
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
      for (let round = 0; round < 40; round += 1) await change(`topic ${client}-${round}`);
    }),
  );
  const topics = await topicsOf(token);
  assert.equal(topics.length, former + accepted);
  for (const [index, [before]] of topics.entries()) assert.equal(before, topics[index + 1]?.[1] ?? before);
  t.diagnostic(`${accepted} changes, ${refused} refused with 409`);
  assert.ok(refused < accepted / 20, 'too many lose');
});

test('a change of the directory through one server is seen by both, right after it was acknowledged', async () => {
  const sites = ['site1-example.webex.com', 'site2-example.webex.com', 'site3-example.webex.com'];
  await Promise.all(
    people.map(async ({ token }) => {
      for (let round = 0; round < 30; round += 1) {
        const siteUrl = sites[(round * 7 + Math.floor(Math.random() * 2)) % sites.length]!;
        const { status } = await ask(token, 'PUT', '/sites?defaultSite=true', { siteUrl });
        assert.equal(status, 200);
        const { body } = await ask(token, 'GET', '/sites');
        const standard = body.sites.filter((site: { default: boolean }) => site.default);
        assert.deepEqual(standard, [{ siteUrl, default: true }]);
      }
    }),
  );
});

test('a token revoked behind their backs stops working with both servers at once', async () => {
  const { token, id } = people[3]!;
  assert.equal((await ask(token, 'GET', '/video')).status, 200);
  await database.write([
    {
      sql: "update tokens set revoked = '2026-01-01T00:00:00.000Z' where user_id = ?",
      values: [id],
      changes: 1,
    },
    directoryChanged,
  ]);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    assert.equal((await ask(token, 'GET', '/video')).status, 401);
  }
});
