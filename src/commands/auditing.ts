/** What the audit log is told of commands and imports: who got or lost a role, and what became of tokens. */
import { auditStatement } from '../audit/audit-store.ts';
import { type AuditAction, commandLineEvent } from '../audit/events.ts';
import { tokenTarget } from '../audit/token-events.ts';
import type { Statement } from '../platform/database.ts';

/** Whose roles or tokens; or a group. */
interface Holder {
  readonly id: string;
  readonly organizationId: string;
  readonly displayName: string;
}

/** A full administrator's role given or taken, or a site administrator's when there is a `siteUrl`. */
export function roleStatement(holder: Holder, isGranted: boolean, now: string, siteUrl = ''): Statement {
  return auditStatement(
    commandLineEvent(
      {
        action: isGranted ? 'role-granted' : 'role-removed',
        organizationId: holder.organizationId,
        targetType: 'PERSON',
        targetId: holder.id,
        targetName: holder.displayName,
        siteUrl,
        detail: siteUrl === '' ? 'a full administrator' : `an administrator of ${siteUrl}`,
      },
      now,
    ),
  );
}

/** A user who may sign in from now on, or may no longer. */
export function activityStatement(user: Holder & { readonly active?: boolean }, now: string): Statement {
  const { id: targetId, displayName: targetName, organizationId, active } = user;
  const action = active === false ? 'user-deactivated' : 'user-activated';
  return auditStatement(
    commandLineEvent({ action, organizationId, targetType: 'PERSON', targetId, targetName }, now),
  );
}

/** What became of a group. */
export function groupAuditStatement(
  action: 'group-created' | 'group-updated',
  { id: targetId, displayName: targetName, organizationId }: Holder,
  now: string,
): Statement {
  return auditStatement(
    commandLineEvent({ action, organizationId, targetType: 'GROUP', targetId, targetName }, now),
  );
}

/** What became of an integration or a service account. */
export function integrationStatement(
  action: Extract<AuditAction, `integration-${string}` | `service-account-${string}`>,
  integration: { readonly id: string; readonly name: string; readonly organizationId: string },
  now: string,
): Statement {
  const { id: targetId, name: targetName, organizationId } = integration;
  return auditStatement(
    commandLineEvent({ action, organizationId, targetType: 'INTEGRATION', targetId, targetName }, now),
  );
}

/** What became of how a user signs in. */
export function signInAuditStatement(
  action: Extract<
    AuditAction,
    | 'password-changed'
    | 'password-removed'
    | 'second-factor-changed'
    | 'signed-out-everywhere'
    | `subject-${string}`
  >,
  holder: Holder,
  now: string,
  detail = '',
): Statement {
  return auditStatement(
    commandLineEvent(
      {
        action,
        organizationId: holder.organizationId,
        targetType: 'PERSON',
        targetId: holder.id,
        targetName: holder.displayName,
        detail,
      },
      now,
    ),
  );
}

export function tokenAuditStatement(
  action: Extract<AuditAction, `token-${string}`>,
  holder: Holder,
  token: { readonly id: string; readonly name: string },
  now: string,
): Statement {
  const { organizationId } = holder;
  return auditStatement(commandLineEvent({ action, organizationId, ...tokenTarget(token, holder) }, now));
}
