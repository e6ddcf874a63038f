import { AuditStore } from '../audit/audit-store.ts';
import { type AuditEvent, auditActions, auditCategories, sentenceOf } from '../audit/events.ts';
import { organizationIdOf, organizationUuidOf, personIdOf } from '../directory/person-id.ts';
import { Registry } from '../directory/registry.ts';
import type { Directory } from '../directory/store.ts';
import { forbidden } from '../errors.ts';
import { callingMember } from '../identity/administration.ts';
import type { Operation } from '../identity/operation.ts';
import type { Operations } from '../identity/operations.ts';
import type { OperationScopes } from '../identity/scopes.ts';
import type { Caller } from '../identity/tokens.ts';
import type { Database } from '../platform/database.ts';
import { auditCategoriesExample, auditEventsExample } from './examples.ts';
import { readEventQuery } from './rules.ts';
import { AuditEventCategories, type AuditEventItem, AuditEvents, eventParameters } from './schema.ts';

const scopes: OperationScopes = { user: undefined, admin: ['audit:events_read'] };

const listAdminAuditEvents: Operation = {
  id: 'listAdminAuditEvents',
  method: 'GET',
  path: '/v1/adminAudit/events',
  summary: 'List Admin Audit Events',
  description:
    'Who signed in, who changed tokens, roles and settings, and which administrator read or changed what of others; newest first.',
  scopes,
  query: eventParameters,
  answer: { schema: AuditEvents, example: auditEventsExample },
  rules: [
    'audit.full-administrator',
    'audit.organization',
    'audit.time',
    'audit.range',
    'audit.actor',
    'audit.max',
    'audit.offset',
  ],
};

const listAdminAuditEventCategories: Operation = {
  id: 'listAdminAuditEventCategories',
  method: 'GET',
  path: '/v1/adminAudit/eventCategories',
  summary: 'List Admin Audit Event Categories',
  description: 'The categories that events can have.',
  scopes,
  query: {},
  answer: { schema: AuditEventCategories, example: auditCategoriesExample },
  rules: ['audit.full-administrator'],
};

export interface AdminAuditParts {
  readonly operations: Operations;
  readonly directory: Directory;
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function mountAdminAudit({ operations, directory, database, now }: AdminAuditParts): void {
  const store = new AuditStore(database);
  const registry = new Registry(database);
  operations.mount(listAdminAuditEvents, async ({ caller, query }) => {
    const organizationId = await administered(directory, caller);
    requireOwn(query.orgId, organizationId);
    const asked = readEventQuery(query, auditCategories, now());
    const events = await store.list({ organizationId, ...asked });
    const name = await registry.organizationName(organizationId);
    return JSON.stringify({ items: events.map((event) => itemOf(event, name)) });
  });

  operations.mount(listAdminAuditEventCategories, async ({ caller }) => {
    await administered(directory, caller);
    return JSON.stringify({ eventCategories: auditCategories });
  });
}

/** The organization of the caller, who has to be one of its full administrators. */
async function administered(directory: Directory, caller: Caller): Promise<string> {
  const { fullAdministrator, organizationId } = await callingMember(directory, caller);
  if (fullAdministrator) return organizationId;
  throw forbidden(
    'audit.full-administrator',
    'The audit log is for full administrators of the organization.',
  );
}

/** The same words whether or not the other organization exists. */
function requireOwn(orgId: unknown, organizationId: string): void {
  if (orgId === undefined || organizationUuidOf(String(orgId)) === organizationId) return;
  throw forbidden('audit.organization', 'You do not administer an organization with this orgId.');
}

function itemOf(event: AuditEvent, organizationName: string | undefined): AuditEventItem {
  const { category, description } = auditActions[event.action];
  const orgId = organizationIdOf(event.organizationId);
  return {
    id: Buffer.from(event.id).toString('base64'),
    created: event.created,
    ...(event.actorId === '' ? {} : { actorId: personIdOf(event.actorId) }),
    actorOrgId: orgId,
    data: {
      eventCategory: category,
      eventDescription: description,
      actionText: sentenceOf(event),
      ...optional('actorOrgName', organizationName),
      actorName: event.actorName,
      ...optional('actorEmail', event.actorEmail),
      adminRoles: event.actorRole === '' ? [] : [event.actorRole],
      ...optional('actorTokenId', event.actorTokenId),
      ...optional('actorIp', event.address),
      targetType: event.targetType,
      targetId: event.targetType === 'PERSON' ? personIdOf(event.targetId) : event.targetId,
      targetName: event.targetName,
      targetOrgId: orgId,
      ...optional('targetOrgName', organizationName),
      ...optional('siteUrl', event.siteUrl),
      ...optional('trackingId', event.trackingId),
    },
  };
}

/** A field that is left out when there is nothing to say. */
function optional<Name extends string>(name: Name, value = ''): { readonly [_ in Name]?: string } {
  return value === '' ? {} : ({ [name]: value } as { readonly [_ in Name]: string });
}
