import { type Static, Type } from 'typebox';
import { flag, list, minutes, text } from '../../request/fields.ts';

export const SchedulingOptions = Type.Object(
  {
    enabledJoinBeforeHost: flag(
      'scheduling.join-before-host',
      'Whether invitees may join before the host does; in force only where the site supports it.',
    ),
    joinBeforeHostMinutes: minutes(
      'scheduling.join-before-host-minutes',
      [0, 5, 10, 15],
      'Minutes before the start from which invitees may join.',
    ),
    enabledAutoShareRecording: flag(
      'scheduling.auto-share-recording',
      'Whether invitees get the recording as soon as it is there.',
    ),
    enabledWebexAssistantByDefault: Type.Optional(
      flag('scheduling.webex-assistant', 'Whether the assistant is on when a meeting starts.'),
    ),
    delegateEmails: Type.Optional(
      list(
        'scheduling.delegate-emails',
        text('scheduling.delegate-email', 'An address, or several divided by commas.'),
        "Who may schedule meetings on the host's behalf. In a request: null or absent keeps them, [] removes all.",
      ),
    ),
  },
  { title: 'SchedulingOptions' },
);

export type SchedulingOptions = Static<typeof SchedulingOptions>;

/** The list that insert and delete take, and insert answers with. */
export const DelegateEmails = Type.Object(
  {
    emails: list(
      'delegates.emails',
      text('scheduling.delegate-email', 'An address, or several divided by commas.'),
      'Addresses of delegates.',
      { minItems: 1 },
    ),
  },
  { title: 'DelegateEmails' },
);

export type DelegateEmails = Static<typeof DelegateEmails>;
