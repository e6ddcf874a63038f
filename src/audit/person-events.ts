/** What the audit log is told of changes of people. */
import type { Actor } from '../directory/deletion-store.ts';
import { keyOf } from '../directory/email.ts';
import { isSame, type Person, type PersonFields } from '../directory/person.ts';
import { causedBy } from './cause.ts';
import type { AuditAction, GivenEvent } from './events.ts';

type Target = Pick<Person, 'id' | 'organizationId' | 'displayName'>;

export function personEvent(
  action: AuditAction,
  { id, organizationId, displayName }: Target,
  actor: Actor,
  more: Pick<GivenEvent, 'detail' | 'siteUrl'> = {},
): GivenEvent {
  return {
    action,
    organizationId,
    ...causedBy(actor),
    targetType: 'PERSON',
    targetId: id,
    targetName: displayName,
    ...more,
  };
}

/** Roles that `after` has and `before` has not, and the other way round. */
export function roleEvents(
  target: Target,
  before: Pick<PersonFields, 'fullAdministrator' | 'sites'>,
  after: Pick<PersonFields, 'fullAdministrator' | 'sites'>,
  actor: Actor,
): GivenEvent[] {
  const event = (isGranted: boolean, detail: string, site: Pick<GivenEvent, 'siteUrl'> = {}): GivenEvent =>
    personEvent(isGranted ? 'role-granted' : 'role-removed', target, actor, { detail, ...site });
  const [had, has] = [administeredIn(before), administeredIn(after)];
  const ofSite = (isGranted: boolean) => (siteUrl: string) =>
    event(isGranted, `an administrator of ${siteUrl}`, { siteUrl });
  return [
    ...(before.fullAdministrator === after.fullAdministrator
      ? []
      : [event(after.fullAdministrator, 'a full administrator')]),
    ...[...has].filter((siteUrl) => !had.has(siteUrl)).map(ofSite(true)),
    ...[...had].filter((siteUrl) => !has.has(siteUrl)).map(ofSite(false)),
  ];
}

function administeredIn({ sites }: Pick<PersonFields, 'sites'>): Set<string> {
  return new Set(
    sites.filter(({ siteAdministrator }) => siteAdministrator).map(({ siteUrl }) => keyOf(siteUrl)),
  );
}

/** What a change of a person tells; nothing when everything is so already. */
export function changeEvents(before: Person, after: PersonFields, actor: Actor): GivenEvent[] {
  if (isSame(before, after)) return [];
  const names = ['email', 'displayName', 'firstName', 'lastName', 'externalId'] as const;
  const changed: string[] = names.filter((name) => before[name] !== after[name]);
  const sitesOf = ({ sites }: Pick<PersonFields, 'sites'>): string =>
    sites
      .map(({ siteUrl }) => keyOf(siteUrl))
      .sort()
      .join(' ');
  if (sitesOf(before) !== sitesOf(after)) changed.push('sites');
  const isTurned = before.active !== after.active;
  return [
    ...(changed.length === 0
      ? []
      : [personEvent('user-updated', before, actor, { detail: changed.join(', ') })]),
    ...(isTurned ? [personEvent(after.active ? 'user-activated' : 'user-deactivated', before, actor)] : []),
    ...roleEvents(before, before, after, actor),
  ];
}
