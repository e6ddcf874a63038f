import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { networkOf } from '../../src/platform/limits.ts';
import { TokenBuckets } from '../../src/platform/token-buckets.ts';

test('a full bucket is taken at once, and fills at its rate', () => {
  let now = 0;
  const buckets = new TokenBuckets({ rate: 10, burst: 3 });
  assert.deepEqual(
    [1, 2, 3].map(() => buckets.take('a', now)),
    [0, 0, 0],
  );
  assert.equal(buckets.take('a', now), 100);
  assert.equal(buckets.take('b', now), 0);
  now = 99;
  assert.equal(buckets.take('a', now), 1);
  now = 100;
  assert.equal(buckets.take('a', now), 0);
  assert.equal(buckets.take('a', now), 100);
  now = 10_000;
  assert.deepEqual(
    [1, 2, 3, 4].map(() => buckets.take('a', now)),
    [0, 0, 0, 100],
  );
});

test('no rate makes a full bucket lose a token to rounding', () => {
  for (let rate = 1; rate <= 1_000; rate += 1) {
    const buckets = new TokenBuckets({ rate, burst: 7 });
    for (let taken = 0; taken < 7; taken += 1) assert.equal(buckets.take('a', 0.1), 0, `${rate} a second`);
    assert.ok(buckets.take('a', 0.1) > 0);
  }
});

test('what is spent beyond a bucket is not owed for longer than it takes to fill', () => {
  let now = 0;
  const buckets = new TokenBuckets({ rate: 1, burst: 5 });
  buckets.spend('a', 3, now);
  assert.deepEqual(
    [1, 2, 3].map(() => buckets.take('a', now)),
    [0, 0, 1_000],
  );
  buckets.spend('a', 1_000_000, now);
  assert.equal(buckets.take('a', now), 1_000);
  now = 5_000;
  assert.equal(buckets.take('a', now), 0);
});

/** A bucket as the textbook has it. */
class PlainBucket {
  #tokens: number;
  #at = 0;
  readonly #burst: number;

  constructor(burst: number) {
    this.#burst = burst;
    this.#tokens = burst;
  }

  take(now: number): boolean {
    // One token a ms: whole numbers, which no rounding blurs.
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at));
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

test('any run of requests is judged as the textbook does, whichever buckets were let go meanwhile', () => {
  const request = fc.record({
    pauseMs: fc.integer({ min: 0, max: 12 }),
    key: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (requests, burst) => {
      let now = 0;
      const buckets = new TokenBuckets({ rate: 1_000, burst });
      const plain = new Map(['a', 'b', 'c'].map((key) => [key, new PlainBucket(burst)]));
      for (const { pauseMs, key } of requests) {
        now += pauseMs;
        assert.equal(buckets.take(key, now) === 0, plain.get(key)!.take(now));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a million addresses take bounded memory, and those that are full are let go', () => {
  let now = 0;
  const buckets = new TokenBuckets({ rate: 1, burst: 10, capacity: 1_000 });
  for (let index = 0; index < 1_000_000; index += 1) {
    buckets.take(`address ${index}`, now);
    if (index % 10_000 === 0) assert.ok(buckets.size <= 1_000);
  }
  now += 10_000;
  buckets.take('a', now);
  now += 10_000;
  buckets.take('b', now);
  assert.equal(buckets.size, 2);
});

test('an IPv6 address counts as its network of 64 bits, one of IPv4 as itself', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7');
  assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7');
  for (const address of ['2001:db8:1:2::', '2001:db8:1:2::7', '2001:db8:1:2:3:4:5:6'])
    assert.equal(networkOf(address), '2001:db8:1:2');
  assert.equal(networkOf('2001:db8::7'), '2001:db8:0:0');
  assert.equal(networkOf('fe80::1:2:3:4'), 'fe80:0:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
});
