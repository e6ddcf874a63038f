/** What the authorization server remembers between two requests: codes, refresh tokens, sessions, and consent given. */
import { hash } from 'node:crypto';
import { Conflict, type Database, directoryChanged, type Row, type Statement } from '../platform/database.ts';

/** A record without what its holder presents: of that, only the hash is in the database. */
export interface StoredRecord {
  /** Names the record inside; nobody can be made to present it. */
  readonly hash: string;
  /** JSON text. */
  readonly payload: string;
  /** ISO-8601 UTC; when it was redeemed. */
  readonly consumed: string | undefined;
}

export interface NewRecord {
  readonly hash: string;
  readonly kind: string;
  readonly userId: string | undefined;
  readonly integrationId: string | undefined;
  readonly grantId: string | undefined;
  readonly uid: string | undefined;
  /** Kept as it is in the database when undefined. */
  readonly userCodeHash: string | undefined;
  readonly payload: string;
  /** ISO-8601 UTC. */
  readonly expires: string;
}

export interface NewGrant {
  readonly id: string;
  readonly userId: string;
  readonly integrationId: string;
  readonly payload: string;
  /** ISO-8601 UTC. */
  readonly expires: string;
}

/** What a record is found by: a credential of one kind never passes for one of another. */
export function recordHash(kind: string, credential: string): string {
  return hash('sha256', `${kind} ${credential}`, 'base64url');
}

/** One that was redeemed stays as it is. */
const putRecord = `insert into oauth_records (hash, kind, user_id, integration_id, grant_id, uid, user_code_hash, payload,
    expires)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (hash) do update set user_id = excluded.user_id, grant_id = excluded.grant_id,
    payload = excluded.payload, expires = excluded.expires
  where oauth_records.consumed is null`;
const putGrant = `insert into oauth_grants (id, user_id, integration_id, payload, expires) values (?, ?, ?, ?, ?)
  on conflict (id) do update set payload = excluded.payload, expires = excluded.expires
  where oauth_grants.user_id = excluded.user_id and oauth_grants.integration_id = excluded.integration_id`;
const recordColumns = 'select hash, payload, consumed from oauth_records';

export class RecordStore {
  readonly #database: Database;
  readonly #forget: () => void;

  /** `forget` is called after tokens became useless: whoever keeps them in memory forgets them. */
  constructor(database: Database, forget: () => void) {
    this.#database = database;
    this.#forget = forget;
  }

  /** Rejects with a Conflict when the grant, the user or the integration is no longer there. */
  async put(record: NewRecord): Promise<void> {
    const { userId, integrationId, grantId, uid, userCodeHash } = record;
    const references = [userId, integrationId, grantId, uid, userCodeHash].map((value) => value ?? null);
    const values = [record.hash, record.kind, ...references, record.payload, record.expires];
    await this.#database.write([{ sql: putRecord, values }]);
  }

  async find(recordHashed: string): Promise<StoredRecord | undefined> {
    return recordFrom(await this.#database.get(`${recordColumns} where hash = ?`, [recordHashed]));
  }

  async findByUid(kind: string, uid: string): Promise<StoredRecord | undefined> {
    return recordFrom(await this.#database.get(`${recordColumns} where uid = ? and kind = ?`, [uid, kind]));
  }

  async findByUserCode(userCodeHash: string): Promise<StoredRecord | undefined> {
    return recordFrom(await this.#database.get(`${recordColumns} where user_code_hash = ?`, [userCodeHash]));
  }

  /**
   * Redeems a record: of all that try, one succeeds. It is remembered until `rememberUntil`, so that a second try is
   * noticed.
   */
  async consume(recordHashed: string, now: string, rememberUntil: string): Promise<boolean> {
    const sql = `update oauth_records set consumed = ?, expires = case when expires < ? then expires else ? end
      where hash = ? and consumed is null`;
    const values = [now, rememberUntil, rememberUntil, recordHashed];
    try {
      await this.#database.write([{ sql, values, changes: 1 }]);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  async delete(recordHashed: string): Promise<void> {
    await this.#database.write([{ sql: 'delete from oauth_records where hash = ?', values: [recordHashed] }]);
  }

  async deleteOfGrant(kind: string, grantId: string): Promise<void> {
    const sql = 'delete from oauth_records where grant_id = ? and kind = ?';
    await this.#database.write([{ sql, values: [grantId, kind] }]);
  }

  async putGrant({ id, userId, integrationId, payload, expires }: NewGrant): Promise<void> {
    const values = [id, userId, integrationId, payload, expires];
    await this.#database.write([{ sql: putGrant, values, changes: 1 }]);
  }

  async findGrant(id: string): Promise<string | undefined> {
    const row = await this.#database.get('select payload from oauth_grants where id = ?', [id]);
    return row?.payload as string | undefined;
  }

  /** With all codes, refresh tokens and access tokens that follow from it. */
  async deleteGrant(id: string): Promise<void> {
    await this.#database.write([
      { sql: 'delete from oauth_grants where id = ?', values: [id] },
      directoryChanged,
    ]);
    this.#forget();
  }

  /** Removes what expired before `time`, in units that hold nobody up, until nothing is left or `isStopped`. */
  async removeExpired(time: string, isStopped: () => boolean): Promise<void> {
    for (const { find, remove, also } of sweeps) {
      for (let isDone = false; !isDone && !isStopped(); ) {
        const rows = await this.#database.all(find, [time, rowsPerUnit]);
        // Each row by its key: any engine can.
        const unit = rows.map(({ key }): Statement => ({ sql: remove, values: [key!, time] }));
        if (unit.length > 0) await this.#database.write([...unit, ...also]);
        isDone = rows.length < rowsPerUnit;
      }
    }
  }
}

const rowsPerUnit = 200;
const sweeps = [
  {
    find: 'select hash as key from oauth_records where expires < ? order by expires limit ?',
    remove: 'delete from oauth_records where hash = ? and expires < ?',
    also: [],
  },
  {
    find: 'select hash as key from tokens where integration_id is not null and expires < ? order by expires limit ?',
    remove: 'delete from tokens where hash = ? and expires < ?',
    also: [directoryChanged],
  },
  {
    find: 'select id as key from oauth_grants where expires < ? order by expires limit ?',
    remove: 'delete from oauth_grants where id = ? and expires < ?',
    also: [directoryChanged],
  },
];

function recordFrom(row: Row | undefined): StoredRecord | undefined {
  if (row === undefined) return undefined;
  return {
    hash: row.hash as string,
    payload: row.payload as string,
    consumed: (row.consumed as string | null) ?? undefined,
  };
}
