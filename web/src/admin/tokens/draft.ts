/** A token that is about to be made, judged by the rules of the server (docs/decisions/0020-shared-rules.md). */
import type { Fault } from '../../../../src/errors.ts';
import { isForMaker, type Maker, readNewToken } from '../../../../src/tokens/rules.ts';
import { type NewAccessToken, scopesForOthers } from '../../../../src/tokens/schema.ts';
import type { Session } from '../../api/session.ts';

export interface TokenDraft {
  readonly userEmail: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly lifetime: Lifetime;
  /** A day as date inputs have it; may be empty. */
  readonly date: string;
}

const dayMs = 86_400_000;

/** How many days each is. */
const lifetimeDays = { week: 7, month: 30, quarter: 90, year: 365 };
/** `date` is until the end of the day that is chosen. */
export const lifetimes = ['week', 'month', 'quarter', 'year', 'date'] as const;
export type Lifetime = (typeof lifetimes)[number];

export function emptyDraft({ email }: Session): TokenDraft {
  return { userEmail: email, name: '', scopes: [], lifetime: 'quarter', date: '' };
}

/** When the token ends, in milliseconds since 1970; NaN while no day is chosen. */
export function endOf({ lifetime, date }: TokenDraft, nowMs: number): number {
  if (lifetime !== 'date') return nowMs + lifetimeDays[lifetime] * dayMs;
  // The whole day, where the reader is.
  return Date.parse(`${date}T23:59:59`);
}

export function isOwn({ userEmail }: TokenDraft, { email }: Session): boolean {
  return isForMaker({ userEmail: userEmail.trim() }, { email });
}

/** Whether a token for whom the draft names can have this scope. */
export function canHave(scope: string, draft: TokenDraft, session: Session): boolean {
  return isOwn(draft, session) || Object.hasOwn(scopesForOthers, scope);
}

/** What the server is asked for. A scope that nobody else can have is not asked for, though it stays chosen. */
export function bodyOf(draft: TokenDraft, session: Session, nowMs: number): NewAccessToken {
  const end = endOf(draft, nowMs);
  return {
    userEmail: draft.userEmail.trim(),
    name: draft.name,
    scopes: draft.scopes.filter((scope) => canHave(scope, draft, session)),
    expires: Number.isNaN(end) ? '' : new Date(end).toISOString(),
  };
}

/** Everything the server would say against it, but for whether it knows the person. */
export function faultsOf(body: NewAccessToken, { email, scopes }: Session, nowMs: number): readonly Fault[] {
  const maker: Maker = {
    email,
    scopes: new Set(scopes),
    isToken: false,
    expiresAt: Number.POSITIVE_INFINITY,
    nowMs,
  };
  return readNewToken(body, maker, 'documented').faults;
}

/** The field that a fault is about: its sentence begins with it. */
export function fieldOf({ description }: Fault): string {
  return /^[a-z]\w*/i.exec(description)?.[0] ?? '';
}
