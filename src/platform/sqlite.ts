/** SQLite as a {@link Database}: reads on this thread, all writes of a turn in one commit on another. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Conflict,
  type Database,
  type Insertion,
  type Row,
  Unavailable,
  type Unit,
  type Value,
} from './database.ts';
import { type Migration, migrateSqlite } from './migrate.ts';
import { noSecrets, sealedUnit } from './secrets.ts';
import { Committer, isDamage, isLocked, Prepared } from './sqlite-commit.ts';
import { CommitOnWorker, type CommitPlace, commitInPlace } from './sqlite-commit-places.ts';
import { memoryPath, openConnection, unusableFile } from './sqlite-connection.ts';
import { insertionText } from './sqlite-insertion.ts';
import type { Outcomes } from './sqlite-writer.ts';

export interface SqliteOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Commit on the calling thread: for command-line tools, which have nobody to hold up. */
  readonly inPlace?: boolean;
  readonly now?: () => Date;
}

interface Pending {
  readonly unit: Unit;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds what one commit may hold up; far above what one turn of the event loop brings. */
const unitsPerCommit = 512;

export class SqliteDatabase implements Database {
  secrets = noSecrets;
  readonly noticesEveryWrite = true;
  readonly #connection: DatabaseSync;
  readonly #prepared: Prepared;
  readonly #writer = randomUUID();
  readonly #place: CommitPlace;
  #queue: Pending[] = [];
  #flushing: Promise<void> | undefined;
  #dataVersion: Value = null;
  #epoch: Value = null;
  #outsideWrites = 0;
  #checkedThisTurn = false;

  constructor({ path, migrations, inPlace = false, now = () => new Date() }: SqliteOptions) {
    this.#connection = openConnection(path);
    try {
      migrateSqlite(this.#connection, migrations, now().toISOString());
    } catch (error) {
      this.#connection.close();
      throw isLocked(error) ? unusableFile(path, error) : error;
    }
    this.#prepared = new Prepared(this.#connection);
    // A memory database belongs to its one connection, and has no disk to wait for.
    this.#place =
      inPlace || path === memoryPath
        ? commitInPlace(new Committer(this.#connection, this.#writer))
        : new CommitOnWorker({ path, writer: this.#writer });
  }

  async get(sql: string, values: readonly Value[]): Promise<Row | undefined> {
    return reading(() => this.#prepared.get(sql).get(...values) as Row | undefined);
  }

  async all(sql: string, values: readonly Value[]): Promise<Row[]> {
    return reading(() => this.#prepared.get(sql).all(...values) as Row[]);
  }

  write(unit: Unit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit: sealedUnit(unit, this.secrets), resolve, reject });
      // After the poll phase: every request that arrived in this turn has put its write in the queue.
      this.#flushing ??= nextTurn().then(() => this.#flush());
    });
  }

  insert(insertion: Insertion, values: readonly Value[]): Promise<void> {
    return this.write([{ sql: insertionText(insertion), values, changes: 1 }]);
  }

  /** Commits until the queue is empty: what arrives during one commit is in the next. Never rejects. */
  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, unitsPerCommit);
      try {
        settle(batch, await this.#place.commit(batch.map(({ unit }) => unit)));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = undefined;
  }

  /** Asking costs a microsecond, and is part of {@link outsideWrites}. */
  fence(): undefined {}

  /**
   * Once per turn of the event loop is enough: a request handled in this turn was sent before it began, so a
   * write acknowledged later is concurrent with it.
   */
  outsideWrites(): number {
    if (this.#checkedThisTurn) return this.#outsideWrites;
    this.#checkedThisTurn = true;
    setImmediate(() => {
      this.#checkedThisTurn = false;
    });
    const dataVersion = this.#prepared.get('pragma data_version').get()!.data_version as Value;
    if (dataVersion !== this.#dataVersion) {
      this.#dataVersion = dataVersion;
      const { writer, epoch } = this.#prepared.get('select writer, epoch from latest_writer').get() as Row;
      // The epoch moves on when the writer changes: it stands still only while nobody but this process wrote.
      if (writer !== this.#writer || epoch !== this.#epoch) this.#outsideWrites += 1;
      this.#epoch = epoch as Value;
    }
    return this.#outsideWrites;
  }

  async check(): Promise<void> {
    await this.get('select 1 as answer', []);
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#place.close();
    this.#connection.close();
  }
}

function settle(batch: readonly Pending[], outcomes: Outcomes): void {
  if (outcomes === 'all committed') for (const { resolve } of batch) resolve();
  else if ('reason' in outcomes) {
    const cause = new Error(outcomes.reason);
    const error = outcomes.isDamage ? cause : new Unavailable('the commit failed', { cause });
    for (const { reject } of batch) reject(error);
  } else {
    for (const [index, { resolve, reject }] of batch.entries()) {
      if (outcomes[index] === 'committed') resolve();
      else reject(new Conflict());
    }
  }
}

/** A damaged file is a fault of its own, told apart from one that cannot be read right now. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isDamage(error)) throw error;
    throw new Unavailable('the read failed', { cause: error });
  }
}
