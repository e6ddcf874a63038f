/** All point reads of a moment in one query. */
import { type Row, Unavailable, type Value } from './database.ts';
import { arrayOf, columnsOf } from './postgres-arrays.ts';
import { allOf, type Connections, NoAnswer, type Query } from './postgres-connection.ts';
import { storeError } from './postgres-errors.ts';
import { type PreparedTexts, sharing } from './postgres-texts.ts';

/** What somebody waits for. */
interface Asked<T> {
  readonly promise: Promise<T>;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: Error) => void;
}

interface Pending {
  readonly values: readonly Value[];
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: Error) => void;
}

/** Reads of one statement that are one query. */
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
  readonly #texts: PreparedTexts;
  readonly #pending = new Map<string, Pending[]>();
  /** Asked for, and not sent yet. */
  #fence: Asked<Value> | undefined;
  #inFlight = 0;
  #isScheduled = false;

  constructor(connections: Connections, texts: PreparedTexts) {
    this.#connections = connections;
    this.#texts = texts;
  }

  /** The rows of `sql`, whose `?` stand for `values`. */
  read(sql: string, values: readonly Value[]): Promise<Row[]> {
    // PostgreSQL has no NUL in any text, and would call the question an error.
    if (values.some((value) => typeof value === 'string' && value.includes('\0'))) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const waiting = this.#pending.get(sql);
      if (waiting === undefined) this.#pending.set(sql, [{ values, resolve, reject }]);
      else waiting.push({ values, resolve, reject });
      this.#schedule();
    });
  }

  /**
   * The number of the fence: the same promise for all who ask before it is sent. It comes as a column of the reads of that
   * moment, when there are any.
   */
  fence(): Promise<Value> {
    if (this.#fence === undefined) {
      this.#fence = Promise.withResolvers<Value>();
      this.#schedule();
    }
    return this.#fence.promise;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= queriesInFlight) return;
    if (this.#pending.size === 0 && this.#fence === undefined) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#inFlight < queriesInFlight && this.#send());
      this.#schedule();
    });
  }

  /** The statement that has waited longest goes first. Returns whether there was anything to send. */
  #send(): boolean {
    const batch = this.#takeBatch();
    const fence = this.#fence;
    if (batch === undefined && fence === undefined) return false;
    this.#fence = undefined;
    this.#inFlight += 1;
    void this.#run(batch, fence);
    return true;
  }

  #takeBatch(): Batch | undefined {
    for (const [sql, waiting] of this.#pending) {
      this.#pending.delete(sql);
      const reads = waiting.splice(0, readsPerQuery[sharing(sql)]);
      if (waiting.length > 0) this.#pending.set(sql, waiting);
      return { sql, reads };
    }
    return undefined;
  }

  async #run(batch: Batch | undefined, fence: Asked<Value> | undefined): Promise<void> {
    try {
      await this.#connections.use((query) => this.#ask(query, batch, fence));
    } catch (error) {
      await this.#fail(batch, fence, error);
    }
    this.#inFlight -= 1;
    this.#schedule();
  }

  async #ask(query: Query, batch: Batch | undefined, fence: Asked<Value> | undefined): Promise<void> {
    const isShared = fence !== undefined || (batch !== undefined && batch.reads.length > 1);
    if (batch !== undefined && isShared && sharing(batch.sql) === 'rows') {
      await this.#readShared(query, batch, fence);
      return;
    }
    const asking: Promise<void>[] = [];
    if (batch !== undefined) asking.push(this.#readAlone(query, batch));
    if (fence !== undefined) asking.push(this.#readFence(query, fence));
    await allOf(asking);
  }

  /** What is wrong with one read says nothing about the others of the query: each is tried alone. */
  async #fail(batch: Batch | undefined, fence: Asked<Value> | undefined, thrown: unknown): Promise<void> {
    const error = storeError(thrown);
    const failed = (batch?.reads ?? []).map((read) => ({
      again: (query: Query) => this.#readAlone(query, { sql: batch!.sql, reads: [read] }),
      reject: read.reject,
    }));
    if (fence !== undefined)
      failed.push({ again: (query) => this.#readFence(query, fence), reject: fence.reject });
    if (failed.length > 1 && !(error instanceof Unavailable)) {
      for (const { again, reject } of failed) {
        await this.#connections.use(again).catch((one) => reject(storeError(one)));
      }
      return;
    }
    for (const { reject } of failed) reject(error);
    if (!(thrown instanceof NoAnswer)) return;
    // Those that gathered meanwhile have waited long enough, too.
    this.#fence?.reject(error);
    this.#fence = undefined;
    for (const waiting of this.#pending.values()) for (const { reject } of waiting) reject(error);
    this.#pending.clear();
  }

  /** One query for one read, or for several that are the same. */
  async #readAlone(query: Query, { sql, reads }: Batch): Promise<void> {
    const { rows } = await query({ ...this.#texts.alone(sql), values: reads[0]!.values as Value[] });
    for (const { resolve } of reads) resolve(rows);
  }

  async #readFence(query: Query, fence: Asked<Value>): Promise<void> {
    const { rows } = await query(this.#texts.fence);
    fence.resolve(rows[0]?.fence ?? null);
  }

  async #readShared(query: Query, { sql, reads }: Batch, fence: Asked<Value> | undefined): Promise<void> {
    const columns = columnsOf(reads);
    const prepared = this.#texts.shared(sql, columns);
    const { name, text } = prepared;
    const { rows, fields } = await query({ name, text, values: columns.map(arrayOf), rowMode: 'array' });
    prepared.columns ??= fields.map((field) => field.name);
    fence?.resolve((rows as Value[][]).find(([number]) => number !== null)?.[0] ?? null);
    const rowsOf: Row[][] = reads.map(() => []);
    for (const row of rows as Value[][]) {
      if (row[1] !== null) rowsOf[(row[1] as number) - 1]!.push(named(row, prepared.columns));
    }
    for (const [index, { resolve }] of reads.entries()) resolve(rowsOf[index]!);
  }
}

/** The row without its first two columns, which are the fence and whose it is. */
function named(row: readonly Value[], columns: readonly string[]): Row {
  const values: Record<string, Value> = {};
  for (let column = 2; column < row.length; column += 1) values[columns[column]!] = row[column]!;
  return values;
}
