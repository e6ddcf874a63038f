/** What the audit log is told of preferences: what somebody other than their user read or changed. */
import type { Audit } from '../audit/audit.ts';
import type { GivenEvent } from '../audit/events.ts';
import type { Member } from '../directory/member.ts';
import type { Author, Call } from '../identity/operations.ts';

/** Whose preferences. */
type Person = Pick<Member, 'id' | 'organizationId' | 'displayName'>;

/** What an author did to somebody's preferences on a site. */
export function eventAbout(
  action: 'preferences-read' | 'preferences-changed' | 'room-id-changed',
  { userId, tokenId, trackingId }: Author,
  user: Person,
  siteUrl: string,
  detail: string,
): GivenEvent {
  return {
    action,
    organizationId: user.organizationId,
    actorId: userId,
    actorTokenId: tokenId,
    targetType: 'PERSON',
    targetId: user.id,
    targetName: user.displayName,
    siteUrl,
    detail,
    trackingId,
  };
}

/** What there is to log of a change: nothing when it is of one's own. */
export function changesOf(author: Author, user: Person, siteUrl: string, what: string): GivenEvent[] {
  return author.userId === user.id ? [] : [eventAbout('preferences-changed', author, user, siteUrl, what)];
}

/** Notes a read, unless it is of one's own. `what` is the section, or another noun for people. */
export function noteRead(
  audit: Audit,
  { author, confirm }: Call,
  user: Person,
  siteUrl: string,
  what: string,
): void {
  if (author.userId === user.id) return;
  const note = () => audit.note(eventAbout('preferences-read', author, user, siteUrl, what));
  // A read on outdated grounds is not answered but done again, and noted then.
  if (confirm === undefined) note();
  else confirm().then(note, () => {});
}

/** Notes a read of what everybody on a site changed. */
export function noteSiteRead(audit: Audit, { author, caller }: Call, siteUrl: string): void {
  audit.note({
    action: 'site-history-read',
    organizationId: caller.organizationId,
    actorId: author.userId,
    actorTokenId: author.tokenId,
    targetType: 'SITE',
    targetId: siteUrl,
    targetName: siteUrl,
    siteUrl,
    trackingId: author.trackingId,
  });
}
