/** `anteroom serve` as several processes on one port: starts them, replaces those that die, and stops them together. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../platform/config.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openDatabase } from '../platform/open.ts';
import { CommandError, type Io, UsageError } from './io.ts';
import { announce, prepareForProduction } from './start.ts';
import { runWorker, type WorkerReport } from './worker.ts';

/** Who dies younger is not replaced at once: it may well die again. */
const shortLifeMs = 5_000;
const firstPauseMs = 100;
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
  // Once for all of them: migrates, and finds out what would stop each.
  const database = await openDatabase(config, { inPlace: true });
  const first = await prepareForProduction(config, database);
  await database.close();
  const log = await createLog({ level: config.logLevel, format: config.logFormat, sharesOutput: true });
  const supervisor = new Supervisor(config, log);
  const url = await supervisor.start();
  announce(config, io, { url, log }, { version, ...first });
}

interface Forked {
  readonly worker: Worker;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** The URL it listens on; rejects when it cannot. */
  readonly ready: Promise<string>;
  readonly ended: Promise<void>;
}

class Supervisor {
  readonly #config: Config;
  readonly #log: Log;
  /** Those that listen. */
  readonly #serving = new Set<Worker>();
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
  }

  /** Starts all workers; the URL they share once all are ready. The first that cannot start ends it all. */
  async start(): Promise<string> {
    const forked = Array.from({ length: this.#config.workers }, () => this.#fork());
    try {
      [this.#url] = await Promise.all(forked.map(({ ready }) => ready));
    } catch (error) {
      this.#killAll();
      await Promise.allSettled(forked.map(({ ended }) => ended));
      throw error;
    }
    for (const { worker, started } of forked) this.#replaceWhenDead(worker, started);
    process.on('SIGTERM', () => this.#stop());
    process.on('SIGINT', () => this.#stop());
    return this.#url!;
  }

  #fork(): Forked {
    // Port 0 means the same port to all as long as one of them has it, and another one after that.
    if (this.#url !== undefined && this.#serving.size === 0) {
      cluster.setupPrimary({ args: [...process.argv.slice(2), '--port', new URL(this.#url).port] });
    }
    const worker = cluster.fork();
    const ready = new Promise<string>((resolve, reject) => {
      worker.once('message', (report: WorkerReport) => {
        if ('url' in report) {
          // The last one that had port 0 may die while this one starts.
          if (report.url !== (this.#url ?? report.url)) worker.process.kill('SIGKILL');
          this.#serving.add(worker);
          this.#log.note('Worker ready', { pid: worker.process.pid! });
          resolve(report.url);
        } else reject(report.isForeseen ? new CommandError(report.failure) : new Error(report.failure));
      });
      worker.once('exit', (code, signal) => {
        this.#serving.delete(worker);
        reject(new CommandError(endOf(worker, code, signal)));
      });
    });
    // Whoever forks a replacement only waits for its end.
    ready.catch(() => {});
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    return { worker, started: Date.now(), ready, ended };
  }

  #replaceWhenDead(worker: Worker, started: number): void {
    const replace = async (code: number | null, signal: string | null): Promise<void> => {
      if (this.#isStopping) return;
      this.#log.failure('none', new Error(endOf(worker, code, signal)));
      const diedYoung = Date.now() - started < shortLifeMs;
      this.#shortLives = diedYoung ? this.#shortLives + 1 : 0;
      if (diedYoung) await wait(Math.min(firstPauseMs * 2 ** this.#shortLives, longestPauseMs));
      if (this.#isStopping) return;
      const next = this.#fork();
      next.ready.catch((error) => this.#log.failure('none', error));
      this.#replaceWhenDead(next.worker, next.started);
    };
    if (worker.isDead()) void replace(worker.process.exitCode, worker.process.signalCode);
    else worker.once('exit', replace);
  }

  /** The first signal lets all workers end what they do; the second ends them at once. */
  #stop(): void {
    if (this.#isStopping) {
      this.#killAll();
      return;
    }
    this.#isStopping = true;
    const ended = workers().map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    // Ends one that does not listen yet, too.
    for (const worker of workers()) worker.process.kill('SIGTERM');
    setTimeout(() => this.#killAll(), this.#config.stopTimeoutMs + graceMs).unref();
    void Promise.all(ended).then(() => {
      this.#log.flush();
      process.exit();
    });
  }

  #killAll(): void {
    process.exitCode = 1;
    for (const worker of workers()) worker.process.kill('SIGKILL');
  }
}

/** Those that were started and have not ended. */
function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

function endOf({ process: { pid } }: Worker, code: number | null, signal: string | null): string {
  return `The worker ${pid} ended with ${signal ?? `code ${code}`}.`;
}
