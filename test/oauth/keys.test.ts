/** The keys that sign ID tokens: made once, shared, and replaced without a client noticing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { KeyStore, type StoredKey } from '../../src/oauth/key-store.ts';
import { addKey, keysInUse, publishedAfterUseMs, publishedBeforeUseMs } from '../../src/oauth/keys.ts';
import { addIntegration, discover, obtainTokens } from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signedInAs } from '../helpers/visitor.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const key = (number: number, createdAtMs: number): StoredKey => ({
  number,
  jwk: '{}',
  created: new Date(createdAtMs).toISOString(),
});
const numbersAt = (keys: readonly StoredKey[], nowMs: number) =>
  keysInUse(keys, nowMs).map(({ number }) => number);

test('the first key signs at once; the next one is published before it signs, and after', () => {
  const rotated = start + 1_000_000_000;
  const keys = [key(2, rotated), key(1, start)];
  assert.deepEqual(numbersAt([], start), []);
  assert.deepEqual(numbersAt([key(1, start)], start), [1]);
  assert.deepEqual(numbersAt(keys, rotated), [1, 2]);
  assert.deepEqual(numbersAt(keys, rotated + publishedBeforeUseMs - 1), [1, 2]);
  assert.deepEqual(numbersAt(keys, rotated + publishedBeforeUseMs), [2, 1]);
  const over = rotated + publishedBeforeUseMs + publishedAfterUseMs;
  assert.deepEqual(numbersAt(keys, over - 1), [2, 1]);
  assert.deepEqual(numbersAt(keys, over), [2]);
});

test('several rotations at once leave none out that may have signed', () => {
  const keys = [key(3, start + 2), key(2, start + 1), key(1, start)];
  assert.deepEqual(numbersAt(keys, start + 2), [1, 3, 2]);
  assert.deepEqual(numbersAt(keys, start + publishedBeforeUseMs + 2), [3, 2, 1]);
});

test('a server follows a rotation, and what was signed before can still be checked', async () => {
  let now = Date.now();
  const server = await startServer({ now: () => now });
  const store = new KeyStore(server.database!);
  const configuration = await discover(server.url, await addIntegration(server.database!));
  const browser = await signedInAs(server.url, demoUserId('john.andersen@example.com'));
  const sign = async () => (await obtainTokens(configuration, browser, { scope: 'openid' })).id_token!;
  const published = async () => (await (await fetch(`${server.url}/v1/jwks`)).json()) as never;
  const before = await sign();
  assert.equal((await store.list()).length, 1);
  await addKey(store, now);
  now += 61_000;
  assert.equal(decodeProtectedHeader(await sign()).kid, decodeProtectedHeader(before).kid);
  now += publishedBeforeUseMs;
  const after = await sign();
  assert.notEqual(decodeProtectedHeader(after).kid, decodeProtectedHeader(before).kid);
  const keys = await published();
  for (const token of [before, after])
    await jwtVerify(token, createLocalJWKSet(keys), { issuer: server.url });
  assert.doesNotMatch(JSON.stringify(keys), /"(d|p|q|dp|dq|qi)":/);
  now += publishedAfterUseMs;
  await published();
  assert.deepEqual(
    (await store.list()).map(({ number }) => number),
    [2],
  );
});

test('processes that need the first key at the same moment end with the same one', async () => {
  const { database } = await startServer();
  const stores = [1, 2, 3].map(() => new KeyStore(database!));
  await Promise.all(stores.map((store) => addKey(store, start)));
  const lists = await Promise.all(stores.map((store) => store.list()));
  assert.ok(lists[0]!.length >= 1);
  for (const list of lists) assert.deepEqual(list, lists[0]);
  assert.equal(await stores[0]!.add({ ...lists[0]![0]!, jwk: '{"kty":"other"}' }), false);
});
