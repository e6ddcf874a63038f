/**
 * Token buckets, one a key: each fills at the same rate, and what is spent faster is refused. Times are in ms from any
 * start, and never go back.
 */

interface Bucket {
  /** When it is full again, ms: the more was spent, the later (the "theoretical arrival time" of GCRA). */
  fullAt: number;
}

export interface BucketOptions {
  /** Tokens a second. */
  readonly rate: number;
  /** How many tokens a full bucket has, 1 or more. */
  readonly burst: number;
  /** How many buckets are kept at most; the ones that were not used for longest go first. */
  readonly capacity?: number;
}

/**
 * A bucket is one number, and there is no timer: buckets lie in two generations, and when the younger one is full or as
 * old as a bucket takes to fill, the older one is dropped. Whoever is in it was not seen for that long, and has a full
 * bucket anyhow, unless it is dropped for want of room.
 */
export class TokenBuckets {
  readonly #msPerToken: number;
  readonly #msToFill: number;
  readonly #perGeneration: number;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();
  #turnedAt = Number.NEGATIVE_INFINITY;

  constructor({ rate, burst, capacity = 100_000 }: BucketOptions) {
    this.#msPerToken = 1000 / rate;
    this.#msToFill = burst * this.#msPerToken;
    this.#perGeneration = capacity / 2;
  }

  /** Takes a token; otherwise tells after how many ms there will be one. 0 when it was taken. */
  take(key: string, now: number): number {
    const bucket = this.#bucketOf(key, now);
    const fullAt = Math.max(bucket.fullAt, now) + this.#msPerToken;
    const missingMs = fullAt - now - this.#msToFill;
    // A thousandth of a nanosecond is what sums of fractions are off by.
    if (missingMs > 1e-6) return missingMs;
    bucket.fullAt = fullAt;
    return 0;
  }

  /** Takes so many tokens, or all there are. */
  spend(key: string, tokens: number, now: number): void {
    const bucket = this.#bucketOf(key, now);
    const fullAt = Math.max(bucket.fullAt, now) + tokens * this.#msPerToken;
    bucket.fullAt = Math.min(fullAt, now + this.#msToFill);
  }

  /** How many buckets are kept. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #bucketOf(key: string, now: number): Bucket {
    if (now - this.#turnedAt >= this.#msToFill || this.#young.size >= this.#perGeneration) this.#turn(now);
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const bucket = this.#old.get(key) ?? { fullAt: now };
    this.#old.delete(key);
    this.#young.set(key, bucket);
    return bucket;
  }

  #turn(now: number): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#turnedAt = now;
  }
}
