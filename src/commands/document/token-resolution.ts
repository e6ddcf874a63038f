/** Which tokens of the database a file's tokens are, and what becomes of them. */
import { randomUUID } from 'node:crypto';
import type { StoredToken } from '../../identity/token-registry.ts';
import { type ExistingState, hashOfToken } from './existing-state.ts';
import type { DocumentFault, Path } from './fault.ts';
import type { Resolved } from './resolved.ts';
import type { TokenEntry } from './schema.ts';

/** A token of the user with this id; what must not be is added to `faults`. */
export function resolveToken(
  entry: TokenEntry,
  userId: string,
  path: Path,
  { tokensByHash, tokensById }: ExistingState,
  faults: DocumentFault[],
): Resolved<StoredToken> {
  const { id, name, scopes } = entry;
  const hash = hashOfToken(entry);
  const existing = tokensByHash.get(hash);
  const byId = id === undefined ? undefined : tokensById.get(id);
  const add = (sentence: string, place: Path = [...path, 'id']) => faults.push({ path: place, sentence });
  if (existing !== undefined && existing.userId !== userId) {
    add(`The token ${JSON.stringify(name)} belongs to another user in the database.`, path);
  } else if (byId !== undefined && byId.hash !== hash) {
    add(`The token id ${id} belongs to another token in the database.`);
  } else if (existing !== undefined && id !== undefined && existing.id !== id) {
    add(`The token ${JSON.stringify(name)} has the id ${existing.id} already.`);
  }
  const wanted = {
    hash,
    id: existing?.id ?? id ?? randomUUID(),
    userId,
    name,
    scopes,
    expires: utc(entry.expires) ?? existing?.expires,
    // A revoked token stays revoked, with its first time.
    revoked: existing?.revoked ?? utc(entry.revoked),
  };
  return { wanted, existing };
}

function utc(time: string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
