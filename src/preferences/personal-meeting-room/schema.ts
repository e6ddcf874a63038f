import { type Static, Type } from 'typebox';
import { CallInNumber } from '../../directory/site-settings.ts';
import { email, flag, list, minutes, text } from '../../request/fields.ts';

const CoHost = Type.Object(
  {
    email: email('room.co-host-email', 'The address of the co-host.'),
    displayName: text('room.co-host-name', 'The name of the co-host.'),
  },
  { 'x-rule': 'room.co-host' },
);

/** What a host can change, and what is stored. */
export const PersonalMeetingRoomOptions = Type.Object(
  {
    topic: text('room.topic', 'What the room is called.', { minLength: 1, maxLength: 128, pattern: '\\S' }),
    hostPin: text('room.host-pin', 'Digits that prove the host to the room; the site says how many.', {
      pattern: '^[0-9]+$',
    }),
    enabledAutoLock: flag(
      'room.enabled-auto-lock',
      'Whether the room locks itself after a meeting has begun.',
    ),
    autoLockMinutes: minutes(
      'room.auto-lock-minutes',
      [0, 5, 10, 15, 20],
      'Minutes until the room locks itself.',
    ),
    enabledNotifyHost: flag(
      'room.enabled-notify-host',
      'Whether the host is told when somebody waits in the lobby.',
    ),
    supportCoHost: flag('room.support-co-host', 'Whether there may be co-hosts.'),
    supportAnyoneAsCoHost: Type.Optional(
      flag(
        'room.anyone-as-co-host',
        "Whether everyone with an account on the host's site becomes a co-host.",
      ),
    ),
    allowFirstUserToBeCoHost: Type.Optional(
      flag(
        'room.first-user-co-host',
        "Whether the first to join with an account on the host's site becomes a co-host.",
      ),
    ),
    allowAuthenticatedDevices: Type.Optional(
      flag(
        'room.authenticated-devices',
        'Whether authenticated video devices of the organization join without waiting.',
      ),
    ),
    coHosts: list(
      'room.co-hosts',
      CoHost,
      'Named co-hosts: in force while neither of the two modes above is on.',
    ),
  },
  {
    title: 'PersonalMeetingRoomOptions',
    'x-served': {
      not: {
        properties: { supportAnyoneAsCoHost: { const: true }, allowFirstUserToBeCoHost: { const: true } },
        required: ['supportAnyoneAsCoHost', 'allowFirstUserToBeCoHost'],
      },
    },
  },
);

export type PersonalMeetingRoomOptions = Static<typeof PersonalMeetingRoomOptions>;

/** What a host sees: the options, and where the room is. */
export const PersonalMeetingRoom = Type.Object(
  {
    ...PersonalMeetingRoomOptions.properties,
    personalMeetingRoomLink: Type.String({
      readOnly: true,
      description: 'The address of the room for browsers.',
    }),
    sipAddress: Type.String({ readOnly: true, description: 'The address of the room for video systems.' }),
    dialInIpAddress: Type.String({
      readOnly: true,
      description: 'The IP address for video systems without SIP names.',
    }),
    telephony: Type.Object(
      {
        accessCode: Type.String({
          pattern: '^[0-9]+$',
          description: 'Digits that lead a caller to the room.',
        }),
        callInNumbers: Type.Array(CallInNumber, { description: 'Numbers of the site to call in.' }),
        links: Type.Array(
          Type.Object({
            rel: Type.Literal('globalCallinNumbers'),
            href: Type.String({ description: 'Where the call-in numbers can be read.' }),
            method: Type.Literal('GET'),
          }),
        ),
      },
      { readOnly: true, description: 'How to join by telephone.' },
    ),
  },
  { title: 'PersonalMeetingRoom' },
);
export type PersonalMeetingRoom = Static<typeof PersonalMeetingRoom>;

export const GlobalCallInNumbers = Type.Object(
  {
    callInNumbers: Type.Array(CallInNumber, { description: 'Numbers of the site to call in.' }),
  },
  { title: 'GlobalCallInNumbers' },
);
