/** All point reads of a moment in one query. */
import type pg from 'pg';
import { type Row, Unavailable, type Value } from './database.ts';
import { arrayOf, columnsOf } from './postgres-arrays.ts';
import { allOf, type Connections, NoAnswer, type Query } from './postgres-connection.ts';
import { storeError } from './postgres-errors.ts';

interface Pending {
  /** What whoever asked waits for. */
  readonly answer: Promise<Row[]>;
  readonly values: readonly Value[];
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: Error) => void;
}

/** Reads that are one query. */
interface Batch {
  readonly sql: string;
  readonly reads: readonly Pending[];
}

/** Bounds what one query may hold up. */
const readsPerQuery = { rows: 256, answer: Number.POSITIVE_INFINITY, none: 1 };
/** More would make smaller batches, not faster ones. */
const queriesInFlight = 3;

/**
 * Gathers the reads of one turn of the event loop by their statement and sends each kind as one query; while enough
 * queries are under way the next reads wait and gather. A read that is alone goes as it is, at once.
 */
export class SharedReads {
  readonly #connections: Connections;
  readonly #pending = new Map<string, Pending[]>();
  readonly #names = new Map<string, string>();
  /** Statements for many values at a time, by the statement for one and the types of its values. */
  readonly #texts = new Map<string, string>();
  #inFlight = 0;
  #isScheduled = false;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** The rows of `sql`, whose `?` stand for `values`. */
  read(sql: string, values: readonly Value[]): Promise<Row[]> {
    // PostgreSQL has no NUL in any text, and would call the question an error.
    if (values.some((value) => typeof value === 'string' && value.includes('\0'))) return Promise.resolve([]);
    const { promise: answer, resolve, reject } = Promise.withResolvers<Row[]>();
    const waiting = this.#pending.get(sql);
    if (waiting === undefined) this.#pending.set(sql, [{ answer, values, resolve, reject }]);
    else waiting.push({ answer, values, resolve, reject });
    this.#schedule();
    return answer;
  }

