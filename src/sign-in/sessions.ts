/** Who is signed in with a browser: 256 random bits in a cookie that no script can read, a SHA-256 for us. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Directory } from '../directory/store.ts';
import { hashOf } from '../identity/tokens.ts';
import { Cache } from '../platform/cache.ts';
import { cookieOf, removeCookie, setCookie } from '../platform/cookies.ts';
import type { Database } from '../platform/database.ts';
import { isSecure, type PublicUrl } from '../platform/public-url.ts';
import { type Session, SessionStore, type SignInMethod } from './session-store.ts';

/** Who is there. */
export interface SignedIn {
  readonly sessionId: string;
  readonly userId: string;
  readonly organizationId: string;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  readonly method: SignInMethod;
}

export interface SessionLimits {
  /** After this time without a request a session is over, ms. */
  readonly idleMs: number;
  /** After this time a session is over, ms. */
  readonly lifetimeMs: number;
}

export interface SessionsParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly publicUrl: PublicUrl;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits: SessionLimits;
}

const cookie = 'anteroom_session';
const sessionsKept = 20_000;
const useGrainMs = 60_000;

export class Sessions {
  readonly #database: Database;
  readonly #directory: Directory;
  readonly #store: SessionStore;
  /** By the value of the cookie. */
  readonly #cache: Cache<Session>;
  readonly #publicUrl: PublicUrl;
  readonly #now: () => number;
  readonly #limits: SessionLimits;

  constructor({ database, directory, publicUrl, now, limits }: SessionsParts) {
    this.#database = database;
    this.#directory = directory;
    this.#store = new SessionStore(database);
    this.#cache = new Cache(database, sessionsKept);
    this.#publicUrl = publicUrl;
    this.#now = now;
    this.#limits = limits;
  }

  /** Who is signed in with the browser that sent `request`; undefined when nobody is, or no longer. */
  async of(request: FastifyRequest): Promise<SignedIn | undefined> {
    const value = valueIn(request);
    if (value === undefined) return undefined;
    await this.#database.fence();
    const session = await this.#sessionOf(value);
    if (session === undefined || !(await this.#isActive(session))) return undefined;
    this.#noteUse(session);
    const { id: sessionId, userId, organizationId, createdAt: signedInAt, method } = session;
    return { sessionId, userId, organizationId, signedInAt, method };
  }

  /** Signs a user in: with a new cookie, whatever the browser held before, so that nobody can plant one (fixation). */
  async start(
    request: FastifyRequest,
    reply: FastifyReply,
    userId: string,
    method: SignInMethod,
  ): Promise<{ readonly sessionId: string }> {
    const former = valueIn(request);
    const value = randomBytes(32).toString('base64url');
    const createdAt = this.#now();
    const expiresAt = createdAt + this.#limits.lifetimeMs;
    const session = { id: randomUUID(), hash: hashOf(value), userId, method, createdAt, expiresAt };
    await this.#store.start(session, former === undefined ? undefined : hashOf(former));
    if (former !== undefined) this.#cache.delete(former);
    setCookie(reply, cookie, value, this.#cookieOptions);
    return { sessionId: session.id };
  }

  /** Signs the browser out; who it was, if anybody. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined> {
    const value = valueIn(request);
    const signedIn = await this.of(request);
    removeCookie(reply, cookie, this.#cookieOptions);
    if (value === undefined) return undefined;
    await this.#store.end(hashOf(value));
    this.#cache.delete(value);
    return signedIn;
  }

  /** Asked each time: the directory knows first who was deactivated or deleted. */
  async #isActive({ userId }: Session): Promise<boolean> {
    return (await this.#directory.member(userId))?.active === true;
  }

  get #cookieOptions(): { secure: boolean } {
    return { secure: isSecure(this.#publicUrl) };
  }

  /** Drops what is kept in memory, after users were changed. */
  forgetAll(): void {
    this.#cache.clear();
  }

  async #sessionOf(value: string): Promise<Session | undefined> {
    const read = (): Promise<Session | undefined> => this.#store.find(hashOf(value));
    const known = this.#cache.get(value);
    if (known !== undefined && this.#inForce(known)) return known;
    // Another process may have seen the browser in the meantime.
    const session = await this.#cache.load(value, read);
    return session !== undefined && this.#inForce(session) ? session : undefined;
  }

  #inForce({ expiresAt, usedAt }: Session): boolean {
    const now = this.#now();
    return now < expiresAt && now - usedAt < this.#limits.idleMs;
  }

  /** In the background: nobody waits for it, and losing it is harmless. */
  #noteUse(session: Session): void {
    const before = session.usedAt;
    if (this.#now() - before < Math.min(useGrainMs, this.#limits.idleMs / 2)) return;
    session.usedAt = this.#now();
    this.#store.noteUse(session).catch(() => {
      session.usedAt = before;
    });
  }
}

function valueIn(request: FastifyRequest): string | undefined {
  const value = cookieOf(request, cookie);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}
