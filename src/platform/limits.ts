/** How many requests are taken: from one address, with one token, and at the same time. Each process counts for itself. */
import type { FastifyInstance } from 'fastify';
import { type ApiError, overloaded, tooManyRequests } from '../errors.ts';
import { TokenBuckets } from './token-buckets.ts';

export interface LimitOptions {
  /** Requests a second with one token, on average; 0 for any number. */
  readonly tokenRate: number;
  /** How many of them may come at once. */
  readonly tokenBurst: number;
  /** The same for one address. */
  readonly addressRate: number;
  readonly addressBurst: number;
  /** How many requests may be under way at once. */
  readonly concurrencyLimit: number;
}

/** What a request costs its address whose caller is not known: trying out tokens is dearer than using one. */
const failureCost = 10;

/** `now` is when the request arrived, in ms on a clock that never goes back. */
export class RateLimits {
  readonly #ofTokens: TokenBuckets | undefined;
  readonly #ofAddresses: TokenBuckets | undefined;

  constructor(options: LimitOptions) {
    const { tokenRate, tokenBurst, addressRate, addressBurst } = options;
    this.#ofTokens = bucketsFor(tokenRate, tokenBurst);
    this.#ofAddresses = bucketsFor(addressRate, addressBurst);
  }

  /** Counts a request from this address: a 429 when there were too many. */
  ofAddress(address: string, now: number): ApiError | undefined {
    if (this.#ofAddresses === undefined || isLoopback(address)) return undefined;
    const missingMs = this.#ofAddresses.take(networkOf(address), now);
    return missingMs === 0 ? undefined : tooManyRequests('request.address-rate', missingMs);
  }

  /** Counts a failure to say who is calling, beside the request itself. */
  addFailure(address: string, now: number): void {
    if (this.#ofAddresses === undefined || isLoopback(address)) return;
    this.#ofAddresses.spend(networkOf(address), failureCost - 1, now);
  }

  /** Counts a request with this token: a 429 when there were too many. */
  ofToken(tokenId: string, now: number): ApiError | undefined {
    const missingMs = this.#ofTokens?.take(tokenId, now) ?? 0;
    return missingMs === 0 ? undefined : tooManyRequests('request.token-rate', missingMs);
  }
}

function bucketsFor(rate: number, burst: number): TokenBuckets | undefined {
  return rate === 0 ? undefined : new TokenBuckets({ rate, burst });
}

/** A proxy on this machine, which speaks for everybody, or somebody who could as well stop the server. */
function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}

/** Who has one IPv6 address has at least the 2^64 of its network (RFC 6177). IPv4 addresses stand for themselves. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [start = '', end] = address.split('::');
  const first = start === '' ? [] : start.split(':');
  const last = end === undefined || end === '' ? [] : end.split(':');
  const zeros = end === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}

/** Paths that tell whether the server lives: answered also when it refuses all others. */
export function isProbe(url: string): boolean {
  return url === '/livez' || url === '/readyz';
}

/**
 * Lets only so many handlers run at once; returns what makes the refusal of a request that would have to wait. Bodies on
 * their way do not count: a client that sends slowly takes nobody's place.
 */
export function limitConcurrency(app: FastifyInstance, limit: number): () => ApiError | undefined {
  let running = 0;
  const end = (): void => {
    running -= 1;
  };
  app.addHook('onRoute', (route) => {
    if (isProbe(route.url)) return;
    const { handler } = route;
    route.handler = function limited(request, reply) {
      if (running >= limit) throw overloaded();
      running += 1;
      let result: unknown;
      try {
        result = handler.call(this, request, reply);
      } catch (error) {
        end();
        throw error;
      }
      if (result instanceof Promise) result.then(end, end);
      else end();
      return result;
    };
  });
  return () => (running >= limit ? overloaded() : undefined);
}
