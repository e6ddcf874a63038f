/** `anteroom serve --workers` whose workers cannot start: told once at the start, and tried again and again later. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { unopenedUrl } from '../helpers/databases.ts';
import { freePort, startCluster } from '../helpers/postgres-cluster.ts';
import { isAlive, run, runServer, temporaryFolder } from '../helpers/process.ts';
import { notes, status, until, workersOf } from '../helpers/workers.ts';

const cluster = await startCluster();
after(() => cluster.stop());
/** The key of a database is made in the first start, and lies here. */
const folder = temporaryFolder();

test('what keeps all of them from starting is said once, and the exit code is 1', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  after(() => taken.close());
  const { port } = taken.address() as { port: number };
  const nobody = `postgres://postgres@127.0.0.1:${await freePort()}/anteroom`;
  const cases: [databaseUrl: string, port: number, sentence: RegExp][] = [
    [nobody, 0, /^PostgreSQL at 127\.0\.0\.1:\d+\/anteroom cannot be used: .*ECONNREFUSED.*\.$/],
  ];
  // Again and again, because the others are killed wherever they are by then, and each of those ends has to be noticed.
  const unopened = await unopenedUrl('postgres');
  for (let start = 0; start < 5; start += 1) cases.push([unopened, port, /^Port \d+ is taken\. .*\.$/]);
  for (const [databaseUrl, port, sentence] of cases) {
    const args = ['serve', '--workers', '4', '--database-url', databaseUrl, '--port', String(port)];
    const { code, out, err } = await run(args, folder);
    assert.deepEqual([code, out], [1, ''], err);
    assert.match(err.trimEnd(), sentence);
  }
});

async function stopDatabase(): Promise<void> {
  const id = cluster.processId();
  process.kill(id, 'SIGQUIT');
  await until(
    () => !isAlive(id),
    () => 'PostgreSQL ended',
  );
}

const args = ['serve', '--workers', '2', '--database-url', cluster.urlOf('postgres')];

test('while the database is away, replacements are tried at growing intervals, and each try is told once', async () => {
  const server = await runServer(args, folder);
  const [victim, other] = await workersOf(server, 2);
  await stopDatabase();
  process.kill(victim!, 'SIGKILL');
  const failures = () => notes(server, 'failed').filter(({ error }) => /cannot be used/.test(error));
  await until(() => failures().length >= 4, server.screen);
  // Not readyz: it fails, and is right.
  assert.equal(await status(`${server.url}/livez`), 200);
  assert.equal(await status(`${server.url}/readyz`), 503);
  const times = failures().map(({ time }) => time);
  for (const [index, time] of times.entries()) {
    if (index > 0) assert.ok(time - times[index - 1] >= 100 * 2 ** index, `tried again too soon: ${times}`);
  }
  // Nothing else is said of those that could not start.
  const ends = notes(server, 'failed').filter(({ error }) => /The worker \d+ ended/.test(error));
  assert.deepEqual(
    ends.map(({ error }) => error),
    [`Error: The worker ${victim} ended with SIGKILL.`],
  );
  await cluster.start();
  const workers = await workersOf(server, 2, 3);
  assert.ok(workers.includes(other!));
  assert.equal(await status(`${server.url}/readyz`), 200);
  server.child.kill('SIGTERM');
  assert.equal((await server.finished).code, 0);
});

test('with no worker left it goes on trying, and stops when it is told to', async () => {
  const server = await runServer(args, folder);
  const workers = await workersOf(server, 2);
  await stopDatabase();
  for (const pid of workers) process.kill(pid, 'SIGKILL');
  const failures = () => notes(server, 'failed').filter(({ error }) => /cannot be used/.test(error));
  await until(() => failures().length >= 2, server.screen);
  assert.equal(await status(`${server.url}/livez`), undefined);
  await cluster.start();
  await workersOf(server, 2, 4);
  assert.equal(await status(`${server.url}/readyz`), 200);
  await stopDatabase();
  for (const pid of await workersOf(server, 2, 4)) process.kill(pid, 'SIGKILL');
  await until(() => failures().length >= 3, server.screen);
  await wait(50);
  server.child.kill('SIGTERM');
  const stopped = Date.now();
  assert.equal((await server.finished).code, 0);
  assert.ok(Date.now() - stopped < 2_000, 'it waited for the next try');
  await cluster.start();
});
