/** What the audit log is told of sign-ins: the one place that words it. */
import type { FastifyRequest } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import type { GivenEvent } from '../audit/events.ts';
import type { Directory } from '../directory/store.ts';
import type { SignInMethod } from './session-store.ts';
import type { SignedIn } from './sessions.ts';

const methods: Readonly<Record<SignInMethod, string>> = {
  development: 'choosing a user in development mode',
  password: 'password',
  'password-and-code': 'password and one-time code',
  'openid-connect': 'an OpenID Connect provider',
};

export interface SignInAudit {
  readonly audit: Audit;
  readonly directory: Directory;
}

/** Somebody signed in, or out. */
export async function noteSession(
  { audit, directory }: SignInAudit,
  action: Extract<GivenEvent['action'], 'signed-in' | 'signed-out'>,
  { sessionId, userId, method }: Pick<SignedIn, 'sessionId' | 'userId' | 'method'>,
  request: FastifyRequest,
): Promise<void> {
  const member = await directory.member(userId);
  audit.note({
    action,
    organizationId: member?.organizationId ?? '',
    actorId: userId,
    actorTokenId: sessionId,
    targetType: 'PERSON',
    targetId: userId,
    targetName: member?.displayName ?? '',
    detail: methods[method],
    trackingId: request.id,
    address: request.ip,
  });
}

/**
 * A try to sign in was refused. Of an `email` that nobody here has, nothing is kept: people type passwords into the wrong
 * field. Looked up behind the answer, which must not take longer for those who are known.
 */
export function noteRefusal(
  { audit, directory }: SignInAudit,
  email: string,
  detail: string,
  request: FastifyRequest,
): void {
  const { id: trackingId, ip: address } = request;
  const note = (userId: string, organizationId: string, targetName: string): void =>
    audit.note({
      action: 'sign-in-refused',
      organizationId,
      actorId: '',
      targetType: 'PERSON',
      targetId: userId,
      targetName,
      detail,
      trackingId,
      address,
    });
  if (email === '') {
    note('', '', '');
    return;
  }
  directory.memberByEmail(email).then(
    (member) => note(member?.id ?? '', member?.organizationId ?? '', member?.displayName ?? ''),
    () => note('', '', ''),
  );
}
