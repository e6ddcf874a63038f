/** Opaque bearer tokens (RFC 6750): 256 random bits for their holder, a SHA-256 for us. */
import { hash, randomBytes } from 'node:crypto';
import { Cache } from '../platform/cache.ts';
import type { Database, Row, Statement } from '../platform/database.ts';
import type { Scope } from './scopes.ts';

/** Who is calling, and what their token lets them do. */
export interface Caller {
  readonly tokenId: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** A session of our own pages; a token made here; one that an integration obtained; one of another issuer. */
  readonly origin: 'session' | 'token' | 'integration' | 'issuer';
  /** Milliseconds since 1970, or Infinity: for a session too, which is there as long as its holder is. */
  readonly expiresAt: number;
}

export interface Token extends Caller {
  readonly hash: string;
  /** Milliseconds since 1970; kept to the minute. */
  usedAt: number;
}

/** Tokens that are not ours, and yet good. */
export interface ForeignTokens {
  recognizes(tokenValue: string): boolean;
  /** Undefined for one that is not good. */
  tokenOf(tokenValue: string): Promise<Token | undefined>;
}

const tokensKept = 100_000;
const lastUseGrainMs = 60_000;

/** Tokens that everybody knows; they belong to development mode alone (contract section 6). */
export const developmentTokenPrefix = 'anteroom-dev-';

export function newTokenValue(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(tokenValue: string): string {
  return hash('sha256', tokenValue, 'base64url');
}

const findToken = `select t.hash, t.id, t.user_id, t.scopes, t.expires, t.last_used, t.integration_id,
  u.organization_id
  from tokens t join users u on u.id = t.user_id where t.hash = ? and t.revoked is null and u.active = 1`;

export class Tokens {
  readonly #database: Database;
  /** By the header that carries the token: to take it out and hash it would cost more than all of the rest here. */
  readonly #cache: Cache<Token>;
  readonly #now: () => number;
  readonly #acceptDevelopmentTokens: boolean;
  readonly #foreign: ForeignTokens | undefined;
  /** Used for the first time in a while, and not noted in the database yet. */
  #used: Token[] = [];
  #isNoting = false;

  constructor(
    database: Database,
    now: () => number,
    acceptDevelopmentTokens: boolean,
    foreign?: ForeignTokens,
  ) {
    this.#database = database;
    this.#cache = new Cache(database, tokensKept);
    this.#now = now;
    this.#acceptDevelopmentTokens = acceptDevelopmentTokens;
    this.#foreign = foreign;
  }

  /** The caller who holds this token; undefined when it is unknown, expired or revoked. */
  async callerOf(tokenValue: string): Promise<Caller | undefined> {
    if (!this.#acceptDevelopmentTokens && tokenValue.startsWith(developmentTokenPrefix)) return undefined;
    const header = headerOf(tokenValue);
    const known = this.knownCaller(header);
    if (known !== undefined) return known;
    const token = await this.#cache.load(header, async () => {
      if (this.#foreign?.recognizes(tokenValue)) return this.#foreign.tokenOf(tokenValue);
      const row = await this.#database.get(findToken, [hashOf(tokenValue)]);
      return row === undefined ? undefined : tokenFrom(row);
    });
    return token === undefined ? undefined : this.#inForce(token);
  }

  /**
   * The same for an Authorization header as nearly all clients write it, and as far as memory tells; undefined also for a
   * token that has to be looked up.
   */
  knownCaller(authorization: string): Caller | undefined {
    const token = this.#cache.get(authorization);
    return token === undefined ? undefined : this.#inForce(token);
  }

  /** Drops what is kept in memory, after tokens or their users were changed. */
  forgetAll(): void {
    this.#cache.clear();
  }

  #inForce(token: Token): Caller | undefined {
    const now = this.#now();
    if (token.expiresAt <= now) return undefined;
    if (now - token.usedAt >= lastUseGrainMs) this.#noteUse(token, now);
    return token;
  }

  /** In the background: nobody waits for it, and losing it is harmless. */
  #noteUse(token: Token, now: number): void {
    token.usedAt = now;
    this.#used.push(token);
    if (this.#isNoting) return;
    this.#isNoting = true;
    setImmediate(() => void this.#noteUses());
  }

  /** One unit at a time: in the first minute of thousands of users, a commit each would take the place of requests. */
  async #noteUses(): Promise<void> {
    while (this.#used.length > 0) {
      // Every process locks in the same order: no two can wait for each other.
      const tokens = this.#used.sort((one, other) => (one.hash < other.hash ? -1 : 1));
      this.#used = [];
      const unit = tokens.map(({ hash, usedAt }) => ({
        sql: 'update tokens set last_used = ? where hash = ?',
        values: [new Date(usedAt).toISOString(), hash],
      }));
      await this.#database.write(unit).catch(() => {
        for (const token of tokens) token.usedAt = 0;
      });
    }
    this.#isNoting = false;
  }
}

/** The one spelling that is kept: a client that thinks of many fills nobody's memory. */
function headerOf(tokenValue: string): string {
  return `Bearer ${tokenValue}`;
}

function tokenFrom(row: Row): Token {
  return {
    hash: row.hash as string,
    tokenId: row.id as string,
    userId: row.user_id as string,
    organizationId: row.organization_id as string,
    scopes: scopesIn(row.scopes as string),
    origin: row.integration_id === null ? 'token' : 'integration',
    expiresAt: row.expires === null ? Number.POSITIVE_INFINITY : Date.parse(row.expires as string),
    usedAt: row.last_used === null ? 0 : Date.parse(row.last_used as string),
  };
}

/** By their text: thousands of tokens have the same few scopes, and what they share stays in the processor's cache. */
const scopesByText = new Map<string, ReadonlySet<Scope>>();
const scopeTextsKept = 1_000;

function scopesIn(text: string): ReadonlySet<Scope> {
  let scopes = scopesByText.get(text);
  if (scopes === undefined) {
    scopes = new Set(text.split(' ') as Scope[]);
    if (scopesByText.size < scopeTextsKept) scopesByText.set(text, scopes);
  }
  return scopes;
}

export interface NewToken {
  /** A uuid that names the token in logs and lists. */
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO-8601 UTC; never when undefined. */
  readonly expires: string | undefined;
  /** The user id of the administrator who made it; undefined on the command line. */
  readonly createdBy?: string;
}

/**
 * Puts a token of a user who is there into the database, in the user's organization; one with the same hash gets the new
 * name, scopes and expiry.
 */
export function tokenStatement(
  { id, hash, userId, name, scopes, expires, createdBy = '' }: NewToken,
  now: string,
): Statement {
  const sql = `insert into tokens (hash, id, user_id, name, scopes, created, expires, created_by, organization_id)
    select ?, ?, u.id, ?, ?, ?, ?, ?, u.organization_id from users u where u.id = ?
    on conflict (hash) do update set name = excluded.name, scopes = excluded.scopes, expires = excluded.expires
    where tokens.user_id = excluded.user_id`;
  const values = [hash, id, name, scopes.join(' '), now, expires ?? null, createdBy, userId];
  return { sql, values, changes: 1 };
}