  /** The rows of a statement without values: the same promise for all who ask before it is sent. */
  readForAll(sql: string): Promise<Row[]> {
    return this.#pending.get(sql)?.[0]?.answer ?? this.read(sql, []);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= queriesInFlight) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#send();
    });
  }

  /**
   * The statement that has waited longest goes first. What is one answer for all, such as a fence, goes along with it: one
   * trip to the server, and hardly more work there.
   */
  #send(): void {
    const along = this.#take((sql) => sharing(sql) === 'answer', Number.POSITIVE_INFINITY);
    while (this.#inFlight < queriesInFlight) {
      const batches = [...this.#take((sql) => sharing(sql) !== 'answer', 1), ...along.splice(0)];
      if (batches.length === 0) break;
      this.#inFlight += 1;
      void this.#run(batches);
    }
    if (this.#pending.size > 0) this.#schedule();
  }

  /** Up to `limit` batches of statements that are `wanted`. */
  #take(wanted: (sql: string) => boolean, limit: number): Batch[] {
    const batches: Batch[] = [];
    for (const [sql, waiting] of this.#pending) {
      if (batches.length === limit) break;
      if (!wanted(sql)) continue;
      this.#pending.delete(sql);
      batches.push({ sql, reads: waiting.splice(0, readsPerQuery[sharing(sql)]) });
      if (waiting.length > 0) this.#pending.set(sql, waiting);
    }
    return batches;
  }

  async #run(batches: readonly Batch[]): Promise<void> {
    try {
      await this.#connections.use((query) => allOf(batches.map((batch) => this.#read(query, batch))));
    } catch (error) {
      await this.#fail(batches, error);
    }
    this.#inFlight -= 1;
    if (this.#pending.size > 0) this.#schedule();
  }

  async #read(query: Query, { sql, reads }: Batch): Promise<void> {
    if (reads.length > 1 && sharing(sql) === 'rows') await this.#readShared(query, sql, reads);
    else await this.#readAlone(query, sql, reads);
  }

  /** What is wrong with one read says nothing about the others of the query: each is tried alone. */
  async #fail(batches: readonly Batch[], thrown: unknown): Promise<void> {
    const error = storeError(thrown);
    const failed = batches.flatMap(({ sql, reads }) => reads.map((read) => ({ sql, read })));
    if (failed.length > 1 && !(error instanceof Unavailable)) {
      for (const { sql, read } of failed) {
        await this.#connections
          .use((query) => this.#readAlone(query, sql, [read]))
          .catch((one) => read.reject(storeError(one)));
      }
      return;
    }
    for (const { read } of failed) read.reject(error);
    if (!(thrown instanceof NoAnswer)) return;
    // Those that gathered meanwhile have waited long enough, too.
    for (const waiting of this.#pending.values()) for (const { reject } of waiting) reject(error);
    this.#pending.clear();
  }

  /** One query for one read, or for several that are the same. */
  async #readAlone(query: Query, sql: string, reads: readonly Pending[]): Promise<void> {
    const { rows } = await query(this.#prepared(numbered(sql), reads[0]!.values));
    for (const { resolve } of reads) resolve(rows);
  }

  async #readShared(query: Query, sql: string, reads: readonly Pending[]): Promise<void> {
    const columns = columnsOf(reads);
    const rowsOf: Row[][] = reads.map(() => []);
    const prepared = this.#prepared(this.#sharedText(sql, columns), columns.map(arrayOf));
    const { rows, fields } = await query({ ...prepared, rowMode: 'array' });
    for (const row of rows as unknown as Value[][]) rowsOf[(row[0] as number) - 1]!.push(named(row, fields));
    for (const [index, { resolve }] of reads.entries()) resolve(rowsOf[index]!);
  }

  #sharedText(sql: string, columns: readonly (readonly Value[])[]): string {
    const types = columns.map((column) =>
      column.some((value) => typeof value === 'number') ? 'bigint' : 'text',
    );
    const key = `${types.join()} ${sql}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = shared(sql, types);
    this.#texts.set(key, text);
    return text;
  }

  /** Every text is prepared once on each connection. */
  #prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `read${this.#names.size}`;
      this.#names.set(text, name);
    }
    return { name, text, values: values as unknown[] };
  }
}

/**
 * How reads of a statement share a query: by the rows of a join; as one answer for all, when there is nothing to fill in;
 * or not at all, because a limit cannot differ from row to row of a join.
 */
function sharing(sql: string): 'rows' | 'answer' | 'none' {
  if (!sql.includes('?')) return 'answer';
  return /limit \?/.test(sql) ? 'none' : 'rows';
}

/** `?` as `$1`, `$2` and so on. */
export function numbered(sql: string): string {
  return fillIn(sql, (index) => `$${index}`);
}

/** The row without its first column, which says whose it is. */
function named(row: readonly Value[], fields: readonly pg.FieldDef[]): Row {
  const values: Record<string, Value> = {};
  for (let column = 1; column < row.length; column += 1) values[fields[column]!.name] = row[column]!;
  return values;
}

/** The same statement for many values at a time; its first column says, from 1 on, whose row it is. */
function shared(sql: string, types: readonly string[]): string {
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  const names = types.map((_, index) => `value${index + 1}`);
  const inner = fillIn(sql, (index) => `given.value${index}`);
  return `select given.shared_index, answer.*
    from unnest(${arrays.join(', ')}) with ordinality as given (${names.join(', ')}, shared_index)
    cross join lateral (${inner}) as answer`;
}

/** `sql` with its question marks replaced; they are counted from 1. */
function fillIn(sql: string, replacement: (index: number) => string): string {
  let index = 0;
  return sql.replaceAll('?', () => {
    index += 1;
    return replacement(index);
  });
}
