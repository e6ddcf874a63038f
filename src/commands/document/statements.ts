/** What has to be written so that the database says what the file says: nothing where it does already. */
import {
  machineStatement,
  membershipWithRoomStatement,
  organizationStatement,
  type RoomNames,
  siteStatement,
  userStatement,
} from '../../directory/registration.ts';
import { revokeStatement } from '../../identity/token-registry.ts';
import { tokenStatement } from '../../identity/tokens.ts';
import {
  createStatement,
  type Integration,
  secretStatement,
  updateStatement,
} from '../../oauth/integration-registry.ts';
import type { Statement } from '../../platform/database.ts';
import { createStatements, updateStatements } from '../../scim/group-store.ts';
import {
  activityStatement,
  groupAuditStatement,
  integrationStatement,
  roleStatement,
  tokenAuditStatement,
} from '../auditing.ts';
import type { Resolution, Resolved, ResolvedMembership, ResolvedUser } from './resolved.ts';

export interface Count {
  created: number;
  changed: number;
  unchanged: number;
}

/** What is counted, each with the word for one. */
export const entryKinds = {
  organizations: 'organization',
  sites: 'site',
  users: 'user',
  memberships: 'membership',
  tokens: 'token',
  groups: 'group',
  integrations: 'integration',
  serviceAccounts: 'service account',
} as const;
export type Counts = Record<keyof typeof entryKinds, Count>;

export function noCounts(): Counts {
  return Object.fromEntries(Object.keys(entryKinds).map((kind) => [kind, noCount()])) as Counts;
}

function noCount(): Count {
  return { created: 0, changed: 0, unchanged: 0 };
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
  for (const group of resolution.groups) yield* groupStatements(group, counts.groups, now);
  for (const program of resolution.integrations) yield* programStatements(program, counts.integrations, now);
}

function* userStatements(
  { wanted, existing, memberships, tokens, account }: ResolvedUser,
  counts: Counts,
  now: string,
): Iterable<Statement> {
  // A machine is counted with the service account that it is a part of.
  const machine = noCount();
  if (differs(account === undefined ? counts.users : machine, wanted, existing)) {
    yield userStatement(wanted, now);
    if (account !== undefined) yield machineStatement(wanted.id);
    const wasAdministrator = existing?.fullAdministrator ?? false;
    if (wanted.fullAdministrator !== wasAdministrator) {
      yield roleStatement(wanted, wanted.fullAdministrator, now);
    }
    if (wanted.active !== (existing?.active ?? true)) yield activityStatement(wanted, now);
  }
  if (account !== undefined) {
    yield* programStatements(account, counts.serviceAccounts, now, machine.changed > 0);
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

function* groupStatements(
  { wanted, existing }: Resolution['groups'][number],
  count: Count,
  now: string,
): Iterable<Statement> {
  const before = existing && { ...existing, memberIds: existing.members.map(({ userId }) => userId) };
  if (!differs(count, wanted, before)) return;
  const { id, organizationId } = wanted;
  if (existing === undefined) yield* createStatements(id, organizationId, wanted, now);
  else yield* updateStatements(existing, wanted, Date.parse(now));
  yield groupAuditStatement(existing === undefined ? 'group-created' : 'group-updated', wanted, now);
}

function* programStatements(
  { wanted, existing }: Resolved<Integration>,
  count: Count,
  now: string,
  isPartChanged = false,
): Iterable<Statement> {
  if (!differs(count, wanted, existing, isPartChanged)) return;
  const isAccount = wanted.kind === 'service';
  if (existing === undefined) {
    yield createStatement(wanted);
    yield integrationStatement(isAccount ? 'service-account-created' : 'integration-created', wanted, now);
    return;
  }
  yield updateStatement(wanted);
  if (wanted.secretHash !== existing.secretHash) yield secretStatement(wanted);
  yield integrationStatement('integration-updated', wanted, now);
}

function membershipNames({ userId, site, siteAdministrator, room }: ResolvedMembership) {
  return { userId, siteUrl: site.siteUrl, siteAdministrator, ...(room as RoomNames) };
}

/** Whether `wanted` has to be written; counts it either way. Compares what `wanted` has. */
function differs(count: Count, wanted: object, existing: object | undefined, isPartChanged = false): boolean {
  const isSame = existing !== undefined && !isPartChanged && isEqual(wanted, existing);
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
