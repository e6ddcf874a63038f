/** What the audit log is told of what somebody does to a site as a whole. */
import type { Actor } from '../directory/deletion-store.ts';
import { causedBy } from './cause.ts';
import type { AuditAction, GivenEvent } from './events.ts';

/** `siteUrl` in lower case; `detail` is what the sentence of the action asks for, if it does. */
export function siteEvent(
  action: AuditAction,
  organizationId: string,
  siteUrl: string,
  actor: Actor,
  detail = '',
): GivenEvent {
  return {
    action,
    organizationId,
    ...causedBy(actor),
    targetType: 'SITE',
    targetId: siteUrl,
    targetName: siteUrl,
    siteUrl,
    detail,
  };
}
