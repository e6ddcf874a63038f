/** Keeps what grows as long as its operator wants: old rows are removed beside the requests, a few at a time. */
import { setTimeout as pause } from 'node:timers/promises';

const dayMs = 86_400_000;
/** Between units, so that requests have most of the time to themselves. */
const pauseMs = 20;

/** When something that is kept for so many days begins, in ISO-8601 UTC. */
export function limitOf(retentionDays: number, nowMs: number): string {
  return new Date(nowMs - retentionDays * dayMs).toISOString();
}

export interface Retention {
  /** 0 keeps all. */
  readonly retentionDays: number;
  /** Removes what is older than `limit`, a small unit a step; yields how much each removed. */
  readonly prune: (limit: string) => AsyncIterable<number>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1: spreads processes that start together over the day. */
  readonly random: () => number;
  /** Told after every round, and of what stopped one. */
  readonly done: (removed: number) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Prunes now and then: first within an hour, then once in about a day. Returns what stops it, which resolves when no unit
 * is under way any more.
 */
export function pruneInBackground(retention: Retention): () => Promise<void> {
  const { retentionDays, prune, now, random } = retention;
  if (retentionDays === 0) return async () => {};
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const run = async (): Promise<void> => {
    try {
      let removed = 0;
      for await (const count of prune(limitOf(retentionDays, now()))) {
        removed += count;
        if (isStopped) return;
        await pause(pauseMs);
      }
      retention.done(removed);
    } catch (error) {
      // Tomorrow is another day: what could not be removed now is found again.
      retention.failed(error);
    }
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      round = run().then(() => {
        if (!isStopped) schedule(dayMs * (0.75 + random() / 2));
      });
    }, delayMs).unref();
  };
  schedule((dayMs / 24) * random());
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await round;
  };
}
