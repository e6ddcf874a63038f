/** `anteroom serve --workers 2` on PostgreSQL under load: both answer, one may be killed, and nothing acknowledged is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoOrganizations } from '../../src/development/demo.ts';
import { organizationStatement, siteStatement } from '../../src/directory/registration.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { pathOf } from '../helpers/bodies.ts';
import { openConversation } from '../helpers/conversation.ts';
import { emptyUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { openOwnConnection } from '../helpers/own-connection.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { isAlive, runServer, temporaryFolder } from '../helpers/process.ts';
import { workersOf } from '../helpers/workers.ts';
import { acknowledgedBy, delegates, makeWriters, verify, type Writer, writeNext } from './writers.ts';

const clients = 24;
const databaseUrl = await emptyUrl('postgres');
const all = await people();
const limits = ['--token-rate', '0'];
const server = await runServer(
  ['serve', '--workers', '2', '--database-url', databaseUrl, ...limits],
  temporaryFolder(),
);
const { url } = server;
const connections = all.map(() => openOwnConnection());

/** In an organization of their own: production refuses the demo organization. */
async function people(): Promise<Writer[]> {
  const database = await openAt(databaseUrl);
  const now = new Date().toISOString();
  const { id, name, sites } = demoOrganizations[0]!;
  await database.write([
    organizationStatement({ id, name }, now),
    ...sites.map((siteUrl) => siteStatement({ siteUrl, organizationId: id, settings: {} }, now)),
    directoryChanged,
  ]);
  const writers = await makeWriters(database, clients, [delegates]);
  await database.close();
  return writers;
}

/** Number and revision grew together from 1: a write that was lost, or applied twice, sets them apart. */
async function assertWhole(): Promise<void> {
  for (const [index, writer] of all.entries()) await verify(url, writer, connections[index]!.fetch);
  const rows = await runSql(
    databaseUrl,
    `select user_id, max(revision)::int as revision, count(*)::int as versions from preferences
     where section = 'schedulingOptions' group by user_id`,
  );
  const found = new Map(rows.map(({ user_id, revision, versions }) => [user_id, [revision, versions]]));
  for (const { id, acknowledged } of all) assert.deepEqual(found.get(id), [acknowledged, acknowledged]);
}

test('what one worker acknowledged, the other returns at once', async () => {
  const [victim] = await workersOf(server, 2);
  const checks: [writer: number, reader: number][] = [];
  await Promise.all(
    all.map(async (writer, index) => {
      for (let round = 1; round < clients; round += 1) {
        const { status } = await writeNext(url, writer, connections[index]!.fetch);
        assert.equal(status, 200);
        const reader = (index + round) % clients;
        await verify(url, writer, connections[reader]!.fetch);
        checks.push([index, reader]);
      }
    }),
  );
  // Whose connection breaks with it, the killed worker answered.
  process.kill(victim!, 'SIGKILL');
  await workersOf(server, 2, 3);
  const wasOfVictim = connections.map((connection) => connection.socket()!.destroyed);
  for (const [ofWriter, ofReader] of [
    [true, false],
    [false, true],
  ]) {
    const across = checks.filter(
      ([writer, reader]) => wasOfVictim[writer] === ofWriter && wasOfVictim[reader] === ofReader,
    );
    assert.ok(across.length > 0, `one worker answered all: ${wasOfVictim}`);
  }
  await assertWhole();
});

/** Writes until `isOver`; how often the connection broke on the way. */
async function keepWriting(index: number, isOver: () => boolean): Promise<number> {
  const [writer, { fetch: send }] = [all[index]!, connections[index]!];
  let broken = 0;
  while (!isOver()) {
    try {
      assert.equal((await writeNext(url, writer, send)).status, 200);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      broken += 1;
      await verify(url, writer, send);
    }
  }
  return broken;
}

test('a worker is killed under load: the other one goes on, the worker is replaced, nothing is lost', async () => {
  const kills = 3;
  let isOver = false;
  const writing = Promise.all(all.map((_, index) => keepWriting(index, () => isOver)));
  const killing = (async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      const workers = await workersOf(server, 2, 2 + kill);
      const victim = workers[kill % 2]!;
      await grow(clients);
      process.kill(victim, 'SIGKILL');
      while (isAlive(victim)) await wait(5);
      // Half of the clients have to come back to the other worker first.
      await grow(3 * clients);
      await workersOf(server, 2, 3 + kill);
    }
    await grow(clients);
  })().finally(() => {
    isOver = true;
  });
  const [broken] = await Promise.all([writing, killing]);
  const most = Math.max(...broken);
  assert.ok(most <= kills, `a kill broke more than one request of a client: ${broken}`);
  assert.ok(most > 0, 'nobody noticed');
  await assertWhole();
});

/** Resolves when so many more writes were acknowledged. */
async function grow(by: number): Promise<void> {
  const [goal, deadline] = [acknowledgedBy(all) + by, Date.now() + 10_000];
  while (acknowledgedBy(all) < goal) {
    assert.ok(Date.now() < deadline, 'nobody answers any more');
    await wait(1);
  }
}

/** A change that a worker waits for the body of, as it says itself; finishing it resolves with all that was answered. */
async function beginWrite({ token }: Writer, number: number): Promise<() => Promise<string>> {
  const body = JSON.stringify(delegates.bodyFor(number));
  const conversation = await openConversation(url);
  const headers = `Host: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n`;
  const path = pathOf(delegates.section);
  conversation.write(`PUT ${path} HTTP/1.1\r\n${headers}Content-Length: ${body.length}\r\n\r\n`);
  await conversation.answered;
  return () => {
    conversation.write(body);
    return conversation.ended;
  };
}

test('SIGTERM under load: what has begun is answered and kept, then all end with 0', async () => {
  const workers = await workersOf(server, 2);
  const [slow, busy] = [all.slice(0, clients / 2), all.slice(clients / 2)];
  let isOver = false;
  const load = busy.map(async (writer, index) => {
    const { fetch: send } = connections[clients / 2 + index]!;
    // Whoever comes too late is refused, or finds the connection closed.
    while (!isOver)
      isOver = await writeNext(url, writer, send).then(
        ({ status }) => status !== 200,
        () => true,
      );
  });
  const begun = await Promise.all(slow.map((writer) => beginWrite(writer, writer.sent + 1)));
  await grow(busy.length);
  server.child.kill('SIGTERM');
  await wait(200);
  assert.ok(workers.some(isAlive), 'nobody waits for what has begun');
  const answers = await Promise.all(begun.map((finish) => finish()));
  for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  await Promise.all(load);
  assert.equal((await server.finished).code, 0);
  assert.deepEqual(workers.filter(isAlive), []);
  const last = `select user_id, document from preferences p where section = 'schedulingOptions' and revision =
    (select max(revision) from preferences q where q.user_id = p.user_id and q.section = p.section)`;
  const documents = new Map(
    (await runSql(databaseUrl, last)).map((row) => [row.user_id, String(row.document)]),
  );
  for (const { id, sent } of slow) assert.match(documents.get(id)!, new RegExp(`first${sent + 1}@`));
  for (const { id, sent, acknowledged } of busy) {
    const number = Number(/first(\d+)@/.exec(documents.get(id)!)![1]);
    assert.ok(
      number >= acknowledged && number <= sent,
      `${acknowledged} was acknowledged, ${number} is there`,
    );
  }
});
