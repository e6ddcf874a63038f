/** Where SQLite commits: on a thread of its own, or in place. */
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Unit } from './database.ts';
import { encodeBatch } from './sqlite-batch.ts';
import type { Committer } from './sqlite-commit.ts';
import type { Outcomes, WriterOptions } from './sqlite-writer.ts';

/** Takes batches of units to the disk, in order; resolves with what became of each unit. */
export interface CommitPlace {
  commit(units: Unit[]): Promise<Outcomes>;
  close(): Promise<void>;
}

/** On this thread and the connection that also reads: for memory databases, which have no other, and for commands. */
export function commitInPlace(committer: Committer): CommitPlace {
  return {
    commit: async (units) => committer.commit(units),
    close: async () => {},
  };
}

/** A thread does not inherit the compile cache; without it, it spends 16 MB on a compiler of its own. */
function writerEnvironment(): Record<string, string> {
  const compileCache = getCompileCacheDir();
  return compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache };
}

/** Until then a starting server has better use for the processor than a thread that nobody needs yet. */
const startWriterAfterMs = 300;

/**
 * Hands batches to the worker, one at a time; a worker that dies fails the batch and is replaced. It starts with the
 * first batch, or a moment after the database was opened.
 */
export class CommitOnWorker implements CommitPlace {
  readonly #options: WriterOptions;
  readonly #soon: NodeJS.Timeout;
  #worker: Worker | undefined;
  #waiting: ((outcomes: Outcomes) => void) | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#soon = setTimeout(() => {
      this.#worker ??= this.#start();
    }, startWriterAfterMs).unref();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./sqlite-writer.ts', import.meta.url), {
      workerData: this.#options,
      env: writerEnvironment(),
    });
    worker.on('message', (outcomes: Outcomes) => this.#settle(outcomes));
    worker.on('error', (error: Error) => {
      this.#worker = undefined;
      this.#settle({ reason: `the thread that writes ended: ${error.message}`, isDamage: false });
    });
    // An idle writer is no reason to keep the process alive; one at work is.
    worker.unref();
    return worker;
  }

  #settle(outcomes: Outcomes): void {
    this.#worker?.unref();
    this.#waiting?.(outcomes);
    this.#waiting = undefined;
  }

  commit(units: Unit[]): Promise<Outcomes> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage(encodeBatch(units));
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#soon);
    await this.#worker?.terminate();
  }
}
