/** What history has to know of each section: how it begins, and how values are put back. Imports all sections. */
import { membershipOn } from '../../directory/member.ts';
import { changedSince, fault } from '../../errors.ts';
import type { Call } from '../../identity/operation.ts';
import type { Compatibility } from '../../request/body.ts';
import type { Answered } from '../answered.ts';
import { audioSection } from '../audio/routes.ts';
import { updateAudioOptions } from '../audio/rules.ts';
import type { PreferencesParts } from '../parts.ts';
import { personalMeetingRoomSection } from '../personal-meeting-room/routes.ts';
import { updatePersonalMeetingRoomOptions } from '../personal-meeting-room/rules.ts';
import { refreshRoomIds } from '../room-ids/routes.ts';
import { schedulingOptionsSection } from '../scheduling-options/routes.ts';
import { updateSchedulingOptions } from '../scheduling-options/rules.ts';
import { subjectOf } from '../section.ts';
import { changeDefaultSite, siteListOf } from '../sites/routes.ts';
import { updateDefaultSite } from '../sites/rules.ts';
import type { Section, SectionName } from '../store.ts';
import type { Subject } from '../subject.ts';
import { videoSection } from '../video/routes.ts';
import { updateVideoOptions } from '../video/rules.ts';
import { type Difference, type Fields, restored } from './rules.ts';
import type { HistorySection } from './schema.ts';

/** What to put back, and whether over later changes as well. */
export interface Restoration {
  readonly difference: Difference;
  readonly force: boolean;
}

interface DocumentSection {
  readonly initial: (subject: Subject) => Fields;
  readonly restore: (
    parts: PreferencesParts,
    subject: Subject,
    call: Call,
    restoration: Restoration,
  ) => Promise<Answered>;
}

/** A section whose documents are in the preferences: values are put back by the rules of its PUT. */
function documentSection<T extends object>(
  section: Section<T>,
  change: (current: T, body: unknown, subject: Subject, compatibility: Compatibility) => T,
): DocumentSection {
  return {
    initial: (subject) => section.initial(subject) as Fields,
    restore: ({ preferences, compatibility }, subject, call, { difference, force }) =>
      preferences.update(section, subject, call, (current) => {
        const initial = section.initial(subject) as Fields;
        const body = restored(current as Fields, difference, initial, force);
        return change(current, body, subject, compatibility);
      }),
  };
}

const documentSections: Readonly<Record<SectionName, DocumentSection>> = {
  personalMeetingRoom: documentSection(personalMeetingRoomSection, updatePersonalMeetingRoomOptions),
  audio: documentSection(audioSection, updateAudioOptions),
  video: documentSection(videoSection, updateVideoOptions),
  schedulingOptions: documentSection(schedulingOptionsSection, updateSchedulingOptions),
};

/** What a section was before its first version; undefined where that follows from nothing. */
export function initialDocument(section: HistorySection, subject: Subject): Fields | undefined {
  return isRecorded(section) ? undefined : documentSections[section].initial(subject);
}

function isRecorded(section: HistorySection): section is Exclude<HistorySection, SectionName> {
  return !Object.hasOwn(documentSections, section);
}

/** Puts values of a section of documents back, or a default site; resolves with what the section's GET answers. */
export async function restoreSection(
  parts: PreferencesParts,
  call: Call,
  subject: Subject,
  section: Exclude<HistorySection, 'personalMeetingRoomId'>,
  restoration: Restoration,
): Promise<Answered> {
  if (section !== 'sites') return documentSections[section].restore(parts, subject, call, restoration);
  const find = async () => (await subjectOf(parts, call)).user;
  await changeDefaultSite(parts, call, find, (user) => {
    const current = { defaultSite: user.defaultSiteUrl };
    const { defaultSite } = restored(current, restoration.difference, {}, restoration.force);
    if (membershipOn(user, String(defaultSite)) === undefined) {
      const reason = `${String(defaultSite)} is not one of their sites any more`;
      throw changedSince([fault('history.reversible', undefined, reason)]);
    }
    return updateDefaultSite(user, { siteUrl: defaultSite }, true, parts.compatibility);
  });
  return siteListOf(await find());
}

/** A room id to put back. */
export interface RoomRestoration {
  readonly userId: string;
  readonly personId: string;
  readonly email: string;
  readonly before: string;
  readonly after: string;
}

/** Puts room ids back, all or none, by the rules of the batch that changes them. */
export function restoreRoomIds(
  parts: PreferencesParts,
  call: Call,
  siteUrl: string,
  rooms: readonly RoomRestoration[],
  force: boolean,
): Promise<string> {
  const items = rooms.map(({ personId, before }) => ({ personId, personalMeetingRoomId: before }));
  return refreshRoomIds(parts, call, { siteUrl, personalMeetingRoomIds: items }, (roomIds) => {
    const overtaken = rooms.filter(({ userId, after }) => roomIds.get(userId) !== after);
    if (force || overtaken.length === 0) return;
    const fieldOf = ({ email }: RoomRestoration): string => `The personalMeetingRoomId of ${email}`;
    throw changedSince(overtaken.map((room) => fault('history.unchanged', fieldOf(room))));
  });
}
