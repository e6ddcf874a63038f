/** Signed-in browsers in the database. */
import { type Database, directoryChanged, type Statement } from '../platform/database.ts';

/** One browser of one user, from sign-in to sign-out. */
export interface Session {
  /** A uuid that names it where others can see it. */
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly organizationId: string;
  /** How the user proved who they are. */
  readonly method: SignInMethod;
  /** Milliseconds since 1970, as are all of these. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** To the minute. */
  usedAt: number;
}

/** Chosen from the list of development mode; or a password of ours, alone or with a one-time code; or another server's word. */
export type SignInMethod = 'development' | 'password' | 'password-and-code' | 'openid-connect';

export type NewSession = Omit<Session, 'organizationId' | 'usedAt'>;

const findSession = `select s.hash, s.id, s.user_id, s.method, s.created, s.expires, s.last_used, u.organization_id
  from sign_in_sessions s join users u on u.id = s.user_id where s.hash = ? and u.active = 1`;

export class SessionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(hash: string): Promise<Session | undefined> {
    const row = await this.#database.get(findSession, [hash]);
    if (row === undefined) return undefined;
    return {
      id: row.id as string,
      hash,
      userId: row.user_id as string,
      organizationId: row.organization_id as string,
      method: row.method as SignInMethod,
      createdAt: Date.parse(row.created as string),
      expiresAt: Date.parse(row.expires as string),
      usedAt: Date.parse(row.last_used as string),
    };
  }

  /** Puts a session in, in the place of the one with the hash `former`, and forgets all that expired. */
  async start(session: NewSession, former: string | undefined): Promise<void> {
    const { hash, id, userId, method, createdAt, expiresAt } = session;
    const created = new Date(createdAt).toISOString();
    const sql = `insert into sign_in_sessions (hash, id, user_id, method, created, expires, last_used)
      values (?, ?, ?, ?, ?, ?, ?)`;
    const values = [hash, id, userId, method, created, new Date(expiresAt).toISOString(), created];
    await this.#database.write([
      { sql: 'delete from sign_in_sessions where expires <= ?', values: [created] },
      ...(former === undefined ? [] : [endStatement(former), directoryChanged]),
      { sql, values, changes: 1 },
    ]);
  }

  /** Ends a session for good; every process forgets it. */
  async end(hash: string): Promise<void> {
    await this.#database.write([endStatement(hash), directoryChanged]);
  }

  async noteUse({ hash, usedAt }: Session): Promise<void> {
    const sql = 'update sign_in_sessions set last_used = ? where hash = ?';
    await this.#database.write([{ sql, values: [new Date(usedAt).toISOString(), hash] }]);
  }
}

function endStatement(hash: string): Statement {
  return { sql: 'delete from sign_in_sessions where hash = ?', values: [hash] };
}

/** Ends all sessions of a user, for a unit that ends with `directoryChanged`. */
export function endSessionsStatement(userId: string): Statement {
  return { sql: 'delete from sign_in_sessions where user_id = ?', values: [userId] };
}

/** How many browsers a user is signed in with, counting those whose time has passed but that nobody removed yet. */
export async function countSessions(database: Database, userId: string): Promise<number> {
  const sql = 'select count(*) as total from sign_in_sessions where user_id = ?';
  return (await database.get(sql, [userId]))!.total as number;
}
