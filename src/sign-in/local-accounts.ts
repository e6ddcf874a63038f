/** Signing in with a password of ours, for installations without another server that knows people. */
import { Conflict, type Database } from '../platform/database.ts';
import { AccountStore, type LocalAccount } from './account-store.ts';
import { AttemptLimit } from './attempts.ts';
import { newSecret, stepOf } from './one-time-codes.ts';
import { hashPassword, isOutdated, isPassword, passwordMaxBytes } from './passwords.ts';
import type { SignInMethod } from './session-store.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Empty for whoever uses none. */
  readonly code: string;
}

export type LocalSignIn =
  | { readonly userId: string; readonly method: SignInMethod }
  /** Something was wrong; what, is not told. */
  | 'refused'
  /** Too many failures: not even looked at. */
  | { readonly waitSeconds: number };

/** What a code is compared with where there is none to compare with. */
const nobodysSecret = newSecret();

export class LocalAccounts {
  readonly #accounts: AccountStore;
  readonly #limit: AttemptLimit;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#accounts = new AccountStore(database);
    this.#limit = new AttemptLimit(database, now);
    this.#now = now;
  }

  /** Whether there is anybody who could sign in this way. */
  exist(): Promise<boolean> {
    return this.#accounts.hasAny();
  }

  /**
   * Whether these are the credentials of a user. An unknown address, an account without a password, a wrong password and a
   * wrong code cost the same work and get the same answer. `address` is where the browser is.
   */
  async signIn(credentials: Credentials, address: string): Promise<LocalSignIn> {
    const { email, password, code } = credentials;
    if (Buffer.byteLength(password) > passwordMaxBytes) return 'refused';
    const counted = await this.#limit.count(email, address);
    if ('waitSeconds' in counted) return counted;
    const account = await this.#accounts.byEmail(email);
    const isRight = await isPassword(password, account?.password);
    const secret = account?.totpSecret;
    const step = await stepOf(code, secret ?? nobodysSecret, this.#now());
    if (account === undefined || !isRight) return 'refused';
    if (secret !== undefined && !(await this.#takeCode(account, step))) return 'refused';
    await counted.succeeded();
    if (isOutdated(account.password)) await this.#accounts.rehash(account, await hashPassword(password));
    return { userId: account.userId, method: secret === undefined ? 'password' : 'password-and-code' };
  }

  /** Whether the code was right, and nobody used it before. */
  async #takeCode({ userId }: LocalAccount, step: number | undefined): Promise<boolean> {
    if (step === undefined) return false;
    try {
      await this.#accounts.takeStep(userId, step);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }
}
