/** Failed tries to sign in, shared by all processes. */
import { Conflict, type Database, type Statement } from '../platform/database.ts';

export interface Attempts {
  /** Failed ones, and those whose end is open. */
  readonly failures: number;
  /** Milliseconds since 1970, as are all of these. */
  readonly blockedUntil: number;
  readonly updated: number;
}

/** `next` takes the place of `before`. */
export interface AttemptsChange {
  readonly subject: string;
  readonly before: Attempts | undefined;
  readonly next: Attempts;
}

const put = `insert into sign_in_attempts (subject, failures, blocked_until, updated) values (?, ?, ?, ?)
  on conflict (subject) do update set failures = excluded.failures, blocked_until = excluded.blocked_until,
    updated = excluded.updated
  where sign_in_attempts.failures = ? and sign_in_attempts.updated = ?`;

export class AttemptStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(subject: string): Promise<Attempts | undefined> {
    const sql = 'select failures, blocked_until, updated from sign_in_attempts where subject = ?';
    const row = await this.#database.get(sql, [subject]);
    if (row === undefined) return undefined;
    return {
      failures: row.failures as number,
      blockedUntil: Date.parse(row.blocked_until as string),
      updated: Date.parse(row.updated as string),
    };
  }

  /** Whether nobody else changed any of them in the meantime: then all are changed. */
  async change(changes: readonly AttemptsChange[]): Promise<boolean> {
    // Every process locks in the same order: no two can wait for each other.
    const inOrder = changes.toSorted((one, other) => (one.subject < other.subject ? -1 : 1));
    return succeeds(
      this.#database.write(
        inOrder.map(({ subject, before, next }): Statement => {
          const values = [subject, next.failures, time(next.blockedUntil), time(next.updated)];
          const former = [before?.failures ?? -1, before === undefined ? '' : time(before.updated)];
          return { sql: put, values: [...values, ...former], changes: 1 };
        }),
      ),
    );
  }

  async forget(subject: string): Promise<void> {
    const sql = 'delete from sign_in_attempts where subject = ?';
    await this.#database.write([{ sql, values: [subject] }]);
  }

  /** Forgets those that nobody tried with since `limit`, milliseconds since 1970. */
  async forgetBefore(limit: number): Promise<void> {
    const sql = 'delete from sign_in_attempts where updated < ?';
    await this.#database.write([{ sql, values: [time(limit)] }]);
  }
}

async function succeeds(written: Promise<void>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
