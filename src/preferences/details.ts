import { Type } from 'typebox';
import type { Operation } from '../identity/operation.ts';
import { readScopes } from '../identity/scopes.ts';
import { andThen } from '../platform/at-once.ts';
import { targetParameters } from '../request/target.ts';
import { audioSection } from './audio/routes.ts';
import { AudioOptions } from './audio/schema.ts';
import { noteRead } from './auditing.ts';
import {
  audioExample,
  personalMeetingRoomExample,
  roomFactsExample,
  schedulingOptionsExample,
  sitesExample,
  videoExample,
} from './examples.ts';
import type { PreferencesParts } from './parts.ts';
import { personalMeetingRoomSection } from './personal-meeting-room/routes.ts';
import { PersonalMeetingRoom, PersonalMeetingRoomOptions } from './personal-meeting-room/schema.ts';
import { schedulingOptionsSection } from './scheduling-options/routes.ts';
import { SchedulingOptions } from './scheduling-options/schema.ts';
import { subjectOf } from './section.ts';
import { siteListOf } from './sites/routes.ts';
import { Sites } from './sites/schema.ts';
import { videoSection } from './video/routes.ts';
import { VideoOptions } from './video/schema.ts';

const MeetingPreferences = Type.Object(
  {
    personalMeetingRoom: PersonalMeetingRoom,
    audio: AudioOptions,
    video: VideoOptions,
    schedulingOptions: SchedulingOptions,
    sites: Sites.properties.sites,
  },
  { title: 'MeetingPreferences' },
);

const getMeetingPreferenceDetails: Operation = {
  id: 'getMeetingPreferenceDetails',
  method: 'GET',
  path: '/v1/meetingPreferences',
  summary: 'Get Meeting Preference Details',
  description: 'All preferences of a user on a site, section by section, and all of their sites.',
  scopes: readScopes,
  query: targetParameters,
  answer: {
    schema: MeetingPreferences,
    example: {
      personalMeetingRoom: { ...personalMeetingRoomExample, ...roomFactsExample },
      audio: audioExample,
      video: videoExample,
      schedulingOptions: schedulingOptionsExample,
      sites: sitesExample,
    },
  },
  rules: [],
  foresees: 'reading',
};

const sections = [personalMeetingRoomSection, audioSection, videoSection, schedulingOptionsSection];

const { hostPin: _hostPin, ...roomDefaults } = PersonalMeetingRoomOptions.properties;
const { audioPin: _audioPin, ...audioDefaults } = AudioOptions.properties;

const DefaultMeetingPreferences = Type.Object(
  {
    personalMeetingRoom: Type.Object(roomDefaults),
    audio: Type.Object(audioDefaults),
    video: VideoOptions,
    schedulingOptions: SchedulingOptions,
  },
  { title: 'DefaultMeetingPreferences' },
);

const { hostPin: _roomPin, ...roomDefaultsExample } = personalMeetingRoomExample;
const { audioPin: _pin, ...audioDefaultsExample } = audioExample;

const getDefaultMeetingPreferences: Operation = {
  id: 'getDefaultMeetingPreferences',
  method: 'GET',
  path: '/v1/meetingPreferences/defaults',
  summary: 'Get Default Meeting Preferences',
  description:
    'What a user has on a site until they change it, section by section. PINs are left out: they are random.',
  scopes: readScopes,
  query: targetParameters,
  answer: {
    schema: DefaultMeetingPreferences,
    example: {
      personalMeetingRoom: { ...roomDefaultsExample, topic: "John Andersen's Personal Room", coHosts: [] },
      audio: audioDefaultsExample,
      video: { videoDevices: [] },
      schedulingOptions: { ...schedulingOptionsExample, delegateEmails: [] },
    },
  },
  rules: [],
};

/** The operations that read the sections, in the only module that imports several of them. */
export function mountDetails(parts: PreferencesParts): void {
  parts.operations.mount(getMeetingPreferenceDetails, (call) =>
    andThen(subjectOf(parts, call), (subject) => {
      noteRead(parts.audit, call, subject.user, subject.membership.site.siteUrl, 'all preferences');
      return andThen(parts.preferences.readAll(sections, subject), (documents) => {
        const members = documents.map(({ text }, index) => `"${sections[index]!.name}":${text}`);
        return `{${members.join(',')},${siteListOf(subject.user).text.slice(1)}`;
      });
    }),
  );

  parts.operations.mount(getDefaultMeetingPreferences, async (call) => {
    const subject = await subjectOf(parts, call);
    const { hostPin: _host, ...room } = personalMeetingRoomSection.initial(subject);
    const { audioPin: _audio, ...audio } = audioSection.initial(subject);
    return JSON.stringify({
      personalMeetingRoom: room,
      audio,
      video: videoSection.initial(subject),
      schedulingOptions: schedulingOptionsSection.initial(subject),
    });
  });
}
