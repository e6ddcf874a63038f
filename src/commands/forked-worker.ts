/** A worker as its supervisor sees it: when it listens, and how it ends. */
import cluster, { type Worker } from 'node:cluster';
import { CommandError } from './io.ts';
import type { WorkerReport } from './worker.ts';

export interface ForkedWorker {
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** The URL it listens on; rejects with the reason when it cannot. */
  readonly ready: Promise<string>;
  /** How it ended, in a sentence: the process is gone, and all it said was heard. */
  readonly ended: Promise<string>;
  signal(signal: NodeJS.Signals): void;
}

export function forkWorker(): ForkedWorker {
  const worker = cluster.fork();
  // What it said last may arrive after its exit, but not after the channel was closed.
  const ended = Promise.all([eventOf(worker, 'exit'), eventOf(worker, 'disconnect')]).then(() =>
    endOf(worker),
  );
  const ready = new Promise<string>((resolve, reject) => {
    worker.once('message', (report: WorkerReport) => {
      if ('url' in report) resolve(report.url);
      else reject(report.isForeseen ? new CommandError(report.failure) : new Error(report.failure));
    });
    void ended.then((end) => reject(new CommandError(end)));
  });
  // Some only wait for its end.
  ready.catch(() => {});
  const signal = (name: NodeJS.Signals): void => void worker.process.kill(name);
  return { pid: worker.process.pid!, started: Date.now(), ready, ended, signal };
}

function eventOf(worker: Worker, name: 'exit' | 'disconnect'): Promise<void> {
  return new Promise((resolve) => worker.once(name, () => resolve()));
}

function endOf({ process: { pid, exitCode, signalCode } }: Worker): string {
  return `The worker ${pid} ended with ${signalCode ?? `code ${exitCode}`}.`;
}
