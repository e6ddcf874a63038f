/** A token as the API shows it. */
import { personIdOf } from '../directory/person-id.ts';
import type { AccessToken } from './schema.ts';
import type { OrganizationToken, TokenPerson } from './store.ts';

/** `nowMs` counts from 1970. */
export function viewOf(token: OrganizationToken, nowMs: number): AccessToken {
  const { id, name, clientId, isOfMachine, scopes, created, createdBy, expires, lastUsed, revoked } = token;
  return {
    id,
    name,
    kind: isOfMachine ? 'service-account' : clientId === undefined ? 'personal' : 'integration',
    ...(clientId === undefined ? {} : { clientId }),
    person: personOf(token.holder),
    scopes: [...scopes],
    state: stateOf(token, nowMs),
    created,
    ...(createdBy === undefined ? {} : { createdBy: personOf(createdBy) }),
    ...(expires === undefined ? {} : { expires }),
    ...(lastUsed === undefined ? {} : { lastUsed }),
    ...(revoked === undefined ? {} : { revoked }),
  };
}

function stateOf(
  { revoked, expires, isHolderActive }: OrganizationToken,
  nowMs: number,
): AccessToken['state'] {
  if (revoked !== undefined) return 'revoked';
  if (expires !== undefined && Date.parse(expires) <= nowMs) return 'expired';
  return isHolderActive ? 'active' : 'suspended';
}

function personOf({ userId, email, displayName }: TokenPerson): AccessToken['person'] {
  return { personId: personIdOf(userId), email, displayName };
}
