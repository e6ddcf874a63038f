/** Which token may be made by whom, for whom (docs/decisions/0023-tokens.md). Pure; the browser judges by it too. */
import { keyOf } from '../directory/email.ts';
import { instantOf } from '../directory/instant.ts';
import { fault, quote } from '../errors.ts';
import { type Compatibility, type Reading, readBody } from '../request/body.ts';
import {
  longestLifetimeDays,
  makersScope,
  NewAccessToken,
  scopesForOthers,
  usualLifetimeDays,
} from './schema.ts';

/** Who asks for a token, at a time. */
export interface Maker {
  readonly email: string;
  readonly scopes: ReadonlySet<string>;
  /** Whether it is a token that asks, and not a person at a browser. */
  readonly isToken: boolean;
  /** When that token ends, in milliseconds since 1970; Infinity for never. */
  readonly expiresAt: number;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Whom it is for, as the directory knows them. */
export interface Holder {
  /** Whether the maker is this person, or may act for them on every site of theirs. */
  readonly isAdministered: boolean;
}

const dayMs = 86_400_000;

/** Reads the body, and judges all but whom the token is for. */
export function readNewToken(
  body: unknown,
  maker: Maker,
  compatibility: Compatibility,
): Reading<NewAccessToken> {
  const reading = readBody(NewAccessToken, body, {}, compatibility);
  if (reading.isSound('scopes')) judgeScopes(reading, maker);
  if (reading.isSound('expires')) judgeExpiry(reading, maker);
  return reading;
}

/** What `reading` says, when nothing is wrong with it and its `holder` may have a token of the maker; else a 400. */
export function acceptNewToken(
  reading: Reading<NewAccessToken>,
  holder: Holder | undefined,
  maker: Maker,
): { readonly name: string; readonly scopes: readonly string[]; readonly expires: string } {
  if (reading.isSound('userEmail')) {
    if (holder === undefined) reading.add(fault('tokens.person'));
    else if (!holder.isAdministered) reading.add(fault('tokens.person-administered'));
  }
  const { name, scopes, expires } = reading.accepted();
  const usual = Math.min(maker.nowMs + usualLifetimeDays * dayMs, maker.expiresAt);
  return {
    name,
    scopes: [...new Set(scopes)],
    expires: expires === undefined ? new Date(usual).toISOString() : instantOf(expires)!,
  };
}

/** Whether the maker is whom the token is for. */
export function isForMaker(
  { userEmail }: Pick<NewAccessToken, 'userEmail'>,
  { email }: Pick<Maker, 'email'>,
): boolean {
  return userEmail === undefined || keyOf(userEmail) === keyOf(email);
}

function judgeScopes(reading: Reading<NewAccessToken>, maker: Maker): void {
  const { scopes } = reading.fields;
  const missing = scopes.filter((scope) => !maker.scopes.has(scope));
  if (missing.length > 0)
    reading.add(fault('tokens.scopes-held', 'scopes', `not ${missing.map(quote).join(', ')}`));
  if (maker.isToken && scopes.includes(makersScope)) reading.add(fault('tokens.scopes-of-token'));
  if (!reading.isSound('userEmail') || isForMaker(reading.fields, maker)) return;
  const counterparts: Readonly<Record<string, string>> = scopesForOthers;
  const beyond = scopes.filter((scope) => !maker.scopes.has(counterparts[scope] ?? ''));
  if (beyond.length > 0)
    reading.add(fault('tokens.scopes-for-others', 'scopes', `not ${beyond.map(quote).join(', ')}`));
}

function judgeExpiry(reading: Reading<NewAccessToken>, { nowMs, expiresAt }: Maker): void {
  const { expires } = reading.fields;
  if (expires === undefined) return;
  const time = Date.parse(instantOf(expires) ?? '');
  if (!(time > nowMs && time <= nowMs + longestLifetimeDays * dayMs)) reading.add(fault('tokens.expires'));
  else if (time > expiresAt) reading.add(fault('tokens.expires-with-maker'));
}
