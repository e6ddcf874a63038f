/** JWT access tokens of configured issuers (RFC 9068). */
import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { isEmail } from '../directory/email.ts';
import { unavailable } from '../errors.ts';
import type { Database } from '../platform/database.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { SignInSettings } from '../platform/sign-in-settings.ts';
import { IssuerKeys, IssuerUnavailable } from './jwt-keys.ts';
import { type JwtUser, userOfSubject, userWithAddress } from './jwt-user-store.ts';
import { allScopes, type Scope } from './scopes.ts';
import type { ForeignTokens, Token } from './tokens.ts';

export interface JwtOptions {
  /** As they call themselves. */
  readonly issuers: readonly string[];
  /** What they call this server. */
  readonly audience: () => string;
  /** Names of RFC 7518 and RFC 8037. */
  readonly algorithms: readonly string[];
  /** What names the user: an address that the issuer verified, or a subject that was linked before. */
  readonly userClaim: 'email' | 'sub';
}

/** For so long the keys of the issuer are not asked again about a token. */
const keptMs = 600_000;
const clockToleranceSeconds = 5;

export class JwtTokens implements ForeignTokens {
  readonly #database: Database;
  readonly #options: JwtOptions;
  readonly #now: () => number;
  readonly #keys: ReadonlyMap<string, IssuerKeys>;

  constructor(database: Database, options: JwtOptions, now: () => number) {
    this.#database = database;
    this.#options = options;
    this.#now = now;
    this.#keys = new Map(options.issuers.map((issuer) => [issuer, new IssuerKeys(issuer, now)]));
  }

  /** Whether this looks like a JWT: three parts, of which the first is a JSON object. */
  recognizes(tokenValue: string): boolean {
    return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(tokenValue);
  }

  /** Undefined for a token that is not good here; which check it failed is not told. A 503 when its issuer is down. */
  async tokenOf(tokenValue: string): Promise<Token | undefined> {
    const payload = await this.#verified(tokenValue);
    const user = payload && (await this.#userOf(payload));
    if (payload === undefined || user === undefined) return undefined;
    return {
      ...user,
      hash: '',
      tokenId: tokenIdOf(payload, tokenValue),
      scopes: scopesOf(payload.scope),
      origin: 'issuer',
      expiresAt: Math.min(payload.exp! * 1000, this.#now() + keptMs),
      // Its use is the issuer's to note.
      usedAt: Number.POSITIVE_INFINITY,
    };
  }

  async #verified(tokenValue: string): Promise<JWTPayload | undefined> {
    const { decodeJwt, errors, jwtVerify } = await import('jose');
    try {
      // Not trusted yet: it only chooses whose keys have to fit.
      const { iss = '' } = decodeJwt(tokenValue);
      const keys = await this.#keys.get(iss)?.load();
      if (keys === undefined) return undefined;
      const { payload } = await jwtVerify(tokenValue, keys, {
        issuer: iss,
        audience: this.#options.audience(),
        algorithms: [...this.#options.algorithms],
        typ: 'at+jwt',
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.#now()),
        clockTolerance: clockToleranceSeconds,
      });
      return payload;
    } catch (error) {
      const isDown =
        error instanceof IssuerUnavailable ||
        error instanceof errors.JWKSTimeout ||
        error instanceof errors.JWKSInvalid ||
        !(error instanceof errors.JOSEError) ||
        // The set of keys was answered with something else than 200, or than JSON.
        error.code === 'ERR_JOSE_GENERIC';
      if (isDown) throw unavailable(1, error);
      return undefined;
    }
  }

  async #userOf(payload: JWTPayload): Promise<JwtUser | undefined> {
    if (this.#options.userClaim === 'sub') return userOfSubject(this.#database, payload.iss!, payload.sub!);
    const { email, email_verified: isVerified } = payload;
    if (isVerified !== true || typeof email !== 'string' || !isEmail(email)) return undefined;
    return userWithAddress(this.#database, email);
  }
}

/** Undefined where no issuer is trusted: then a JWT is a token like any other, and unknown. */
export function jwtTokensFrom(
  settings: SignInSettings,
  database: Database,
  now: () => number,
  publicUrl: PublicUrl,
): JwtTokens | undefined {
  const { jwtIssuers: issuers, jwtAudience, jwtAlgorithms: algorithms, jwtUserClaim: userClaim } = settings;
  if (issuers.length === 0) return undefined;
  const audience = (): string => jwtAudience || publicUrl();
  return new JwtTokens(database, { issuers, audience, algorithms, userClaim }, now);
}

/** Those that are known here; an issuer may have others (RFC 9068 section 2.2.3). */
function scopesOf(scope: unknown): ReadonlySet<Scope> {
  const given = new Set(typeof scope === 'string' ? scope.split(' ') : []);
  return new Set(allScopes.filter((name) => given.has(name)));
}

/** Names the token where others can see it: as the issuer does, when that is short and plain. */
function tokenIdOf({ jti }: JWTPayload, tokenValue: string): string {
  const isPlain = typeof jti === 'string' && /^[\w.~-]{1,64}$/.test(jti);
  return `jwt:${isPlain ? jti : hash('sha256', tokenValue, 'base64url')}`;
}
