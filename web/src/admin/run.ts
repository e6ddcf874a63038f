/** Works through a long list of calls, a few at a time; it can be paused, and goes on where it was. */
import { RequestFailed, Unreachable } from '../api/request.ts';

/** What became of one item; `message` says more where there is more to say. */
export interface Outcome {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly message?: string;
}

export interface Progress {
  /** One for each item; the same array all the time. */
  readonly outcomes: readonly Outcome[];
  readonly done: number;
  readonly failed: number;
  readonly isRunning: boolean;
  /** Whether the server asked for a moment, or is not there, and the calls wait for it. */
  readonly isHeldUp: boolean;
}

/** Does one item; what it resolves to is said beside the item. Rejections of the server are said, too. */
export type Work<Item> = (item: Item, index: number) => Promise<string | undefined>;

const callsAtOnce = 4;
const unreachablePauseMs = 2_000;
/** Statuses that say "not now" (RFC 9110 and 6585): the same call is made again after the pause. */
const notNow: ReadonlySet<number> = new Set([423, 429, 503]);

export class Run<Item> {
  readonly items: readonly Item[];
  readonly #work: Work<Item>;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  readonly #outcomes: Outcome[];
  #progress: Progress;
  #workers: Promise<unknown> = Promise.resolve();
  /** Before it, nothing waits. */
  #next = 0;
  /** All calls wait for it. */
  #pause: Promise<void> | undefined;

  constructor(
    items: readonly Item[],
    work: Work<Item>,
    outcomes: readonly Outcome[] = items.map(() => ({ state: 'waiting' })),
    sleep: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.items = items;
    this.#work = work;
    this.#sleep = sleep;
    // What was under way when the page was left may have happened or not: it is done again.
    this.#outcomes = outcomes.map((outcome) =>
      outcome.state === 'running' ? { state: 'waiting' } : outcome,
    );
    const count = (state: Outcome['state']): number =>
      this.#outcomes.filter((outcome) => outcome.state === state).length;
    this.#progress = {
      outcomes: this.#outcomes,
      done: count('done'),
      failed: count('failed'),
      isRunning: false,
      isHeldUp: false,
    };
  }

  /** The same object until something changes. */
  progress = (): Progress => this.#progress;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Goes on with what is waiting; resolves when nothing is, or after {@link pause}. */
  async start(): Promise<void> {
    if (this.#progress.isRunning) return;
    this.#set({ isRunning: true });
    // Those that were told to pause come to their end first.
    await this.#workers;
    const workers = Promise.all(Array.from({ length: callsAtOnce }, () => this.#workThrough()));
    this.#workers = workers;
    await workers;
    if (this.#workers === workers) this.#set({ isRunning: false, isHeldUp: false });
  }

  /** Begins nothing more; what is under way comes to its end. */
  pause(): void {
    this.#set({ isRunning: false });
  }

  /** Makes what failed wait for another try. */
  retryFailed(): void {
    for (const [index, { state }] of this.#outcomes.entries())
      if (state === 'failed') this.#outcomes[index] = { state: 'waiting' };
    this.#next = 0;
    this.#set({ failed: 0 });
  }

  async #workThrough(): Promise<void> {
    while (this.#progress.isRunning && this.#next < this.items.length) {
      const index = this.#next;
      this.#next += 1;
      if (this.#outcomes[index]!.state !== 'waiting') continue;
      this.#outcomes[index] = { state: 'running' };
      const outcome = await this.#attempt(index);
      this.#outcomes[index] = outcome;
      const { done, failed } = this.#progress;
      if (outcome.state === 'done') this.#set({ done: done + 1 });
      else if (outcome.state === 'failed') this.#set({ failed: failed + 1 });
      else this.#next = Math.min(this.#next, index);
    }
  }

  async #attempt(index: number): Promise<Outcome> {
    for (;;) {
      await this.#pause;
      if (!this.#progress.isRunning) return { state: 'waiting' };
      try {
        const message = await this.#work(this.items[index]!, index);
        return { state: 'done', ...(message === undefined ? {} : { message }) };
      } catch (error) {
        const pauseMs = pauseAfter(error);
        if (pauseMs === undefined) return { state: 'failed', message: messageOf(error) };
        await this.#holdUp(pauseMs);
      }
    }
  }

  #holdUp(pauseMs: number): Promise<void> {
    this.#pause ??= this.#sleep(pauseMs).then(() => {
      this.#pause = undefined;
      this.#set({ isHeldUp: false });
    });
    this.#set({ isHeldUp: true });
    return this.#pause;
  }

  #set(changes: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...changes };
    for (const listener of this.#listeners) listener();
  }
}

/** Milliseconds until the same call may be made again; undefined when that would change nothing. */
function pauseAfter(error: unknown): number | undefined {
  if (error instanceof Unreachable) return unreachablePauseMs;
  if (error instanceof RequestFailed && notNow.has(error.status))
    return (error.retryAfterSeconds ?? 1) * 1_000;
  return undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof RequestFailed && error.faults.length > 0)
    return error.faults.map(({ description }) => description).join(' ');
  return error instanceof Error ? error.message : String(error);
}
