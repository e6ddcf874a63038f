/** Cookies (RFC 6265): reading one, setting one, removing one. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The value of the cookie `name`; undefined when the browser sent none, or two that differ: a page of another host of
 * the same domain may have planted one of them, and nothing tells which.
 */
export function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  let found: string | undefined;
  for (const pair of (headers.cookie ?? '').split(';')) {
    const separator = pair.indexOf('=');
    if (pair.slice(0, separator).trim() !== name || separator < 0) continue;
    const value = pair.slice(separator + 1).trim();
    if (found !== undefined && found !== value) return undefined;
    found = value;
  }
  return found;
}

export interface CookieOptions {
  /** Whether it goes over TLS alone. */
  readonly secure: boolean;
  /** Until the browser is closed when left out. */
  readonly maxAgeSeconds?: number;
}

/**
 * Sets a cookie for all paths that no script can read and that no other site's form or script brings along. `value` is
 * base64url.
 */
export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  { secure, maxAgeSeconds }: CookieOptions,
): void {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  const transport = secure ? '; Secure' : '';
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${transport}${age}`);
}

export function removeCookie(reply: FastifyReply, name: string, options: { secure: boolean }): void {
  setCookie(reply, name, '', { ...options, maxAgeSeconds: 0 });
}
