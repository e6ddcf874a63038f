/** What the audit log is told of preferences: what somebody other than their user read or changed. */
import type { Audit } from '../audit/audit.ts';
import type { GivenEvent } from '../audit/events.ts';
import { personEvent } from '../audit/person-events.ts';
import { siteEvent } from '../audit/site-event.ts';
import type { Member } from '../directory/member.ts';
import type { Author, Call } from '../identity/operation.ts';
import type { SectionName } from './store.ts';

/** Whose preferences. */
type Person = Pick<Member, 'id' | 'organizationId' | 'displayName'>;

/** The audit log is read by people. */
export const sectionInWords: Readonly<Record<SectionName, string>> = {
  personalMeetingRoom: 'the personal meeting room',
  audio: 'the audio options',
  video: 'the video options',
  schedulingOptions: 'the scheduling options',
};

/** What there is to log of a change: nothing when it is of one's own. */
export function changesOf(author: Author, user: Person, siteUrl: string, what: string): GivenEvent[] {
  if (author.userId === user.id) return [];
  return [personEvent('preferences-changed', user, author, { siteUrl, detail: what })];
}

/** Notes a read, unless it is of one's own. `what` is a noun for people. */
export function noteRead(
  audit: Audit,
  { author, foresight }: Call,
  user: Person,
  siteUrl: string,
  what: string,
): void {
  if (author.userId === user.id) return;
  const note = () => audit.note(personEvent('preferences-read', user, author, { siteUrl, detail: what }));
  // A read on outdated grounds is not answered but done again, and noted then.
  if (foresight === undefined) note();
  else foresight.confirm().then(note, () => {});
}

/** Notes a read of what everybody on a site changed. */
export function noteSiteRead(audit: Audit, { author, caller }: Call, siteUrl: string): void {
  audit.note(siteEvent('site-history-read', caller.organizationId, siteUrl, author));
}
