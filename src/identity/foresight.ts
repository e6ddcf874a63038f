/**
 * Requests that go on with what memory says of tokens and people before the database was asked whether it holds. A trip to
 * the database is saved whenever it does, which is nearly always (docs/concepts/consistency.md).
 */
import { andThen } from '../platform/at-once.ts';
import { type Database, Unavailable } from '../platform/database.ts';

/** What was foreseen did not hold: the request starts again with what is so. Never leaves the server. */
class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** Of a request that changes something: what it writes depends on what memory said when the request began. */
export class Foresight {
  readonly #database: Database;
  /** What {@link Database.outsideWrites} was then: for {@link Database.insert}. */
  readonly asOf: number;

  constructor(database: Database) {
    this.#database = database;
    this.asOf = database.outsideWrites();
  }

  /** Whether nothing speaks against it yet. */
  protected holds(): boolean {
    return this.#database.outsideWrites() === this.asOf;
  }

  /** Resolves when all of it is known to hold: to be awaited before anything is written that does not depend on it. */
  async confirm(): Promise<void> {
    await this.#database.fence();
    if (!this.holds()) throw new Outdated();
  }

  /** What `foresee` comes to, a refusal only if all holds that it was judged by; else what `again` comes to. */
  async settle<T>(foresee: () => T | Promise<T>, again: () => Promise<T>): Promise<T> {
    try {
      return await foresee();
    } catch (error) {
      // When the database cannot be reached, asking it once more would only take longer.
      const reason = error instanceof Unavailable ? error : await this.#examine(error);
      if (reason instanceof Outdated) return again();
      throw reason;
    }
  }

  /** Why it failed: as it says, or because what was foreseen did not hold. */
  #examine(error: unknown): Promise<unknown> {
    return this.confirm().then(
      () => error,
      (reason) => reason,
    );
  }
}

/** Of all requests that only read and wait for the same fence. */
class SharedForesight extends Foresight {
  readonly #fence: Promise<void>;
  readonly #confirmed: Promise<void>;
  #isConfirmed = false;

  constructor(database: Database, fence: Promise<void>) {
    super(database);
    this.#fence = fence;
    this.#confirmed = fence.then(() => {
      if (!this.holds()) throw new Outdated();
      this.#isConfirmed = true;
    });
    // Whoever asks is told; a request that was refused before it asked has no use for it.
    this.#confirmed.catch(() => {});
  }

  /** Whether a request behind this fence, which knows what memory says now, may share it. */
  isBehind(fence: Promise<void>): boolean {
    return fence === this.#fence && this.holds();
  }

  override confirm(): Promise<void> {
    return this.#confirmed;
  }

  /** What `foresee` comes to, be it an answer or an error, if all holds; else what `again` comes to. */
  override settle<T>(foresee: () => T | Promise<T>, again: () => Promise<T>): Promise<T> {
    const settled = (answer: T): T | Promise<T> =>
      this.#isConfirmed ? answer : this.#confirmed.then(() => answer);
    return super.settle(() => andThen(foresee(), settled), again);
  }
}

/** What a request that goes on with what memory says is about to do. */
export type Foreseeing = 'reading' | 'changing';

/** For requests that begin. */
export class Foresights {
  readonly #database: Database;
  /** Of the last request that was about to read. */
  #shared: SharedForesight | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null from an engine that has no fence: what memory says holds already. */
  begin(foreseeing: Foreseeing): Foresight | null {
    if (this.#database.noticesEveryWrite) return null;
    if (foreseeing === 'changing') return new Foresight(this.#database);
    const fence = this.#database.fence()!;
    if (this.#shared?.isBehind(fence) !== true) this.#shared = new SharedForesight(this.#database, fence);
    return this.#shared!;
  }
}
