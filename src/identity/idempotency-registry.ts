/** The requests that came with an Idempotency-Key, and what they were answered with. */
import { Conflict, type Database, insertion } from '../platform/database.ts';
import type { SealedColumn } from '../platform/sealed-column.ts';

/** Whose key. */
export interface KeyOfUser {
  readonly userId: string;
  readonly key: string;
}

/** One try to do a request. */
export interface Reservation {
  readonly fingerprint: string;
  /** A random id: nobody else may store an answer or give up. */
  readonly owner: string;
  /** ISO-8601 UTC. */
  readonly reserved: string;
}

export interface KnownRequest extends Reservation {
  /** Undefined while it is being done. */
  readonly answer: string | undefined;
}

const reservations = insertion({
  table: 'idempotent_requests',
  columns: {
    user_id: 'text',
    idempotency_key: 'text',
    fingerprint: 'text',
    owner: 'text',
    reserved: 'text',
  },
  subjectColumns: 2,
  where: 'true',
});

/** Answers can have PINs in them. */
function answerContext(userId: string, key: string): string {
  return `idempotent_requests\n${userId}\n${key}`;
}

export const answersColumn: SealedColumn = {
  table: 'idempotent_requests',
  key: ['user_id', 'idempotency_key'],
  start: ['', ''],
  column: 'answer',
  contextOf: ([userId, key]) => answerContext(userId as string, key as string),
};

const ofKey = 'user_id = ? and idempotency_key = ?';

export class IdempotencyRegistry {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether the key was free: then it is taken now. */
  reserve({ userId, key }: KeyOfUser, { fingerprint, owner, reserved }: Reservation): Promise<boolean> {
    return succeeds(this.#database.insert(reservations, [userId, key, fingerprint, owner, reserved]));
  }

  async find({ userId, key }: KeyOfUser): Promise<KnownRequest | undefined> {
    const sql = `select fingerprint, owner, reserved, answer from idempotent_requests where ${ofKey}`;
    const row = await this.#database.get(sql, [userId, key]);
    if (row === undefined) return undefined;
    return {
      fingerprint: row.fingerprint as string,
      owner: row.owner as string,
      reserved: row.reserved as string,
      answer:
        row.answer === null
          ? undefined
          : this.#database.secrets.open(row.answer as string, answerContext(userId, key)),
    };
  }

  /** Whether `outdated` was still there, and as it was: then `next` is in its place. */
  takeOver({ userId, key }: KeyOfUser, outdated: KnownRequest, next: Reservation): Promise<boolean> {
    const isAnswered = outdated.answer === undefined ? 'is null' : 'is not null';
    const sql = `update idempotent_requests set fingerprint = ?, owner = ?, reserved = ?, answer = null
      where ${ofKey} and owner = ? and answer ${isAnswered}`;
    const values = [next.fingerprint, next.owner, next.reserved, userId, key, outdated.owner];
    return succeeds(this.#database.write([{ sql, values, changes: 1 }]));
  }

  /** Remembers the answer, unless another try took over. */
  async store({ userId, key }: KeyOfUser, owner: string, answer: string): Promise<void> {
    const sql = `update idempotent_requests set answer = ? where ${ofKey} and owner = ?`;
    const secret = { index: 0, context: answerContext(userId, key) };
    await this.#database.write([{ sql, values: [answer, userId, key, owner], secret }]);
  }

  /** Makes the key free again, unless another try took over. */
  async release({ userId, key }: KeyOfUser, owner: string): Promise<void> {
    const sql = `delete from idempotent_requests where ${ofKey} and owner = ?`;
    await this.#database.write([{ sql, values: [userId, key, owner] }]);
  }

  /** Some of the keys that were reserved before `time`, the oldest first. */
  async expired(time: string, limit: number): Promise<KeyOfUser[]> {
    const rows = await this.#database.all(
      'select user_id, idempotency_key from idempotent_requests where reserved < ? order by reserved limit ?',
      [time, limit],
    );
    return rows.map((row) => ({ userId: row.user_id as string, key: row.idempotency_key as string }));
  }

  /** Removes these keys, but for those that were taken over since `time`. Each row by its key: any engine can. */
  async remove(keys: readonly KeyOfUser[], time: string): Promise<void> {
    const sql = `delete from idempotent_requests where ${ofKey} and reserved < ?`;
    await this.#database.write(keys.map(({ userId, key }) => ({ sql, values: [userId, key, time] })));
  }
}

async function succeeds(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
