/** Who signs in with a password of ours. */
import { keyOf } from '../directory/email.ts';
import { type Database, directoryChanged, type Statement } from '../platform/database.ts';
import type { SealedColumn } from '../platform/sealed-column.ts';
import { endSessionsStatement } from './session-store.ts';

export interface LocalAccount {
  readonly userId: string;
  /** A hash with its salt and costs. */
  readonly password: string;
  /** Undefined for whoever uses no one-time codes. */
  readonly totpSecret: string | undefined;
  /** The time step of the last one-time code that was used. */
  readonly totpStep: number;
}

const findAccount = `select a.user_id, a.password, a.totp_secret, a.totp_step
  from local_accounts a join users u on u.id = a.user_id and u.active = 1 and u.kind = 'person'`;

function totpContext(userId: string): string {
  return `local_accounts\n${userId}\ntotp_secret`;
}

export const totpSecretsColumn: SealedColumn = {
  table: 'local_accounts',
  key: ['user_id'],
  start: [''],
  column: 'totp_secret',
  contextOf: ([userId]) => totpContext(userId as string),
};

export class AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The account of the user with this address, in any case. */
  async byEmail(email: string): Promise<LocalAccount | undefined> {
    const row = await this.#database.get(`${findAccount} where u.email_key = ?`, [keyOf(email)]);
    if (row === undefined) return undefined;
    const userId = row.user_id as string;
    const sealed = row.totp_secret as string | null;
    return {
      userId,
      password: row.password as string,
      totpSecret: sealed === null ? undefined : this.#database.secrets.open(sealed, totpContext(userId)),
      totpStep: row.totp_step as number,
    };
  }

  /** Whether anybody has one. */
  async hasAny(): Promise<boolean> {
    return (await this.#database.get('select 1 as found from local_accounts limit 1', [])) !== undefined;
  }

  /** Gives a user a password together with `also`, and signs all of their browsers out. */
  async setPassword(
    userId: string,
    password: string,
    now: string,
    also: readonly Statement[] = [],
  ): Promise<void> {
    const sql = `insert into local_accounts (user_id, password, changed, totp_step) values (?, ?, ?, 0)
      on conflict (user_id) do update set password = excluded.password, changed = excluded.changed`;
    await this.#database.write([
      { sql, values: [userId, password, now], changes: 1 },
      endSessionsStatement(userId),
      ...also,
      directoryChanged,
    ]);
  }

  /** Takes the password away, with the one-time codes, together with `also`; signs all of their browsers out. */
  async remove(userId: string, also: readonly Statement[] = []): Promise<void> {
    await this.#database.write([
      { sql: 'delete from local_accounts where user_id = ?', values: [userId] },
      endSessionsStatement(userId),
      ...also,
      directoryChanged,
    ]);
  }

  /** The same password under a new hash, unless it was changed in the meantime. */
  async rehash({ userId, password }: LocalAccount, next: string): Promise<void> {
    const sql = 'update local_accounts set password = ? where user_id = ? and password = ?';
    await this.#database.write([{ sql, values: [next, userId, password] }]);
  }

  /** Has a user give one-time codes from now on, or no longer, and signs all of their browsers out. */
  async setTotpSecret(
    userId: string,
    secret: string | undefined,
    also: readonly Statement[] = [],
  ): Promise<void> {
    const sql = 'update local_accounts set totp_secret = ?, totp_step = 0 where user_id = ?';
    const sealing = secret === undefined ? {} : { secret: { index: 0, context: totpContext(userId) } };
    await this.#database.write([
      { sql, values: [secret ?? null, userId], changes: 1, ...sealing },
      endSessionsStatement(userId),
      ...also,
      directoryChanged,
    ]);
  }

  /** Uses the code of a time step up; a Conflict when it, or a later one, was used before (RFC 6238 section 5.2). */
  async takeStep(userId: string, step: number): Promise<void> {
    const sql = 'update local_accounts set totp_step = ? where user_id = ? and totp_step < ?';
    await this.#database.write([{ sql, values: [step, userId, step], changes: 1 }]);
  }
}
