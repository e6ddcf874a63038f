import { membershipOn } from '../../directory/member.ts';
import { notFound } from '../../errors.ts';
import { callingMember } from '../../identity/administration.ts';
import type { Operation } from '../../identity/operation.ts';
import { readScopes, writeScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import { personalMeetingRoomExample, roomFactsExample } from '../examples.ts';
import type { PreferencesParts } from '../parts.ts';
import { mountSection, patchOf } from '../section.ts';
import type { Section } from '../store.ts';
import { initialPersonalMeetingRoom, roomFacts, updatePersonalMeetingRoomOptions } from './rules.ts';
import { GlobalCallInNumbers, PersonalMeetingRoom, PersonalMeetingRoomOptions } from './schema.ts';

export const personalMeetingRoomSection: Section<PersonalMeetingRoomOptions> = {
  name: 'personalMeetingRoom',
  initial: initialPersonalMeetingRoom,
  facts: roomFacts,
};

const answer = {
  schema: PersonalMeetingRoom,
  example: { ...personalMeetingRoomExample, ...roomFactsExample },
};

const getPersonalMeetingRoomOptions: Operation = {
  id: 'getPersonalMeetingRoomOptions',
  method: 'GET',
  path: '/v1/meetingPreferences/personalMeetingRoom',
  summary: 'Get Personal Meeting Room Options',
  description: 'The personal meeting room of a user on a site: its options, and how to reach it.',
  scopes: readScopes,
  query: targetParameters,
  answer,
  rules: [],
};

const updatePersonalMeetingRoom: Operation = {
  id: 'updatePersonalMeetingRoomOptions',
  method: 'PUT',
  path: '/v1/meetingPreferences/personalMeetingRoom',
  summary: 'Update Personal Meeting Room Options',
  description:
    'Changes the options of a personal meeting room. Fields that only the site decides are ignored.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: PersonalMeetingRoomOptions, example: personalMeetingRoomExample },
  answer,
  rules: [
    'room.host-pin-length',
    'room.host-pin-sequence',
    'room.host-pin-repetition',
    'room.co-hosts-distinct',
    'room.co-host-modes',
  ],
};

const listGlobalCallInNumbers: Operation = {
  id: 'listGlobalCallinNumbers',
  method: 'GET',
  path: '/v1/meetings/:meetingId/globalCallinNumbers',
  summary: 'List Global Call-in Numbers',
  description: "The site's call-in numbers, where the telephony links of personal meeting rooms point to.",
  scopes: readScopes,
  query: {},
  answer: {
    schema: GlobalCallInNumbers,
    example: { callInNumbers: roomFactsExample.telephony.callInNumbers },
  },
  rules: ['meeting.known'],
};

export function mountPersonalMeetingRoom(parts: PreferencesParts): void {
  const { operations, directory } = parts;
  mountSection(parts, {
    section: personalMeetingRoomSection,
    schema: PersonalMeetingRoomOptions,
    get: getPersonalMeetingRoomOptions,
    update: updatePersonalMeetingRoom,
    patch: patchOf(updatePersonalMeetingRoom, 'patchPersonalMeetingRoomOptions', { topic: 'Open house' }),
    change: updatePersonalMeetingRoomOptions,
  });

  operations.mount(listGlobalCallInNumbers, async ({ caller, params }) => {
    const site = await directory.siteOfMeeting(params.meetingId!);
    const self = await callingMember(directory, caller);
    const isVisible =
      site !== undefined && (self.fullAdministrator || membershipOn(self, site.siteUrl) !== undefined);
    if (!isVisible || site.organizationId !== self.organizationId) {
      throw notFound('meeting.known', 'There is no such meeting in your organization.');
    }
    return JSON.stringify({ callInNumbers: site.settings.callInNumbers });
  });
}
