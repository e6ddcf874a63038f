/** What the operations on tokens answer. */
import { randomUUID } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import { causedBy } from '../audit/cause.ts';
import type { GivenEvent } from '../audit/events.ts';
import { tokenTarget } from '../audit/token-events.ts';
import { administers, type Member } from '../directory/member.ts';
import type { PeopleStore } from '../directory/people-store.ts';
import type { Directory } from '../directory/store.ts';
import { fault, forbidden, notFound } from '../errors.ts';
import { callingMember } from '../identity/administration.ts';
import type { Answer, Call } from '../identity/operation.ts';
import { allScopes } from '../identity/scopes.ts';
import type { TokenRegistry } from '../identity/token-registry.ts';
import { hashOf, type NewToken, newTokenValue, type Tokens, tokenStatement } from '../identity/tokens.ts';
import { Conflict, type Database, directoryChanged } from '../platform/database.ts';
import type { Compatibility, Reading } from '../request/body.ts';
import { cursorOf, readTokenQuery } from './query.ts';
import { acceptNewToken, type Holder, isForMaker, type Maker, readNewToken } from './rules.ts';
import type { NewAccessToken } from './schema.ts';
import type { TokenStore } from './store.ts';
import { viewOf } from './view.ts';

export interface TokenParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly people: PeopleStore;
  readonly store: TokenStore;
  readonly registry: TokenRegistry;
  readonly audit: Audit;
  readonly compatibility: Compatibility;
  /** Those in memory. */
  readonly tokens: Pick<Tokens, 'forgetAll'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export async function listAccessTokens(parts: TokenParts, call: Call): Promise<Answer> {
  const { organizationId } = await administrator(parts, call);
  const { max, ...query } = readTokenQuery(call.query);
  const nowMs = parts.now();
  const now = new Date(nowMs).toISOString();
  const found = await parts.store.page(organizationId, { ...query, now, limit: max + 1 });
  const items = found.slice(0, max);
  return JSON.stringify({
    items: items.map((token) => viewOf(token, nowMs)),
    ...(found.length > max ? { next: cursorOf(items.at(-1)!) } : {}),
  });
}

export async function createAccessToken(parts: TokenParts, call: Call): Promise<Answer> {
  const self = await administrator(parts, call);
  const maker = makerOf(call, self, parts.now());
  const reading = readNewToken(call.body, maker, parts.compatibility);
  const holder = await holderOf(parts, self, maker, reading);
  const { name, scopes, expires } = acceptNewToken(reading, holder, maker);
  const value = newTokenValue();
  const token: NewToken = {
    id: randomUUID(),
    hash: hashOf(value),
    userId: holder!.id,
    name,
    scopes: allScopes.filter((scope) => scopes.includes(scope)),
    expires,
    createdBy: self.id,
  };
  const statement = tokenStatement(token, new Date(maker.nowMs).toISOString());
  await parts.audit.recording([eventOf(call, 'token-created', token, holder!)], (also) =>
    parts.database.write([statement, ...also, directoryChanged]),
  );
  const made = await parts.store.find(self.organizationId, token.id);
  if (made === undefined) throw unknownToken();
  return JSON.stringify({ ...viewOf(made, maker.nowMs), token: value });
}

/** Works for every token of the organization: whoever made it, and whoever uses it. */
export async function revokeAccessToken(parts: TokenParts, call: Call): Promise<Answer> {
  const { organizationId } = await administrator(parts, call);
  const token = await parts.store.find(organizationId, call.params.tokenId!);
  if (token === undefined) throw unknownToken();
  if (token.revoked !== undefined) return undefined;
  const now = new Date(parts.now()).toISOString();
  await parts.audit.recording([eventOf(call, 'token-revoked', token, token.holder)], (also) =>
    unlessGone(parts.registry.revoke(token.id, now, also)),
  );
  parts.tokens.forgetAll();
  return undefined;
}

/** The caller; a 403 unless they administer the whole organization. */
async function administrator({ directory }: TokenParts, { caller }: Call): Promise<Member> {
  const self = await callingMember(directory, caller);
  if (self.fullAdministrator) return self;
  throw forbidden('tokens.administrator', fault('tokens.administrator', 'You').description);
}

/** What a consent or another issuer allowed ends with it, and so must everything that follows from it. */
function makerOf({ caller }: Call, { email }: Member, nowMs: number): Maker {
  const { origin, scopes, expiresAt } = caller;
  if (origin === 'integration' || origin === 'issuer')
    throw forbidden('tokens.maker', fault('tokens.maker').description);
  return { email, scopes, isToken: origin === 'token', expiresAt, nowMs };
}

/** Whom a body names, and whether `self` may act for them; undefined for nobody in the organization. */
async function holderOf(
  { people }: TokenParts,
  self: Member,
  maker: Maker,
  reading: Reading<NewAccessToken>,
): Promise<(Holder & { readonly id: string; readonly displayName: string }) | undefined> {
  if (!reading.isSound('userEmail')) return undefined;
  const { userEmail } = reading.fields;
  const { id, displayName, organizationId } = self;
  if (userEmail === undefined || isForMaker(reading.fields, maker))
    return { id, displayName, isAdministered: true };
  // Machines get their tokens with credentials of their own: a search finds people alone.
  const [person] = await people.search(organizationId, { email: userEmail }, '', 1);
  if (person === undefined) return undefined;
  const isAdministered =
    !person.fullAdministrator && person.sites.every(({ siteUrl }) => administers(self, siteUrl));
  return { id: person.id, displayName: person.displayName, isAdministered };
}

function eventOf(
  { author, caller }: Call,
  action: 'token-created' | 'token-revoked',
  token: { readonly id: string; readonly name: string },
  holder: { readonly displayName: string },
): GivenEvent {
  const { organizationId } = caller;
  return { organizationId, action, ...causedBy(author), ...tokenTarget(token, holder) };
}

/** Somebody deleted it between looking and writing. */
async function unlessGone(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof Conflict ? unknownToken() : error;
  }
}

/** The same words for one of another organization and for none at all. */
function unknownToken(): Error {
  return notFound('tokens.known', 'There is no access token with this id in your organization.');
}
