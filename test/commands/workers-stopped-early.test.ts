/** `anteroom serve --workers N` that is told to stop before it is ready: whoever serves already is drained, nobody is left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { unopenedUrl } from '../helpers/databases.ts';
import { freePort } from '../helpers/postgres-cluster.ts';
import {
  childrenOf,
  isAlive,
  type Running,
  runServer,
  type Started,
  startProgram,
  temporaryFolder,
} from '../helpers/process.ts';
import { notes, openRequest, status, until } from '../helpers/workers.ts';

const databaseUrl = await unopenedUrl();
const folder = temporaryFolder();
const args = ['serve', '--workers', '2', '--database-url', databaseUrl];

type Starting = Started & Pick<Running, 'url' | 'screen'>;

async function start(): Promise<Starting> {
  const port = await freePort();
  const started = startProgram([...args, '--port', String(port)], folder);
  const screen = (): string => started.output.out + started.output.err;
  return { ...started, screen, url: `http://127.0.0.1:${port}` };
}

test('a signal at any moment of the start: the end, with 0, without a complaint and with nobody left', async () => {
  // How long a start takes depends on the machine; that of the first ones, which make the tables, is cut off as well.
  const began = Date.now();
  await runServer(['serve', '--workers', '2', '--database-url', await unopenedUrl()], folder);
  const wholeMs = Date.now() - began;
  let early = 0;
  for (let part = 0.1; part < 1.3; part += 0.1) {
    const delayMs = wholeMs * part;
    const { child, finished, screen } = await start();
    await wait(delayMs);
    const workers = childrenOf(child.pid!);
    child.kill('SIGTERM');
    const { code, err } = await finished;
    const isUp = /"msg":"Ready"/.test(screen());
    // Before it has read its first line, a process ends by the signal.
    const isUnborn = code === null && screen() === '' && workers.length === 0;
    assert.ok(code === 0 || isUnborn, `after ${delayMs} ms: ${code}, ${screen()}`);
    assert.doesNotMatch(screen(), /"level":50/);
    assert.equal(err, isUp ? err : '');
    assert.deepEqual(workers.filter(isAlive), []);
    if (code === 0 && !isUp) early += 1;
  }
  assert.ok(early > 0, 'none was stopped while it started');
  const server = await runServer(args, folder);
  assert.equal(await status(`${server.url}/readyz`), 200);
});

/** One worker that listens beside one that is held up on its way there. */
async function halfStarted(): Promise<Starting & { workers: number[]; heldUp: number }> {
  const starting = await start();
  const { child, screen } = starting;
  await until(() => childrenOf(child.pid!).length === 2, screen);
  const workers = childrenOf(child.pid!);
  const heldUp = workers[1]!;
  process.kill(heldUp, 'SIGSTOP');
  await until(() => notes(starting, 'Worker ready').length === 1, screen);
  return { ...starting, workers, heldUp };
}

test('one that serves ends its requests, while another one is still starting', async () => {
  const { url, child, screen, finished, workers, heldUp } = await halfStarted();
  const running = await openRequest(url);
  child.kill('SIGTERM');
  process.kill(heldUp, 'SIGCONT');
  await until(() => !isAlive(heldUp), screen);
  await until(() => !childrenOf(child.pid!).includes(heldUp), screen);
  assert.equal(await status(`${url}/livez`), undefined);
  running.finish();
  assert.match(await running.ended, /^HTTP\/1\.1 200 OK/);
  const { code, err } = await finished;
  assert.deepEqual([code, err], [0, '']);
  assert.doesNotMatch(screen(), /"level":50|"msg":"Ready"/);
  assert.deepEqual(workers.filter(isAlive), []);
});

test('a second signal ends all at once, also one that cannot even start', async () => {
  const { url, child, finished, workers } = await halfStarted();
  await openRequest(url);
  child.kill('SIGTERM');
  await wait(100);
  child.kill('SIGTERM');
  assert.equal((await finished).code, 1);
  await wait(100);
  assert.deepEqual(workers.filter(isAlive), []);
});
