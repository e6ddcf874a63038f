import type { Database } from './database.ts';

/**
 * A bounded map of what was read from the database, that empties itself as soon as another process wrote.
 * Whoever writes through this process keeps it right with {@link set}, {@link delete} and {@link clear}.
 * When it is full, what was put in first goes first.
 */
export class Cache<T> {
  readonly #database: Database;
  readonly #capacity: number;
  readonly #entries = new Map<string, T>();
  #outsideWrites = -1;
  /** How often it was emptied. */
  #generation = 0;

  constructor(database: Database, capacity: number) {
    this.#database = database;
    this.#capacity = capacity;
  }

  get(key: string): T | undefined {
    this.#validate();
    return this.#entries.get(key);
  }

  /** What `read` finds in the database, kept unless the cache was emptied while it looked. */
  async load(key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    this.#validate();
    const generation = this.#generation;
    const value = await read();
    this.#validate();
    if (value !== undefined && generation === this.#generation) this.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    this.#validate();
    if (this.#entries.size >= this.#capacity && !this.#entries.has(key)) {
      this.#entries.delete(this.#entries.keys().next().value as string);
    }
    this.#entries.set(key, value);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#generation += 1;
  }

  #validate(): void {
    const outsideWrites = this.#database.outsideWrites();
    if (outsideWrites === this.#outsideWrites) return;
    this.clear();
    this.#outsideWrites = outsideWrites;
  }
}
