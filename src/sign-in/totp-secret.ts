/** How the secrets of one-time codes lie in the database: the one place that turns them into what is stored, and back. */
import type { LocalAccount } from './account-store.ts';

export function sealTotpSecret(secret: string): string {
  return secret;
}

/** Undefined for an account without one. */
export function openTotpSecret({ totpSecret }: Pick<LocalAccount, 'totpSecret'>): string | undefined {
  return totpSecret;
}
