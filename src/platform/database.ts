/** The seam between the stores and a database engine: what a store may ask, and what it may be told. */
import type { Secrets } from './secrets.ts';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** One statement of a unit. `?` stands for the values, in order. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
  /** How many rows it has to change; any other number undoes the whole unit as a {@link Conflict}. */
  readonly changes?: number;
  /** Which of the values is a secret, and what it is bound to: the engine seals it ({@link Secrets.seal}). */
  readonly secret?: { readonly index: number; readonly context: string };
}

/** Statements that happen together or not at all. */
export type Unit = Iterable<Statement>;

/**
 * An insertion that an engine may do for many rows with one statement. Made once, by {@link insertion}, beside the store
 * that uses it.
 */
export interface Insertion {
  readonly table: string;
  /** Columns and their SQL types, in the order of the values; the first is `not null` in the table. */
  readonly columns: Readonly<Record<string, 'text' | 'bigint'>>;
  /** How many of the first columns name what the row is about; rows about the same are inserted one after the other. */
  readonly subjectColumns: number;
  /** Which rows go in; calls the row to be inserted `given`. One whose key is there already never does. */
  readonly where: string;
  /** As a statement of a unit, for one row. */
  readonly sql: string;
}

export function insertion(parts: Omit<Insertion, 'sql'>): Insertion {
  const names = Object.keys(parts.columns).join(', ');
  const row = Object.entries(parts.columns).map(([name, type]) => `cast(? as ${type}) as ${name}`);
  const sql = `insert into ${parts.table} (${names}) select ${names} from (select ${row.join(', ')}) as given
  where ${parts.where} on conflict do nothing`;
  return { ...parts, sql };
}

/** One row of an insertion as a statement among others; undoes the unit when the row does not go in. */
export function insertionOf({ sql }: Insertion, values: readonly Value[]): Statement {
  return { sql, values, changes: 1 };
}

/** Ends every unit that changes organizations, sites, users, memberships or tokens: other processes look for it. */
export const directoryChanged: Statement = {
  sql: 'update directory_version set version = version + 1',
  values: [],
};

export interface Database {
  /** Seals and opens what must not lie there in clear. Set once, by whoever opens the database. */
  secrets: Secrets;

  /** The first row, or undefined. */
  get(sql: string, values: readonly Value[]): Promise<Row | undefined>;

  /** All rows. */
  all(sql: string, values: readonly Value[]): Promise<Row[]>;

  /**
   * Runs a unit. Resolves once it is durable; rejects with {@link Conflict} when it lost against another write,
   * with {@link Unavailable} when the engine could not commit. Of units under way together any may come first: whoever
   * needs an order waits for one before the next.
   */
  write(unit: Unit): Promise<void>;

  /**
   * Inserts a row: a unit of its own, that shares a statement with others where the engine can. Fails like a unit; with
   * `asOf`, which {@link outsideWrites} once was, also with a {@link Conflict} when others changed the directory since.
   */
  insert(insertion: Insertion, values: readonly Value[], asOf?: number): Promise<void>;

  /**
   * Finds out what other processes changed until now. A request is fenced before it trusts a cache. Undefined from an
   * engine that needs no time for this.
   */
  fence(): Promise<void> | undefined;

  /** A number that grows when another process changed something: a cache holds only as long as it stays the same. */
  outsideWrites(): number;

  /** Whether {@link outsideWrites} tells of every write, without a fence; or only of those to the directory. */
  readonly noticesEveryWrite: boolean;

  /** Resolves when the engine answers; rejects with {@link Unavailable} when it does not. */
  check(): Promise<void>;

  /** Commits what is pending and lets go of all resources. */
  close(): Promise<void>;
}

/** The unit was not applied: a statement changed another number of rows than it had to, or broke a constraint. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** The engine could not read or commit right now: disk full, file locked, input/output error. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The database cannot be used at all; the message is a sentence that says what to do. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}
