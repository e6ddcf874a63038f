/** Seals all secrets of a database with the key in force: after a rotation, and before the first start with a key. */
import { initialPinsColumn } from '../directory/registration.ts';
import { answersColumn } from '../identity/idempotency-registry.ts';
import { signingKeysColumn } from '../oauth/key-store.ts';
import type { Database } from '../platform/database.ts';
import { resealColumn, type SealedColumn } from '../platform/sealed-column.ts';
import { noteSealed } from '../platform/secret-keys.ts';
import { resealDocuments } from '../preferences/sealing-store.ts';
import { totpSecretsColumn } from '../sign-in/account-store.ts';
import { codeVerifiersColumn } from '../sign-in/openid-store.ts';
import { CommandError } from './io.ts';

/** Every column that holds a secret as a whole. */
const columns: readonly SealedColumn[] = [
  initialPinsColumn,
  answersColumn,
  totpSecretsColumn,
  signingKeysColumn,
  codeVerifiersColumn,
];

/** A server that still seals with an older key makes more work; one that does so for ever is told of. */
const passes = 5;

/** How many secrets were sealed anew. Small units, so that it may run beside servers; begun again, it goes on. */
export async function sealAll(database: Database): Promise<number> {
  let total = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    let sealed = 0;
    for await (const count of resealDocuments(database)) sealed += count;
    for (const column of columns) for await (const count of resealColumn(database, column)) sealed += count;
    total += sealed;
    if (sealed > 0) continue;
    await noteSealed(database);
    return total;
  }
  throw new CommandError(
    'Servers still seal with another key. Start them with the new key first in their list, then run this again.',
  );
}
