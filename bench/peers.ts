/** Other processes of the benchmark: each on its own core, asked over an IPC channel, ended by us alone. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The servers share one core, the load comes from another: neither takes time from the other. */
export const serverCore = 0;
export const loadCore = 1;

export function hasProgram(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const canPin = hasProgram('taskset');

/** `command` as it has to be started to stay on one core, where the system can do that. */
export function pinned(core: number, command: readonly string[]): string[] {
  return canPin ? ['taskset', '-c', String(core), ...command] : [...command];
}

export interface Usage {
  readonly cpuMicroseconds: number;
  readonly rssBytes: number;
}

/** A module of this folder in a process of its own; its first message says that it is ready. */
export class Peer {
  readonly #child: ChildProcess;
  /** Where it listens; 0 for one that does not. */
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  static async start(module: string, args: readonly string[], core: number | undefined): Promise<Peer> {
    const path = fileURLToPath(new URL(module, import.meta.url));
    const command = [process.execPath, path, ...args];
    const [program, ...rest] = core === undefined ? command : pinned(core, command);
    // A log on standard output goes to /dev/null: the price of writing lines, without a disk's.
    const child = spawn(program!, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const ready = (await answerOf(child)) as { port: number };
    return new Peer(child, ready.port);
  }

  /** Sends a question and resolves with the next message. One question at a time. */
  async ask<T>(question: unknown): Promise<T> {
    const answer = answerOf(this.#child);
    this.#child.send(question as object);
    return (await answer) as T;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`a process of the benchmark ended with ${code}`);
      }),
    ]);
  } finally {
    settled.abort();
  }
}

/** In a server's process: says where it listens, then answers how much it has used. Ends when its parent does. */
export function reportUsage(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() };
    process.send!(usage);
  });
  process.on('disconnect', () => process.exit());
  process.send!({ port });
}
