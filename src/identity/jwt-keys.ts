/** The public keys of an issuer of JWTs: found by its own description (RFC 8414), read when needed, kept for a while. */
import type { JWTVerifyGetKey } from 'jose';
import { isIssuer } from '../platform/setting.ts';

/** The issuer cannot be asked right now: whether a token is good is not known. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** Where issuers describe themselves: OpenID Connect Discovery 1.0 section 4, and RFC 8414 section 3. */
function descriptionUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

const timeoutMs = 5_000;
/** New keys count at once: a key that is not known is looked for again, though not more often than this. */
const cooldownMs = 5_000;
/** A key that was withdrawn counts no longer than this. */
const keptMs = 600_000;

export class IssuerKeys {
  readonly #issuer: string;
  readonly #now: () => number;
  #keys: Promise<JWTVerifyGetKey> | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(issuer: string, now: () => number) {
    this.#issuer = issuer;
    this.#now = now;
  }

  /** Finds the key of a token by its header's `kid` and `alg` alone. Rejects with {@link IssuerUnavailable}. */
  async load(): Promise<JWTVerifyGetKey> {
    // Who is down is not asked by every request.
    if (this.#now() - this.#failedAt < cooldownMs)
      throw new IssuerUnavailable(`${this.#issuer} is unavailable`);
    this.#keys ??= this.#discover().catch((error: unknown) => {
      this.#keys = undefined;
      this.#failedAt = this.#now();
      throw error;
    });
    return this.#keys;
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { createRemoteJWKSet } = await import('jose');
    const url = await this.#keysUrl();
    return createRemoteJWKSet(url, {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: keptMs,
    });
  }

  async #keysUrl(): Promise<URL> {
    for (const url of descriptionUrls(this.#issuer)) {
      const description = await describedAt(url);
      // Whoever describes itself under another name is another issuer (RFC 8414 section 3.3).
      if (description?.issuer !== this.#issuer) continue;
      const { jwks_uri: keysUrl } = description;
      if (typeof keysUrl === 'string' && isIssuer(keysUrl.replace(/\?.*$/, ''))) return new URL(keysUrl);
    }
    throw new IssuerUnavailable(`${this.#issuer} does not say where its keys are`);
  }
}

async function describedAt(url: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (!response.ok) return undefined;
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
