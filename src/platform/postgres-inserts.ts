/** All insertions of a moment in one statement. */
import { Conflict, type Insertion, Unavailable, type Value } from './database.ts';
import { arrayOf, columnsOf } from './postgres-arrays.ts';
import { type Connections, NoAnswer } from './postgres-connection.ts';
import { storeError } from './postgres-errors.ts';

interface Pending {
  readonly insertion: Insertion;
  readonly values: readonly Value[];
  readonly subject: string;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const rowsPerStatement = 256;

/**
 * One statement at a time for each insertion: what arrives while it runs gathers for the next. Two rows about the same
 * subject never share a statement, because the second may depend on the first. A statement that fails as a whole is
 * taken apart, so that one bad row fails alone.
 */
export class SharedInserts {
  readonly #connections: Connections;
  readonly #queues = new Map<Insertion, Pending[]>();
  readonly #running = new Set<Insertion>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  insert(insertion: Insertion, values: readonly Value[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const subject = values.slice(0, insertion.subjectColumns).join(' ');
      const queue = this.#queues.get(insertion) ?? [];
      queue.push({ insertion, values, subject, resolve, reject });
      this.#queues.set(insertion, queue);
      if (this.#running.has(insertion)) return;
      this.#running.add(insertion);
      setImmediate(() => void this.#drain(insertion, queue));
    });
  }

  async #drain(insertion: Insertion, queue: Pending[]): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        await this.#run(insertion, batch);
      } catch (error) {
        // Those that gathered meanwhile have waited long enough, too.
        if (error instanceof NoAnswer) batch.push(...queue.splice(0));
        await this.#fail(insertion, batch, storeError(error));
      }
    }
    this.#running.delete(insertion);
  }

  async #run(insertion: Insertion, batch: readonly Pending[]): Promise<void> {
    const values = columnsOf(batch).map(arrayOf);
    const { rows } = await this.#connections.use((query) =>
      query({ name: `insert ${insertion.table}`, text: sharedSql(insertion), values }),
    );
    const inserted = new Set(rows.map((row) => Object.values(row as object).join(' ')));
    for (const { subject, resolve, reject } of batch) {
      if (inserted.has(subject)) resolve();
      else reject(new Conflict());
    }
  }

  /** What is wrong with one row says nothing about the others of the statement: each is tried alone. */
  async #fail(insertion: Insertion, batch: readonly Pending[], error: Error): Promise<void> {
    let outage = error instanceof Unavailable ? error : undefined;
    for (const pending of batch) {
      if (outage !== undefined || batch.length === 1) {
        pending.reject(outage ?? error);
        continue;
      }
      try {
        await this.#run(insertion, [pending]);
      } catch (thrown) {
        const reason = storeError(thrown);
        pending.reject(reason);
        if (reason instanceof Unavailable) outage = reason;
      }
    }
  }
}

/** The longest waiting rows with different subjects; the others keep their order. */
function takeBatch(queue: Pending[]): Pending[] {
  const subjects = new Set<string>();
  const batch: Pending[] = [];
  const later: Pending[] = [];
  for (const pending of queue.splice(0)) {
    if (batch.length < rowsPerStatement && !subjects.has(pending.subject)) batch.push(pending);
    else later.push(pending);
    subjects.add(pending.subject);
  }
  queue.push(...later);
  // Every process locks in the same order: no two can wait for each other.
  return batch.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

const texts = new WeakMap<Insertion, string>();

function sharedSql(insertion: Insertion): string {
  const known = texts.get(insertion);
  if (known !== undefined) return known;
  const { table, columns, subjectColumns, where } = insertion;
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  const text = `insert into ${table} (${names.join(', ')})
    select ${names.map((name) => `given.${name}`).join(', ')} from unnest(${arrays.join(', ')}) as given (${names.join(', ')})
    where ${where} on conflict do nothing returning ${names.slice(0, subjectColumns).join(', ')}`;
  texts.set(insertion, text);
  return text;
}
