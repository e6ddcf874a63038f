/** `anteroom serve` as several processes on one port: starts them, replaces those that die, and stops them together. */
import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../platform/config.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openDatabase } from '../platform/open.ts';
import { type ForkedWorker, forkWorker } from './forked-worker.ts';
import { type Io, UsageError } from './io.ts';
import { announce, prepareForProduction } from './start.ts';
import { runWorker } from './worker.ts';

/** Who dies younger is not replaced at once, but after a pause that doubles each time: it may well die again. */
const shortLifeMs = 5_000;
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** Workers cut requests off at the time-out themselves; this is for one that does not even do that. */
const graceMs = 5_000;

/** Runs in the supervisor and, because the workers are called by the same command line, in each worker. */
export async function runSupervised(config: Config, io: Io, version: string): Promise<void> {
  if (cluster.isWorker) return runWorker(config);
  if (config.memory || config.databaseUrl === 'sqlite::memory:') {
    throw new UsageError(
      'A database in memory belongs to one process: leave --workers out, or choose a file with --database-url.',
    );
  }
  const log = await createLog({ level: config.logLevel, format: config.logFormat, sharesOutput: true });
  const supervisor = new Supervisor(config, log);
  // Once for all of them: migrates, and finds out what would stop each.
  const database = await openDatabase(config, { inPlace: true });
  const first = await prepareForProduction(config, database);
  await database.close();
  const url = await supervisor.start();
  announce(config, io, { url, log }, { version, ...first });
}

class Supervisor {
  readonly #config: Config;
  readonly #log: Log;
  /** Those that were started and have not ended. */
  readonly #running = new Set<ForkedWorker>();
  /** Those of them that listen. */
  readonly #serving = new Set<ForkedWorker>();
  /** What all of them share; undefined until the first ones are ready. */
  #url: string | undefined;
  /** How many died young in a row. */
  #shortLives = 0;
  #isStopping = false;

  constructor(config: Config, log: Log) {
    this.#config = config;
    this.#log = log;
    // Workers accept by themselves: a connection is never on its way to a process that just died.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    // Already now: whoever stops it does not know how far it is.
    process.on('SIGTERM', () => this.#stop());
    process.on('SIGINT', () => this.#stop());
  }

  /** Starts all workers; the URL they share once all are ready. The first that cannot start ends it all. */
  async start(): Promise<string> {
    const workers = Array.from({ length: this.#config.workers }, () => this.#fork());
    try {
      [this.#url] = await Promise.all(workers.map(({ ready }) => ready));
    } catch (error) {
      if (!this.#isStopping) {
        // What went wrong is told; a signal meanwhile cannot stop more than this.
        this.#isStopping = true;
        this.#killAll();
        await Promise.all(workers.map(({ ended }) => ended));
        throw error;
      }
    }
    // The process ends with the last of them: it is too late to say that it is ready, or why one did not get ready.
    if (this.#isStopping) await new Promise(() => {});
    for (const worker of workers) this.#replaceWhenDead(worker);
    return this.#url!;
  }

  #fork(): ForkedWorker {
    // Port 0 means the same port to all as long as one of them has it, and another one after that.
    if (this.#url !== undefined && this.#serving.size === 0) {
      cluster.setupPrimary({ args: [...process.argv.slice(2), '--port', new URL(this.#url).port] });
    }
    const worker = forkWorker();
    this.#running.add(worker);
    const isReady = (url: string): void => {
      // The last one that had port 0 may die while this one starts.
      if (url !== (this.#url ?? url)) worker.signal('SIGKILL');
      this.#serving.add(worker);
      this.#log.note('Worker ready', { pid: worker.pid });
    };
    worker.ready.then(isReady, () => {});
    void worker.ended.then(() => {
      this.#running.delete(worker);
      this.#serving.delete(worker);
    });
    return worker;
  }

  #replaceWhenDead({ started, ready, ended }: ForkedWorker): void {
    void ended.then(async (end) => {
      if (this.#isStopping) return;
      const reason = ready.then(
        () => new Error(end),
        (whyNot) => whyNot,
      );
      this.#log.failure('none', await reason);
      const diedYoung = Date.now() - started < shortLifeMs;
      this.#shortLives = diedYoung ? this.#shortLives + 1 : 0;
      if (diedYoung) await wait(Math.min(firstPauseMs * 2 ** (this.#shortLives - 1), longestPauseMs));
      if (!this.#isStopping) this.#replaceWhenDead(this.#fork());
    });
  }

  /** The first signal lets all workers end what they do; the second ends them at once. */
  #stop(): void {
    if (this.#isStopping) {
      this.#killAll();
      return;
    }
    this.#isStopping = true;
    // Ends one that does not listen yet, too.
    for (const worker of this.#running) worker.signal('SIGTERM');
    setTimeout(() => this.#killAll(), this.#config.stopTimeoutMs + graceMs).unref();
    void Promise.all([...this.#running].map(({ ended }) => ended)).then(() => {
      this.#log.flush();
      process.exit();
    });
  }

  #killAll(): void {
    process.exitCode = 1;
    for (const worker of this.#running) worker.signal('SIGKILL');
  }
}
