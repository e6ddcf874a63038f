/** What has to be written so that the database says what the file says: nothing where it does already. */
import {
  membershipWithRoomStatement,
  organizationStatement,
  type RoomNames,
  siteStatement,
  userStatement,
} from '../../directory/registration.ts';
import { revokeStatement } from '../../identity/token-registry.ts';
import { tokenStatement } from '../../identity/tokens.ts';
import type { Statement } from '../../platform/database.ts';
import { roleStatement, tokenAuditStatement } from '../auditing.ts';
import type { Resolution, ResolvedMembership, ResolvedUser } from './resolution.ts';

export interface Count {
  created: number;
  changed: number;
  unchanged: number;
}

export const entryKinds = ['organizations', 'sites', 'users', 'memberships', 'tokens'] as const;
export type Counts = Record<(typeof entryKinds)[number], Count>;

export function noCounts(): Counts {
  const none = (): Count => ({ created: 0, changed: 0, unchanged: 0 });
  return { organizations: none(), sites: none(), users: none(), memberships: none(), tokens: none() };
}

/** The statements one by one, so that a large import is never in memory as a whole; `counts` grows with them. */
export function* importStatements(resolution: Resolution, counts: Counts, now: string): Iterable<Statement> {
  for (const { wanted, existing } of resolution.organizations) {
    if (differs(counts.organizations, wanted, existing)) yield organizationStatement(wanted, now);
  }
  for (const { wanted, existing } of resolution.sites) {
    if (differs(counts.sites, wanted, existing)) yield siteStatement(wanted, now);
  }
  for (const user of resolution.users) yield* userStatements(user, counts, now);
}

function* userStatements(
  { wanted, existing, memberships, tokens }: ResolvedUser,
  counts: Counts,
  now: string,
): Iterable<Statement> {
  if (differs(counts.users, wanted, existing)) {
    yield userStatement(wanted, now);
    const wasAdministrator = existing?.fullAdministrator ?? false;
    if (wanted.fullAdministrator !== wasAdministrator) {
      yield roleStatement(wanted, wanted.fullAdministrator, now);
    }
  }
  for (const membership of memberships) {
    const names = membershipNames(membership);
    if (differs(counts.memberships, names, membership.existing)) {
      yield membershipWithRoomStatement(names, names);
      const wasAdministrator = membership.existing?.siteAdministrator ?? false;
      if (names.siteAdministrator !== wasAdministrator) {
        yield roleStatement(wanted, names.siteAdministrator, now, names.siteUrl);
      }
    }
  }
  for (const token of tokens) {
    if (!differs(counts.tokens, token.wanted, token.existing)) continue;
    yield tokenStatement(token.wanted, now);
    const { revoked } = token.wanted;
    if (revoked !== undefined) yield revokeStatement(token.wanted.hash, revoked);
    const isRevoked = revoked !== undefined && token.existing?.revoked === undefined;
    const action =
      token.existing === undefined ? 'token-created' : isRevoked ? 'token-revoked' : 'token-changed';
    yield tokenAuditStatement(action, wanted, token.wanted, now);
  }
}

function membershipNames({ userId, site, siteAdministrator, room }: ResolvedMembership) {
  return { userId, siteUrl: site.siteUrl, siteAdministrator, ...(room as RoomNames) };
}

/** Whether `wanted` has to be written; counts it either way. Compares what `wanted` has. */
function differs(count: Count, wanted: object, existing: object | undefined): boolean {
  const isSame = existing !== undefined && isEqual(wanted, existing);
  if (existing === undefined) count.created += 1;
  else if (isSame) count.unchanged += 1;
  else count.changed += 1;
  return !isSame;
}

function isEqual(wanted: object, existing: object): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const other = (existing as Record<string, unknown>)[name];
    return value === other || (typeof value === 'object' && JSON.stringify(value) === JSON.stringify(other));
  });
}
