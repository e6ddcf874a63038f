/** The program as its users run it: a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspectLine } from './leaks.ts';

export const program = fileURLToPath(new URL('../../bin/anteroom.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything it has written so far. */
  readonly screen: () => string;
  /** Its end, once it was asked to stop. */
  readonly finished: Promise<Finished>;
}

/** What was started and has to end before its folder goes: it would write into what is being removed. */
const running: Started[] = [];

after(async () => {
  for (const { child, finished } of running) {
    child.kill('SIGKILL');
    await finished;
  }
});

/** Removed at the very end, when no thread of this process has a database open in them any more. */
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-test-'));
  folders.push(folder);
  return folder;
}

export interface Started {
  readonly child: ChildProcess;
  readonly output: { out: string; err: string };
  readonly finished: Promise<Finished>;
}

/** Starts the program without waiting for anything; killed after the test file if it has not ended. */
export function startProgram(
  args: readonly string[],
  cwd: string,
  nodeFlags: readonly string[] = [],
): Started {
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  const finished = once(child, 'close').then(([code]) => {
    for (const line of output.out.split('\n')) if (line.startsWith('{"level":')) inspectLine(line);
    return { code: code as number | null, ...output };
  });
  const started = { child, output, finished };
  running.push(started);
  return started;
}

/** Runs a command to its end. */
export function run(
  args: readonly string[],
  cwd: string,
  nodeFlags: readonly string[] = [],
): Promise<Finished> {
  return startProgram(args, cwd, nodeFlags).finished;
}

const readyWithinMs = 20_000;

/** Starts a server on a free port and waits until it says that it is ready. */
export async function runServer(args: readonly string[], cwd: string): Promise<Running> {
  const { child, output, finished } = startProgram([...args, '--port', '0'], cwd);
  const screen = (): string => output.out + output.err;
  const deadline = Date.now() + readyWithinMs;
  while (!/\bReady\b/.test(screen())) {
    if (Date.now() > deadline) throw new Error(`the server does not get ready: ${screen()}`);
    const ended = await Promise.race([
      finished,
      new Promise<undefined>((resolve) => setTimeout(resolve, 10, undefined)),
    ]);
    if (ended !== undefined) throw new Error(`the server ended with ${ended.code}: ${ended.out}${ended.err}`);
  }
  return { child, url: /http:\/\/[\d.]+:\d+/.exec(screen())![0], screen, finished };
}

export function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** The processes that this one has started and that have not ended. */
export function childrenOf(id: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(id)], { encoding: 'utf8' });
  return stdout.split(/\s+/).filter(Boolean).map(Number);
}
