/**
 * Requests that begin with what memory says of tokens and people, while the database is still asked whether it holds. A
 * trip to the database is saved whenever it does, which is nearly always (docs/concepts/consistency.md).
 */
import type { Database } from '../platform/database.ts';

/** What was foreseen did not hold: the request starts again with what is so. Never leaves the server. */
class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** The same for all requests that wait for the same fence. */
export class Foresight {
  readonly #database: Database;
  readonly #fence: Promise<void>;
  readonly #outsideWrites: number;
  readonly #confirmed: Promise<void>;

  constructor(database: Database, fence: Promise<void>) {
    this.#database = database;
    this.#fence = fence;
    this.#outsideWrites = database.outsideWrites();
    this.#confirmed = fence.then(() => {
      if (!this.#holds()) throw new Outdated();
    });
    // Whoever asks is told; a request that was refused before it asked has no use for it.
    this.#confirmed.catch(() => {});
  }

  #holds(): boolean {
    return this.#database.outsideWrites() === this.#outsideWrites;
  }

  /** Whether a request behind this fence, which knows what memory says now, may share it. */
  isBehind(fence: Promise<void>): boolean {
    return fence === this.#fence && this.#holds();
  }

  /** Resolves when everything known of the directory is known to hold; a request awaits it before it writes. */
  readonly confirm = (): Promise<void> => this.#confirmed;

  /** What `foresee` comes to, be it an answer or an error, if all holds; else what `again` comes to. */
  settle<T>(foresee: () => T | Promise<T>, again: () => Promise<T>): Promise<T> {
    const foreseen = Promise.try(foresee);
    // Where nothing is confirmed, nobody waits for it.
    foreseen.catch(() => {});
    return this.#confirmed.then(
      () => foreseen,
      (error) => {
        if (error instanceof Outdated) return again();
        throw error;
      },
    );
  }
}
