/** What the audit log is told of integrations, and of what people let them do. */
import type { FastifyRequest } from 'fastify';
import type { AuditAction, GivenEvent } from '../audit/events.ts';
import type { Integration } from './integration-registry.ts';

/** Something that a person did, or that was done in their name, from this request. `detail` lists scopes. */
export function integrationEvent(
  action: AuditAction,
  { id, name, organizationId }: Integration,
  actorId: string,
  request: FastifyRequest,
  detail = '',
): GivenEvent {
  return {
    organizationId,
    action,
    actorId,
    targetType: 'INTEGRATION',
    targetId: id,
    targetName: name,
    detail,
    trackingId: request.id,
    address: request.ip,
  };
}
