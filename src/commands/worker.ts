/** One of several processes that serve the same port; a supervisor starts and stops it. */
import cluster from 'node:cluster';
import type { Config } from '../platform/config.ts';
import { UnusableDatabase } from '../platform/database.ts';
import { openDatabase } from '../platform/open.ts';
import { CommandError } from './io.ts';
import { listen } from './start.ts';

/** What a worker tells its supervisor, once. */
export type WorkerReport =
  | { readonly url: string }
  /** Why it could not start: a sentence where that was foreseen. */
  | { readonly failure: string; readonly isForeseen: boolean };

/** Serves until the supervisor sends SIGTERM, or is gone; then the cluster module ends the process. */
export async function runWorker(config: Config): Promise<void> {
  // Without a supervisor there is nobody to tell, and nothing to serve for.
  cluster.worker!.on('error', () => process.exit(1));
  try {
    const database = await openDatabase(config);
    let stop: (() => Promise<void>) | undefined;
    let isStopping = false;
    const stopOnce = (): void => {
      if (isStopping) return;
      isStopping = true;
      void stop?.();
    };
    // A terminal and a service manager signal all processes at once, and the supervisor signals as well: all of that is one stop.
    // Until here a signal just ends the process; once it listens, there may be a request to finish.
    process.on('SIGTERM', stopOnce);
    process.on('SIGINT', stopOnce);
    const running = await listen(config, database, { sharesOutput: true });
    stop = running.stop;
    if (isStopping) await stop();
    process.send!({ url: running.url } satisfies WorkerReport);
  } catch (error) {
    const isForeseen = error instanceof CommandError || error instanceof UnusableDatabase;
    const failure = isForeseen ? (error as Error).message : ((error as Error).stack ?? String(error));
    process.send!({ failure, isForeseen } satisfies WorkerReport, () => process.exit(1));
  }
}
