/** The API for pages of our own: the session of the browser in the place of a bearer token. */
import type { FastifyRequest } from 'fastify';
import type { Member } from '../directory/member.ts';
import type { Directory } from '../directory/store.ts';
import { notSignedIn } from '../errors.ts';
import type { BrowserCallers } from '../identity/authorization.ts';
import { allScopes, type Scope, userLevelScopes } from '../identity/scopes.ts';
import type { Caller } from '../identity/tokens.ts';
import { isFromElsewhere } from '../platform/forms.ts';
import type { Sessions } from './sessions.ts';

const allOfUser: ReadonlySet<Scope> = new Set(userLevelScopes);
const allOfAdministrator: ReadonlySet<Scope> = new Set(allScopes);

/** What a member's own browser may do: all that the member may. What an administrator may do where is judged later. */
export function scopesOf(member: Member): ReadonlySet<Scope> {
  const isAdministrator =
    member.fullAdministrator || member.memberships.some(({ siteAdministrator }) => siteAdministrator);
  return isAdministrator ? allOfAdministrator : allOfUser;
}

/**
 * Finds the caller of a request that came with the session's cookie and the header that only our own pages can send: no
 * other site's form can set a header, and its scripts are refused this one before they send it.
 */
export function browserCallers(sessions: Sessions, directory: Directory): BrowserCallers {
  return async (request: FastifyRequest): Promise<Caller> => {
    const signedIn = isFromElsewhere(request) ? undefined : await sessions.of(request);
    const member = signedIn === undefined ? undefined : await directory.member(signedIn.userId);
    if (signedIn === undefined || member === undefined) throw notSignedIn();
    const { sessionId: tokenId, userId, organizationId } = signedIn;
    return {
      tokenId,
      userId,
      organizationId,
      scopes: scopesOf(member),
      origin: 'session',
      expiresAt: Number.POSITIVE_INFINITY,
    };
  };
}
