/** What the audit log tells of: the closed catalogue of actions, and what an event says. */
import { randomUUID } from 'node:crypto';

interface ActionKind {
  readonly category: string;
  /** What happened, for people; the same for every event of the action. */
  readonly description: string;
  /** The sentence of one event: {actor}, {target}, {site} and {detail} stand for what the event says of them. */
  readonly text: string;
}

const kind = (category: string, description: string, text: string): ActionKind => ({
  category,
  description,
  text,
});

/** Every action that is logged. */
export const auditActions = {
  'signed-in': kind('LOGINS', 'Somebody signed in', '{actor} signed in by {detail}'),
  'sign-in-refused': kind('LOGINS', 'A sign-in was refused', 'A sign-in as {target} was refused: {detail}'),
  'signed-out': kind('LOGOUT', 'Somebody signed out', '{actor} signed out'),
  'signed-out-everywhere': kind(
    'LOGOUT',
    'All sessions of somebody were ended',
    '{actor} ended all sessions of {target}',
  ),
  'password-changed': kind('USERS', 'A password was set', '{actor} set the password of {target}'),
  'password-removed': kind(
    'USERS',
    'A password was taken away',
    '{actor} took the password of {target} away',
  ),
  'subject-linked': kind(
    'USERS',
    'A subject of another issuer was linked to a user',
    '{actor} let {detail} stand for {target}',
  ),
  'subject-unlinked': kind(
    'USERS',
    'A subject of another issuer was unlinked from a user',
    '{actor} no longer lets {detail} stand for {target}',
  ),
  'second-factor-changed': kind(
    'USERS',
    'A second factor was set or removed',
    '{actor} changed the second factor of {target}: {detail}',
  ),
  'user-created': kind('USERS', 'A user was created', '{actor} created the user {target}'),
  'user-updated': kind('USERS', 'A user was changed', '{actor} changed {detail} of the user {target}'),
  'user-activated': kind('USERS', 'A user was activated', '{actor} activated the user {target}'),
  'user-deactivated': kind('USERS', 'A user was deactivated', '{actor} deactivated the user {target}'),
  'user-deleted': kind('USERS', 'A user was deleted', '{actor} deleted the user {target}'),
  'group-created': kind('USERS', 'A group was created', '{actor} created the group {target}'),
  'group-updated': kind('USERS', 'A group was changed', '{actor} changed the group {target}'),
  'group-deleted': kind('USERS', 'A group was deleted', '{actor} deleted the group {target}'),
  'role-granted': kind('USERS', 'An administrator role was given', '{actor} made {target} {detail}'),
  'role-removed': kind(
    'USERS',
    'An administrator role was taken away',
    '{actor} took from {target} the role of {detail}',
  ),
  'token-created': kind('TOKENS', 'An access token was created', '{actor} created the token {target}'),
  'token-changed': kind('TOKENS', 'An access token was changed', '{actor} changed the token {target}'),
  'token-revoked': kind('TOKENS', 'An access token was revoked', '{actor} revoked the token {target}'),
  'token-deleted': kind('TOKENS', 'An access token was deleted', '{actor} deleted the token {target}'),
  'integration-created': kind(
    'INTEGRATION',
    'An integration was registered',
    '{actor} registered the integration {target}',
  ),
  'integration-updated': kind(
    'INTEGRATION',
    'An integration was changed',
    '{actor} changed the integration {target}',
  ),
  'integration-deleted': kind(
    'INTEGRATION',
    'An integration was deleted',
    '{actor} deleted the integration {target}',
  ),
  'service-account-created': kind(
    'INTEGRATION',
    'A service account was created',
    '{actor} created the service account {target}',
  ),
  'consent-granted': kind(
    'INTEGRATION',
    'Somebody let an integration act for them',
    '{actor} let the integration {target} act for them: {detail}',
  ),
  'consent-revoked': kind(
    'INTEGRATION',
    'An integration may no longer act for somebody',
    '{actor} no longer lets the integration {target} act for them',
  ),
  'preferences-read': kind(
    'MEETING_PREFERENCES',
    "An administrator read somebody else's preferences",
    '{actor} read {detail} of {target} on {site}',
  ),
  'preferences-changed': kind(
    'MEETING_PREFERENCES',
    "An administrator changed somebody else's preferences",
    '{actor} changed {detail} of {target} on {site}',
  ),
  'site-history-read': kind(
    'MEETING_PREFERENCES',
    'An administrator read the history of a site',
    '{actor} read the history of preferences on the site {target}',
  ),
  'room-id-changed': kind(
    'MEETING_PREFERENCES',
    'An administrator changed the id of a personal room',
    '{actor} changed the personal room id of {target} on {site}',
  ),
  'site-settings-changed': kind(
    'SITE_SETTINGS',
    'The settings of a site were changed',
    '{actor} changed {detail} of the site {target}',
  ),
} as const satisfies Record<string, ActionKind>;

