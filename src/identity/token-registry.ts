/** The tokens as those who administer them see them: never their value or hash. */
import { rowsOfKeys } from '../platform/bulk.ts';
import { type Database, directoryChanged, type Row, type Statement } from '../platform/database.ts';
import type { Scope } from './scopes.ts';

export interface TokenEntry {
  readonly id: string;
  /** The holder's address. */
  readonly email: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO-8601 UTC, as are all of these. */
  readonly created: string;
  readonly expires: string | undefined;
  readonly revoked: string | undefined;
  /** To the minute. */
  readonly lastUsed: string | undefined;
}

/** A token with its hash, to compare with or to take to another database. */
export interface StoredToken {
  readonly hash: string;
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires: string | undefined;
  readonly revoked: string | undefined;
}

export class TokenRegistry {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Some of the tokens in the order of their users and names, and how many there are in all. */
  async list(
    userId: string | undefined,
    limit: number,
    offset: number,
  ): Promise<{ tokens: TokenEntry[]; total: number }> {
    const where = userId === undefined ? '' : 'where t.user_id = ?';
    const values = userId === undefined ? [] : [userId];
    const counted = await this.#database.get(`select count(*) as total from tokens t ${where}`, values);
    const rows = await this.#database.all(
      `select t.id, u.email, t.name, t.scopes, t.created, t.expires, t.revoked, t.last_used
       from tokens t join users u on u.id = t.user_id ${where}
       order by u.email_key, t.name, t.id limit ? offset ?`,
      [...values, limit, offset],
    );
    return { tokens: rows.map(entryFrom), total: counted!.total as number };
  }

  async find(id: string): Promise<TokenEntry | undefined> {
    const row = await this.#database.get(
      `select t.id, u.email, t.name, t.scopes, t.created, t.expires, t.revoked, t.last_used
       from tokens t join users u on u.id = t.user_id where t.id = ?`,
      [id],
    );
    return row === undefined ? undefined : entryFrom(row);
  }

  /** Makes a token useless for good, together with `also`; one that was revoked before keeps its time. */
  async revoke(id: string, now: string, also: readonly Statement[] = []): Promise<void> {
    await this.#database.write([
      { sql: 'update tokens set revoked = coalesce(revoked, ?) where id = ?', values: [now, id], changes: 1 },
      ...also,
      directoryChanged,
    ]);
  }

  /** Together with `also`. */
  async delete(id: string, also: readonly Statement[] = []): Promise<void> {
    await this.#database.write([
      { sql: 'delete from tokens where id = ?', values: [id], changes: 1 },
      ...also,
      directoryChanged,
    ]);
  }

  /** The tokens with these hashes or these ids. */
  async stored(hashes: Iterable<string>, ids: Iterable<string>): Promise<StoredToken[]> {
    const byHash = await rowsOfKeys(this.#database, `${storedColumns} where hash in (:keys)`, hashes);
    const byId = await rowsOfKeys(this.#database, `${storedColumns} where id in (:keys)`, ids);
    return [...byHash.map(storedFrom), ...byId.map(storedFrom)];
  }

  /** All tokens of these users, by name, but for those that an integration obtained: they end with its consent. */
  async storedOf(userIds: Iterable<string>): Promise<StoredToken[]> {
    const sql = `${storedColumns} where user_id in (:keys) and integration_id is null order by name, id`;
    return (await rowsOfKeys(this.#database, sql, userIds)).map(storedFrom);
  }
}

const storedColumns = 'select hash, id, user_id, name, scopes, expires, revoked from tokens';

/** Revokes the token with this hash; one that was revoked before keeps its time. */
export function revokeStatement(hash: string, revoked: string): Statement {
  const sql = 'update tokens set revoked = coalesce(revoked, ?) where hash = ?';
  return { sql, values: [revoked, hash], changes: 1 };
}

function scopesFrom(row: Row): Scope[] {
  return (row.scopes as string).split(' ') as Scope[];
}

function entryFrom(row: Row): TokenEntry {
  return {
    id: row.id as string,
    email: row.email as string,
    name: row.name as string,
    scopes: scopesFrom(row),
    created: row.created as string,
    expires: (row.expires as string | null) ?? undefined,
    revoked: (row.revoked as string | null) ?? undefined,
    lastUsed: (row.last_used as string | null) ?? undefined,
  };
}

function storedFrom(row: Row): StoredToken {
  return {
    hash: row.hash as string,
    id: row.id as string,
    userId: row.user_id as string,
    name: row.name as string,
    scopes: scopesFrom(row),
    expires: (row.expires as string | null) ?? undefined,
    revoked: (row.revoked as string | null) ?? undefined,
  };
}
