/** A worker as its supervisor sees it: when it listens, and how it ends. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
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
  const ended = endOf(worker);
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

async function endOf(worker: Worker): Promise<string> {
  await new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    // A process that the system refused never exits; what cannot be said to one that is ending is no matter.
    worker.on('error', () => {
      if (worker.process.pid === undefined) resolve();
    });
  });
  // What it said last may arrive after its exit, but not after the channel was closed; of which Node does not always send
  // an event when a process was killed while it started.
  while (worker.isConnected()) await wait(1);
  const { pid, exitCode, signalCode } = worker.process;
  return `The worker ${pid} ended with ${signalCode ?? `code ${exitCode}`}.`;
}
