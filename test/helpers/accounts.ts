/** Users who sign in with a password. */
import type { Database } from '../../src/platform/database.ts';
import { AccountStore } from '../../src/sign-in/account-store.ts';
import { hashPassword } from '../../src/sign-in/passwords.ts';

export const testPassword = 'correct horse battery staple';
let hashed: Promise<string> | undefined;

/** Gives a user {@link testPassword}, and one-time codes of `secret` when there is one. */
export async function giveAccount(database: Database, userId: string, secret?: string): Promise<void> {
  hashed ??= hashPassword(testPassword);
  const accounts = new AccountStore(database);
  await accounts.setPassword(userId, await hashed, '2026-01-01T00:00:00.000Z');
  if (secret !== undefined) await accounts.setTotpSecret(userId, secret);
}