export type AuditAction = keyof typeof auditActions;

/** In the order of the catalogue. */
export const auditCategories = [...new Set(Object.values(auditActions).map(({ category }) => category))];

export type TargetType = 'PERSON' | 'GROUP' | 'TOKEN' | 'INTEGRATION' | 'SITE' | 'ORG';

/** What whoever logs an event knows of it. What is left out is unknown, or says nothing here. */
export interface GivenEvent {
  /** '' for what belongs to no organization: a refused sign-in of somebody who is not known. */
  readonly organizationId: string;
  readonly action: AuditAction;
  /** The user id of who did it; '' for nobody who is known. */
  readonly actorId: string;
  /** Their name, where {@link Audit} does not know it by itself. */
  readonly actorName?: string;
  /** Not the token: its id. */
  readonly actorTokenId?: string;
  readonly targetType: TargetType;
  readonly targetId: string;
  readonly targetName: string;
  readonly siteUrl?: string;
  /** What the sentence of the action asks for; never a PIN, a token or a password. */
  readonly detail?: string;
  readonly trackingId?: string;
  /** The IP address that the request came from. */
  readonly address?: string;
}

/** An event as it is kept. */
export interface AuditEvent extends Required<GivenEvent> {
  /** A uuid. */
  readonly id: string;
  /** ISO-8601 UTC. */
  readonly created: string;
  readonly actorEmail: string;
  /** Whether the actor was a full administrator then; '' for nobody who is known. */
  readonly actorRole: 'Full_Admin' | 'User' | '';
}

/** Which events of an organization somebody asks for. */
export interface EventSelection {
  /** ISO-8601 UTC; at or after this. */
  readonly from: string;
  /** ISO-8601 UTC; before this. */
  readonly to: string;
  /** A user id; '' for everybody. */
  readonly actorId: string;
  /** Empty for all. */
  readonly categories: readonly string[];
  /** How many at most, behind `offset` newer ones. */
  readonly max: number;
  readonly offset: number;
}

/** Who did something, as it is known then. */
export interface Actor {
  readonly displayName: string;
  readonly email: string;
  readonly fullAdministrator: boolean;
}

/** A new event. `created` is ISO-8601 UTC; without an `actor`, their name is the given one. */
export function eventOf(given: GivenEvent, created: string, actor?: Actor): AuditEvent {
  return {
    actorTokenId: '',
    siteUrl: '',
    detail: '',
    trackingId: '',
    address: '',
    ...given,
    actorName: given.actorName ?? actor?.displayName ?? '',
    id: randomUUID(),
    created,
    actorEmail: actor?.email ?? '',
    actorRole: actor === undefined ? '' : actor.fullAdministrator ? 'Full_Admin' : 'User',
  };
}

/** An event that the command line is the actor of. */
export function commandLineEvent(
  given: Omit<GivenEvent, 'actorId' | 'actorName'>,
  created: string,
): AuditEvent {
  return eventOf({ ...given, actorId: '', actorName: 'The command line' }, created);
}

/** The event as a sentence for people. */
export function sentenceOf({ action, actorName, targetName, siteUrl, detail }: AuditEvent): string {
  const values: Readonly<Record<string, string>> = {
    actor: actorName === '' ? 'Somebody' : actorName,
    target: targetName === '' ? 'somebody' : targetName,
    site: siteUrl,
    detail,
  };
  return `${auditActions[action].text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!)}.`;
}
