/** All insertions of a moment in one statement. */
import { Conflict, type Insertion, Unavailable, type Value } from './database.ts';
import { arrayOf, columnsOf } from './postgres-arrays.ts';
import { type Connections, NoAnswer } from './postgres-connection.ts';
import { isLocked, storeError } from './postgres-errors.ts';
import type { PreparedTexts } from './postgres-texts.ts';

interface Pending {
  readonly values: readonly Value[];
  readonly subject: string;
  readonly fence: Value;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const rowsPerStatement = 256;
/** While one waits for the disk, the next is put together and sent. More would make smaller statements, not faster ones. */
const statementsInFlight = 2;
/** The next waits for the one under way until it has so many times its rows: small ones cost the database most. */
const growth = 2;
/** But not longer than this, ms: one that is held up holds up nobody else. */
const patienceMs = 10;

/** What there is of one insertion. */
class Queue {
  waiting: Pending[] = [];
  /** Subjects of rows that are under way. */
  readonly subjects = new Set<string>();
  inFlight = 0;
  isScheduled = false;
  patience: NodeJS.Timeout | undefined;

  release(batch: readonly Pending[]): void {
    for (const { subject } of batch) this.subjects.delete(subject);
  }

  /** Whether the next statement would be a small one beside a larger. */
  isTooSmall(): boolean {
    return this.waiting.length < Math.min(rowsPerStatement, growth * this.subjects.size);
  }
}

/**
 * A few statements at a time for each insertion: what arrives meanwhile gathers for the next. Two rows about the same
 * subject are never under way together, because the second may depend on the first. A statement that fails as a whole is
 * taken apart, so that one bad row fails alone.
 */
export class SharedInserts {
  readonly #connections: Connections;
  readonly #texts: PreparedTexts;
  readonly #queues = new Map<Insertion, Queue>();

  constructor(connections: Connections, texts: PreparedTexts) {
    this.#connections = connections;
    this.#texts = texts;
  }

  /** The row goes in only while the fence is `fence`, unless that is null. */
  insert(insertion: Insertion, values: readonly Value[], fence: Value = null): Promise<void> {
    return new Promise((resolve, reject) => {
      const subject = values.slice(0, insertion.subjectColumns).join(' ');
      let queue = this.#queues.get(insertion);
      if (queue === undefined) {
        queue = new Queue();
        this.#queues.set(insertion, queue);
      }
      queue.waiting.push({ values, subject, fence, resolve, reject });
      this.#schedule(insertion, queue);
    });
  }

  #schedule(insertion: Insertion, queue: Queue, isPatient = true): void {
    if (queue.isScheduled || queue.waiting.length === 0 || queue.inFlight >= statementsInFlight) return;
    if (isPatient && queue.isTooSmall()) {
      queue.patience ??= setTimeout(() => {
        queue.patience = undefined;
        this.#schedule(insertion, queue, false);
      }, patienceMs);
      return;
    }
    queue.isScheduled = true;
    setImmediate(() => {
      queue.isScheduled = false;
      const batch = takeBatch(queue);
      // All that wait may have to wait for what is under way.
      if (batch.length === 0) return;
      void this.#send(insertion, queue, batch);
      this.#schedule(insertion, queue);
    });
  }

  async #send(insertion: Insertion, queue: Queue, batch: readonly Pending[]): Promise<void> {
    queue.inFlight += 1;
    try {
      await this.#run(insertion, batch);
      queue.release(batch);
    } catch (error) {
      await this.#fail(insertion, queue, batch, error);
    }
    queue.inFlight -= 1;
    this.#schedule(insertion, queue);
  }

  async #run(insertion: Insertion, batch: readonly Pending[]): Promise<void> {
    const values = [...columnsOf(batch).map(arrayOf), arrayOf(batch.map(({ fence }) => fence))];
    const { rows } = await this.#connections.use((query) =>
      query({ ...this.#texts.insertion(insertion), values, rowMode: 'array' }),
    );
    const areAllIn = rows.length === batch.length;
    const subjects = areAllIn ? undefined : new Set((rows as Value[][]).map((row) => row.join(' ')));
    for (const { subject, resolve, reject } of batch) {
      if (subjects === undefined || subjects.has(subject)) resolve();
      else reject(new Conflict());
    }
  }

  /** What is wrong with one row, or locked, says nothing about the others of the statement: each is tried alone. */
  async #fail(insertion: Insertion, queue: Queue, batch: readonly Pending[], thrown: unknown): Promise<void> {
    const error = storeError(thrown);
    const isOutage = error instanceof Unavailable && !isLocked(thrown);
    if (isOutage || batch.length === 1) {
      // Those that gathered meanwhile have waited long enough, too.
      const late = thrown instanceof NoAnswer ? queue.waiting.splice(0) : [];
      for (const { reject } of [...batch, ...late]) reject(error);
      queue.release(batch);
      return;
    }
    const alone = async (pending: Pending): Promise<void> => {
      await this.#run(insertion, [pending]).catch((reason: unknown) => pending.reject(storeError(reason)));
      queue.release([pending]);
    };
    await Promise.all(batch.map(alone));
  }
}

/** The longest waiting rows with different subjects, of which none is under way; the others keep their order. */
function takeBatch(queue: Queue): Pending[] {
  const batch: Pending[] = [];
  const later: Pending[] = [];
  const passedOver = new Set<string>();
  for (const pending of queue.waiting) {
    const { subject } = pending;
    if (batch.length < rowsPerStatement && !queue.subjects.has(subject) && !passedOver.has(subject)) {
      batch.push(pending);
      queue.subjects.add(subject);
    } else {
      later.push(pending);
      passedOver.add(subject);
    }
  }
  queue.waiting = later;
  // Every process locks in the same order: no two can wait for each other.
  return batch.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}
