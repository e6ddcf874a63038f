/** `anteroom serve --workers N` with real processes: one port, one screen, replaced when they die, stopped together. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoUrl, unopenedUrl } from '../helpers/databases.ts';
import { isAlive, type Running, run, runServer, temporaryFolder } from '../helpers/process.ts';
import { notes, openRequest, status, withinMs, workersOf } from '../helpers/workers.ts';

async function serve(...args: string[]): Promise<Running> {
  const database = ['--database-url', await unopenedUrl()];
  return runServer(['serve', ...database, ...args], temporaryFolder());
}

test('all share one port and say once that they are ready', async () => {
  const server = await serve('--workers', '3');
  await workersOf(server, 3);
  const answers = await Promise.all(Array.from({ length: 30 }, () => status(`${server.url}/readyz`)));
  assert.deepEqual(new Set(answers), new Set([200]));
  assert.equal(notes(server, 'Ready').length, 1);
  assert.equal(server.screen().split('Description').length, 2);
  server.child.kill('SIGTERM');
  const { code, out } = await server.finished;
  assert.equal(code, 0);
  const lines = out.trimEnd().split('\n');
  assert.equal(lines.map((line) => JSON.parse(line)).filter(({ status }) => status === 200).length, 30);
});

test('a worker that dies under load takes only its own requests with it, and is replaced', async () => {
  const server = await serve('--workers', '2');
  const [victim] = await workersOf(server, 2);
  const clients = 16;
  let isOver = false;
  const failures = await new Promise<number[]>((resolve, reject) => {
    const load = Array.from({ length: clients }, async () => {
      let failed = 0;
      while (!isOver) {
        const answer = await status(`${server.url}/readyz`);
        if (answer === undefined) failed += 1;
        else assert.equal(answer, 200);
      }
      return failed;
    });
    Promise.all(load).then(resolve, reject);
    wait(300)
      .then(() => process.kill(victim!, 'SIGKILL'))
      .then(() => workersOf(server, 2, 3))
      .then(() => wait(300))
      .then(() => {
        isOver = true;
      }, reject);
  });
  // Each client has one request under way, which was on the victim or was not.
  assert.ok(
    failures.every((failed) => failed <= 1),
    failures.join(' '),
  );
  assert.match(server.screen(), new RegExp(`The worker ${victim} ended with SIGKILL`));
});

test('a port that was picked stays the same when all workers died, and pauses grow', async () => {
  const server = await serve('--workers', '2');
  for (let round = 1; round <= 2; round += 1) {
    for (const pid of await workersOf(server, 2, 2 * round)) process.kill(pid, 'SIGKILL');
  }
  await workersOf(server, 2, 6);
  assert.equal(await status(`${server.url}/readyz`), 200);
  const times = notes(server, 'Worker ready').map(({ time }) => time);
  assert.ok(times[4]! - times[3]! >= 100 * 2 ** 3, `paused ${times[4]! - times[3]!} ms`);
});

test('SIGTERM lets running requests end, refuses new connections and exits with 0', async () => {
  const server = await serve('--workers', '2');
  const pids = await workersOf(server, 2);
  const running = await openRequest(server.url);
  server.child.kill('SIGTERM');
  await wait(300);
  assert.equal(await status(`${server.url}/livez`), undefined);
  running.finish();
  assert.match(await running.ended, /^HTTP\/1\.1 200 OK/);
  assert.equal((await server.finished).code, 0);
  assert.deepEqual(pids.filter(isAlive), []);
});

test('a signal to all processes at once, as from a terminal, is one stop', async () => {
  const server = await serve('--workers', '2');
  const pids = await workersOf(server, 2);
  const running = await openRequest(server.url);
  for (const pid of [server.child.pid!, ...pids]) process.kill(pid, 'SIGINT');
  await wait(300);
  running.finish();
  assert.match(await running.ended, /^HTTP\/1\.1 200 OK/);
  assert.equal((await server.finished).code, 0);
});

test('a request that never ends is cut off after the time-out, or by a second signal at once', async () => {
  for (const signals of [1, 2]) {
    const timeout = signals === 1 ? '200' : '60000';
    const server = await serve('--workers', '2', '--stop-timeout-ms', timeout);
    const pids = await workersOf(server, 2);
    await openRequest(server.url);
    for (let sent = 0; sent < signals; sent += 1) {
      server.child.kill('SIGTERM');
      await wait(100);
    }
    assert.equal((await server.finished).code, signals === 1 ? 0 : 1);
    await wait(100);
    assert.deepEqual(pids.filter(isAlive), []);
  }
});

test('workers do not outlive a supervisor that was killed', async () => {
  const server = await serve('--workers', '2');
  const pids = await workersOf(server, 2);
  server.child.kill('SIGKILL');
  for (const deadline = Date.now() + withinMs; pids.some(isAlive); await wait(20)) {
    assert.ok(Date.now() < deadline, 'they are still there');
  }
});

test('what keeps them from starting is said once, with the exit code of one process', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  after(() => taken.close());
  const { port } = taken.address() as { port: number };
  const folder = temporaryFolder();
  const url = ['--database-url', await unopenedUrl()];
  const cases: readonly [args: string[], code: number, sentence: RegExp][] = [
    [[...url, '--port', String(port)], 1, /Port \d+ is taken\./],
    [['--database-url', await demoUrl()], 1, /demo organization/],
    [['--database-url', 'sqlite::memory:'], 2, /belongs to one process/],
    [['--workers', '0'], 2, /--workers must be a whole number from 1 to 64/],
  ];
  for (const [args, code, sentence] of cases) {
    const finished = await run(['serve', '--workers', '3', ...args], folder);
    assert.equal(finished.code, code, finished.err);
    assert.match(finished.err, sentence);
    assert.equal(finished.err.trimEnd().split('\n').length, 1, finished.err);
    assert.equal(finished.out, '');
  }
});
