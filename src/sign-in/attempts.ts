/** Slows down whoever guesses passwords: for each account and each address, a longer pause after each failure. */
import { hash } from 'node:crypto';
import { keyOf } from '../directory/email.ts';
import type { Database } from '../platform/database.ts';
import { AttemptStore, type Attempts } from './attempt-store.ts';

interface Allowance {
  /** So many failures have no consequence. */
  readonly free: number;
}

/** Behind one address there may be a whole office. */
const allowances = { account: { free: 5 }, address: { free: 30 } } as const satisfies Record<
  string,
  Allowance
>;
const firstPauseMs = 1_000;
const longestPauseMs = 15 * 60_000;
/** After this time without a failure all is forgotten. */
const memoryMs = 24 * 3_600_000;
/** Each try fails only when another sign-in with the same account or address came first. */
const tries = 4;

/** A try that was counted as a failure already, so that a thousand at once are not all the first. */
export interface Counted {
  /** It was none: the account starts afresh, the address has one less. */
  succeeded(): Promise<void>;
}

/** The pause after so many failures, ms. */
export function pauseAfter(failures: number, { free }: Allowance): number {
  return failures <= free ? 0 : Math.min(firstPauseMs * 2 ** (failures - free - 1), longestPauseMs);
}

export class AttemptLimit {
  readonly #store: AttemptStore;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#store = new AttemptStore(database);
    this.#now = now;
  }

  /** Counts a try to sign in with `email` from `address`; or, in whole seconds, how long to wait before one is let in. */
  async count(email: string, address: string): Promise<Counted | { readonly waitSeconds: number }> {
    const subjects = [
      { subject: subjectOf('account', keyOf(email)), allowance: allowances.account },
      { subject: subjectOf('address', address), allowance: allowances.address },
    ] as const;
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const now = this.#now();
      const states = await Promise.all(subjects.map(({ subject }) => this.#stateOf(subject, now)));
      const waitMs = Math.max(...states.map(({ current }) => current.blockedUntil - now));
      if (waitMs > 0) return { waitSeconds: Math.ceil(waitMs / 1000) };
      const changes = subjects.map(({ subject, allowance }, index) => {
        const { before, current } = states[index]!;
        const failures = current.failures + 1;
        const blockedUntil = now + pauseAfter(failures, allowance);
        return { subject, before, next: { failures, blockedUntil, updated: now } };
      });
      if (await this.#store.change(changes)) {
        return { succeeded: () => this.#undo(subjects[0].subject, subjects[1].subject) };
      }
    }
    return { waitSeconds: 1 };
  }

  /** Lets a user try afresh whose failures may have been somebody else's. */
  async forgive(email: string): Promise<void> {
    await this.#store.forget(subjectOf('account', keyOf(email)));
  }

  async #stateOf(subject: string, now: number): Promise<{ before: Attempts | undefined; current: Attempts }> {
    const before = await this.#store.find(subject);
    const isOld = before === undefined || before.updated < now - memoryMs;
    return { before, current: isOld ? { failures: 0, blockedUntil: 0, updated: 0 } : before };
  }

  async #undo(account: string, address: string): Promise<void> {
    await this.#store.forget(account);
    await this.#store.forgetBefore(this.#now() - memoryMs);
    const before = await this.#store.find(address);
    if (before === undefined) return;
    const failures = Math.max(0, before.failures - 1);
    const blockedUntil = this.#now();
    // Where another try came in between, it stays counted: that harms nobody.
    await this.#store.change([{ subject: address, before, next: { ...before, failures, blockedUntil } }]);
  }
}

function subjectOf(kind: keyof typeof allowances, name: string): string {
  return hash('sha256', `${kind} ${name}`, 'base64url');
}
