/** Sign-ins with another server that a browser began, until they are confirmed or forgotten. */
import { Conflict, type Database } from '../platform/database.ts';
import type { SealedColumn } from '../platform/sealed-column.ts';

/** What only the answer to this very sign-in fits. */
export interface OpenidChecks {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly codeVerifier: string;
}

export interface PendingSignIn extends OpenidChecks {
  readonly returnPath: string;
}

function verifierContext(hash: string): string {
  return `openid_sign_ins\n${hash}\ncode_verifier`;
}

export const codeVerifiersColumn: SealedColumn = {
  table: 'openid_sign_ins',
  key: ['hash'],
  start: [''],
  column: 'code_verifier',
  contextOf: ([hash]) => verifierContext(hash as string),
};

export class OpenidStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps a sign-in until `expires`, and forgets those whose time has passed; both times ISO-8601 UTC. */
  async begin(hash: string, pending: PendingSignIn, expires: string, now: string): Promise<void> {
    const { state, nonce, codeVerifier, returnPath } = pending;
    const sql = `insert into openid_sign_ins (hash, state, nonce, code_verifier, return_path, expires)
      values (?, ?, ?, ?, ?, ?)`;
    const secret = { index: 3, context: verifierContext(hash) };
    await this.#database.write([
      { sql: 'delete from openid_sign_ins where expires <= ?', values: [now] },
      { sql, values: [hash, state, nonce, codeVerifier, returnPath, expires], changes: 1, secret },
    ]);
  }

  /** Takes a sign-in out: of several who ask for the same one, one gets it. */
  async take(hash: string, now: string): Promise<PendingSignIn | undefined> {
    const find = `select state, nonce, code_verifier, return_path from openid_sign_ins
      where hash = ? and expires > ?`;
    const row = await this.#database.get(find, [hash, now]);
    if (row === undefined) return undefined;
    try {
      const sql = 'delete from openid_sign_ins where hash = ?';
      await this.#database.write([{ sql, values: [hash], changes: 1 }]);
    } catch (error) {
      if (error instanceof Conflict) return undefined;
      throw error;
    }
    return {
      state: row.state as string,
      nonce: row.nonce as string,
      codeVerifier: this.#database.secrets.open(row.code_verifier as string, verifierContext(hash)),
      returnPath: row.return_path as string,
    };
  }
}
