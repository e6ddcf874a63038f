/** The rows of the audit log: added one by one, read by an organization's administrators, removed when they are old. */
import {
  type Database,
  insertion,
  insertionOf,
  type Row,
  type Statement,
  type Value,
} from '../platform/database.ts';
import {
  type AuditAction,
  type AuditEvent,
  auditActions,
  type EventSelection,
  type TargetType,
} from './events.ts';

const events = insertion({
  table: 'audit_events',
  columns: {
    organization_id: 'text',
    created: 'text',
    id: 'text',
    category: 'text',
    action: 'text',
    actor_id: 'text',
    actor_name: 'text',
    actor_email: 'text',
    actor_role: 'text',
    token_id: 'text',
    target_type: 'text',
    target_id: 'text',
    target_name: 'text',
    site_url: 'text',
    detail: 'text',
    tracking_id: 'text',
    address: 'text',
  },
  subjectColumns: 3,
  where: 'true',
});

function valuesOf(event: AuditEvent): Value[] {
  return [
    event.organizationId,
    event.created,
    event.id,
    auditActions[event.action].category,
    event.action,
    event.actorId,
    event.actorName,
    event.actorEmail,
    event.actorRole,
    event.actorTokenId,
    event.targetType,
    event.targetId,
    event.targetName,
    event.siteUrl,
    event.detail,
    event.trackingId,
    event.address,
  ];
}

/** The row of an event, for the unit that does what it tells of. */
export function auditStatement(event: AuditEvent): Statement {
  return insertionOf(events, valuesOf(event));
}

/** One more than any list of categories has: the statement is the same for all of them. */
const categoryPlaces = 8;
const ofOrganization = `select ${Object.keys(events.columns).join(', ')} from audit_events
  where organization_id = ? and created >= ? and created < ? and (? = '' or actor_id = ?)
    and (? = 0 or category in (${Array.from({ length: categoryPlaces }, () => '?').join(', ')}))
  order by created desc, id desc limit ? offset ?`;

export class AuditStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A row alone, that shares a statement with others where the engine can. */
  add(event: AuditEvent): Promise<void> {
    return this.#database.insert(events, valuesOf(event));
  }

  /** The events of an organization that are asked for, newest first. */
  async list({
    organizationId,
    ...asked
  }: EventSelection & { readonly organizationId: string }): Promise<AuditEvent[]> {
    const { from, to, actorId, categories, max, offset } = asked;
    const some = Array.from({ length: categoryPlaces }, (_, index) => categories[index] ?? '');
    const values = [organizationId, from, to, actorId, actorId, categories.length, ...some, max, offset];
    return (await this.#database.all(ofOrganization, values)).map(eventFrom);
  }
}

function eventFrom(row: Row): AuditEvent {
  return {
    organizationId: row.organization_id as string,
    created: row.created as string,
    id: row.id as string,
    action: row.action as AuditAction,
    actorId: row.actor_id as string,
    actorName: row.actor_name as string,
    actorEmail: row.actor_email as string,
    actorRole: row.actor_role as AuditEvent['actorRole'],
    actorTokenId: row.token_id as string,
    targetType: row.target_type as TargetType,
    targetId: row.target_id as string,
    targetName: row.target_name as string,
    siteUrl: row.site_url as string,
    detail: row.detail as string,
    trackingId: row.tracking_id as string,
    address: row.address as string,
  };
}

const oldEvents = `select organization_id, created, id from audit_events where created < ? order by created limit ?`;
/** By the whole key: an engine that spreads the table finds each row on one node. */
const remove = 'delete from audit_events where organization_id = ? and created = ? and id = ?';
const eventsPerUnit = 100;

/** Removes the events before `limit` (ISO-8601 UTC), a small unit a step; yields how many each removed. */
export async function* pruneEvents(database: Database, limit: string): AsyncGenerator<number> {
  for (;;) {
    const rows = await database.all(oldEvents, [limit, eventsPerUnit]);
    const removals = rows.map(
      (row): Statement => ({ sql: remove, values: [row.organization_id!, row.created!, row.id!] }),
    );
    if (removals.length > 0) await database.write(removals);
    yield removals.length;
    if (rows.length < eventsPerUnit) return;
  }
}
