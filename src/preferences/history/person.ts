/** Whose history a request asks for, also of those who are no longer there. */
import { keyOf } from '../../directory/email.ts';
import type { Member } from '../../directory/member.ts';
import { ApiError } from '../../errors.ts';
import { callingMember, defaultSiteOf } from '../../identity/administration.ts';
import type { Call } from '../../identity/operation.ts';
import { readTarget, targetParameters } from '../../request/target.ts';
import { subjectOf } from '../section.ts';
import type { Subject } from '../subject.ts';
import type { HistoryParts } from './routes.ts';

/** Somebody on a site, now or before. */
export interface Place {
  readonly userId: string;
  /** In lower case. */
  readonly siteUrl: string;
  /** What they are called; their address once they are gone. */
  readonly name: string;
}

export function placeOf({ user, membership }: Subject): Place {
  return { userId: user.id, siteUrl: membership.site.siteUrl, name: user.displayName };
}

/**
 * Whose history an operation with `userEmail` and `siteUrl` is about. Administrators find those who left the site or were
 * deleted as well. Others see their own `since` they came back to the site, in ISO-8601 UTC: what they had before is no
 * longer theirs.
 */
export async function personOf(parts: HistoryParts, call: Call): Promise<Place & { since: string }> {
  const self = await callingMember(parts.directory, call.caller);
  const place = await presentOrPast(parts, call, self, async () => placeOf(await subjectOf(parts, call)));
  const isOwn = place.userId === self.id;
  return { ...place, since: isOwn ? await parts.history.closedAt(place.userId, place.siteUrl) : '' };
}

/** What `find` finds; or, where it finds no user and `self` administers the site, who was on it before. */
export async function presentOrPast(
  { directory, deletedUsers, history, compatibility }: HistoryParts,
  { query, body }: Call,
  self: Member,
  find: () => Promise<Place>,
): Promise<Place> {
  try {
    return await find();
  } catch (error) {
    // Roles are judged before anybody is looked for: whoever gets this refusal may see the history of the site.
    const isMissing = error instanceof ApiError && error.faults[0]?.rule === 'subject.user';
    const { userEmail, siteUrl } = readTarget(targetParameters, query, body, compatibility);
    if (!isMissing || userEmail === undefined) throw error;
    const { organizationId } = self;
    const present = await directory.memberByEmail(userEmail);
    const user =
      present?.organizationId === organizationId
        ? present
        : await deletedUsers.findByEmail(organizationId, userEmail);
    const site = keyOf(siteUrl ?? defaultSiteOf(self));
    if (user === undefined || !(await history.knows(user.id, site))) throw error;
    return { userId: user.id, siteUrl: site, name: user.email };
  }
}
