/** From the start of `anteroom dev` to its first answer of 200, and the memory it then has, with and without Node's compile cache. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../test/helpers/postgres-cluster.ts';
import { median } from './comparison.ts';
import { pinned, serverCore } from './peers.ts';
import { paths } from './scenarios.ts';

export interface StartUp {
  /** As `npm ci` leaves it: compiled once, and a new database. */
  readonly firstMs: number;
  /** The same with the database of the last time. */
  readonly warmMs: number;
  /** Nothing compiled before, and a new database. */
  readonly coldMs: number;
  /** Resident memory after the first answer of a warm start. */
  readonly idleMb: number;
}

interface Started {
  readonly ms: number;
  readonly rssMb: number;
}

export const program = fileURLToPath(new URL('../bin/anteroom.js', import.meta.url));
const repetitions = 10;
const givenUpAfterMs = 20_000;

export async function measureStartUp(folder: string): Promise<StartUp> {
  execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/warm.ts', import.meta.url))], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const first: number[] = [];
  const cold: number[] = [];
  for (let run = 0; run < repetitions; run += 1) {
    const place = join(folder, `new${run}`);
    first.push((await startOnce(place)).ms);
    rmSync(place, { recursive: true });
    cold.push((await startOnce(place, join(place, 'compiled'))).ms);
    rmSync(place, { recursive: true });
  }
  const place = join(folder, 'warm');
  await startOnce(place);
  const warm: Started[] = [];
  for (let run = 0; run < repetitions; run += 1) warm.push(await startOnce(place));
  return {
    firstMs: median(first),
    warmMs: median(warm.map(({ ms }) => ms)),
    coldMs: median(cold),
    idleMb: median(warm.map(({ rssMb }) => rssMb)),
  };
}

/** Works in `place`, where the database is, with what is compiled in the program's own place or in another. */
async function startOnce(place: string, compiled?: string): Promise<Started> {
  mkdirSync(place, { recursive: true });
  const port = await freePort();
  const database = `sqlite:${join(place, 'anteroom.db')}`;
  const options = ['dev', '--port', String(port), '--database-url', database];
  const [command, ...rest] = pinned(serverCore, [process.execPath, program, ...options]);
  const start = performance.now();
  const child = spawn(command!, rest, {
    cwd: place,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }) },
  });
  const gone = once(child, 'exit');
  try {
    while (!(await answers(port))) {
      const isLost = child.exitCode !== null || performance.now() - start > givenUpAfterMs;
      if (isLost) throw new Error('anteroom dev did not start');
      await wait(1);
    }
    const ms = performance.now() - start;
    const rssKb = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
    return { ms, rssMb: Number(rssKb) / 1024 };
  } finally {
    // Asked rather than killed: the compile cache is written on the way out.
    child.kill('SIGTERM');
    await gone;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { authorization: 'Bearer anteroom-dev-john', connection: 'close' };
    const get = request({ host: '127.0.0.1', port, path: paths.schedulingOptions, headers }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    get.on('error', () => resolve(false)).end();
  });
}
