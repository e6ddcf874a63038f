/** The private keys that sign ID tokens, shared by all processes. */
import { Conflict, type Database } from '../platform/database.ts';
import type { SealedColumn } from '../platform/sealed-column.ts';

export interface StoredKey {
  /** 1 for the first one. */
  readonly number: number;
  /** A private JSON Web Key (RFC 7517) as text. */
  readonly jwk: string;
  /** ISO-8601 UTC. */
  readonly created: string;
}

function keyContext(number: number): string {
  return `signing_keys\n${number}\njwk`;
}

export const signingKeysColumn: SealedColumn = {
  table: 'signing_keys',
  key: ['number'],
  start: [0],
  column: 'jwk',
  contextOf: ([number]) => keyContext(number as number),
};

export class KeyStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest first. */
  async list(): Promise<StoredKey[]> {
    const rows = await this.#database.all(
      'select number, jwk, created from signing_keys order by number desc',
      [],
    );
    return rows.map((row) => ({
      number: row.number as number,
      jwk: this.#database.secrets.open(row.jwk as string, keyContext(row.number as number)),
      created: row.created as string,
    }));
  }

  /** Whether the number was free: of two processes that add one at the same time, one does. */
  async add({ number, jwk, created }: StoredKey): Promise<boolean> {
    const sql = 'insert into signing_keys (number, jwk, created) values (?, ?, ?)';
    const secret = { index: 1, context: keyContext(number) };
    try {
      await this.#database.write([{ sql, values: [number, jwk, created], changes: 1, secret }]);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  async delete({ number }: StoredKey): Promise<void> {
    await this.#database.write([{ sql: 'delete from signing_keys where number = ?', values: [number] }]);
  }
}
