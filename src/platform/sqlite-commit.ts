/** The writing side of SQLite: many units, one commit. Runs on a worker thread, or in place for memory databases. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Statement } from './database.ts';

export type Outcome = 'committed' | 'conflict';

/** Why nothing of a batch was committed. */
export interface Failure {
  /** As the engine says it; never with a value in it. */
  readonly reason: string;
  /** Whether the file itself is broken, so that trying again is of no use. */
  readonly isDamage: boolean;
}

/** Keeps prepared statements by their text; the stores use a small closed set of them. */
export class Prepared {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  get(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Notes in the same commit who wrote: the epoch grows whenever the writer changes, which is how the other
 * processes tell a foreign write, that empties their caches, from their own.
 */
const noteWriter = `update latest_writer set epoch = epoch + (writer <> ?), writer = ?`;

export class Committer {
  readonly #connection: DatabaseSync;
  readonly #prepared: Prepared;
  readonly #writer: string;

  /** `writer` is the random id of this process. */
  constructor(connection: DatabaseSync, writer: string) {
    this.#connection = connection;
    this.#prepared = new Prepared(connection);
    this.#writer = writer;
  }

  /** Applies the units in order and commits once. A unit that fails fails alone; a commit that fails fails all. */
  commit(units: readonly Iterable<Statement>[]): Outcome[] | Failure {
    try {
      this.#prepared.get('begin immediate').run();
      const outcomes = units.map((unit) => this.#apply(unit));
      if (outcomes.includes('committed')) this.#prepared.get(noteWriter).run(this.#writer, this.#writer);
      this.#prepared.get('commit').run();
      return outcomes;
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('rollback');
      if (primaryCode(error) === undefined) throw error;
      return { reason: (error as Error).message, isDamage: isDamage(error) };
    }
  }

  #apply(unit: Iterable<Statement>): Outcome {
    // A statement alone is atomic by itself, and changes one row or none; only several need a savepoint to be undone together.
    const alone = Array.isArray(unit) && unit.length === 1;
    if (!alone) this.#prepared.get('savepoint unit').run();
    let applied: boolean;
    try {
      applied = this.#run(unit);
    } catch (error) {
      if (primaryCode(error) !== resultCode.constraint) throw error;
      applied = false;
    }
    if (!alone) {
      if (!applied) this.#prepared.get('rollback to unit').run();
      this.#prepared.get('release unit').run();
    }
    return applied ? 'committed' : 'conflict';
  }

  #run(unit: Iterable<Statement>): boolean {
    for (const { sql, values, changes } of unit) {
      const changed = this.#prepared.get(sql).run(...values).changes;
      if (changes !== undefined && changed !== changes) return false;
    }
    return true;
  }
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const resultCode = { busy: 5, corrupt: 11, tooBig: 18, constraint: 19, notADatabase: 26 };

function primaryCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** Whether another program kept its lock on the file for too long. */
export function isLocked(error: unknown): boolean {
  return primaryCode(error) === resultCode.busy;
}

const damage: readonly unknown[] = [resultCode.corrupt, resultCode.tooBig, resultCode.notADatabase];

/**
 * Whether the file itself is broken: the engine says so, or finds a value there that nobody wrote, longer than any text or
 * beyond the numbers of JavaScript.
 */
export function isDamage(error: unknown): boolean {
  return damage.includes(primaryCode(error)) || (error as { code?: unknown }).code === 'ERR_OUT_OF_RANGE';
}
