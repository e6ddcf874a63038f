/** Which keys sign ID tokens, and which are only published so that clients can check what was signed before. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'oidc-provider';
import type { KeyStore, StoredKey } from './key-store.ts';

/** A new key is published this long before it signs: clients keep the list of keys for a while. */
export const publishedBeforeUseMs = 10 * 60_000;
/** An old key is published this long after it last signed: by then, all that it signed has expired. */
export const publishedAfterUseMs = 24 * 3_600_000;

/**
 * The keys to publish at `nowMs`: the one that signs comes first. The very first key signs at once, since there is none
 * to wait with.
 */
export function keysInUse(keys: readonly StoredKey[], nowMs: number): StoredKey[] {
  const newestFirst = keys.toSorted((one, other) => other.number - one.number);
  const ripe = newestFirst.filter((key) => startOf(key) <= nowMs);
  const signing = ripe[0] ?? newestFirst.at(-1);
  if (signing === undefined) return [];
  const coming = newestFirst.filter(({ number }) => number > signing.number);
  const going = newestFirst.filter((key, index) => {
    const next = newestFirst[index - 1];
    return key.number < signing.number && next !== undefined && startOf(next) + publishedAfterUseMs > nowMs;
  });
  return [signing, ...coming, ...going];
}

function startOf({ created }: StoredKey): number {
  return Date.parse(created) + publishedBeforeUseMs;
}

/** The keys in use as JSON Web Keys, the signing one first; makes the first key, and deletes those of no use any more. */
export async function loadKeys(store: KeyStore, nowMs: number): Promise<JWK[]> {
  let keys = await store.list();
  if (keys.length === 0) {
    await addKey(store, nowMs);
    keys = await store.list();
  }
  const inUse = keysInUse(keys, nowMs);
  for (const key of keys) if (!inUse.includes(key)) await store.delete(key);
  return inUse.map(({ jwk }) => JSON.parse(jwk) as JWK);
}

/** Adds a key, which signs from some minutes later on; leaves it when another process adds one at this moment. */
export async function addKey(store: KeyStore, nowMs: number): Promise<void> {
  const newest = (await store.list())[0]?.number ?? 0;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' });
  await store.add({ number: newest + 1, jwk, created: new Date(nowMs).toISOString() });
}
