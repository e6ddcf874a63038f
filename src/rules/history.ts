/** The rules of the history of preferences, and of putting values back. */
import { boolean, type Rule, rule } from './rule.ts';

export const historyRules = {
  // History
  'history.section': rule(
    'section',
    'be personalMeetingRoom, audio, video, schedulingOptions, personalMeetingRoomId or sites',
    '7',
  ),
  'history.time': rule(
    'from and to',
    'be a day or a time with its zone, such as 2026-01-31 or 2026-01-31T12:00:00Z',
    '7',
  ),
  'history.max': rule('max', 'be a whole number from 1 to 100', '7'),
  'history.cursor': rule('cursor', 'be the cursor of an answer before, as it was', '7'),
  'history.force': rule('force', boolean, '7'),
  'history.known': rule('The change', 'be in a history that you may see', '7'),
  'history.unchanged': rule('A changed field', 'still be as the change left it, unless force is true', '7'),
  'history.reversible': rule(
    'The change',
    'have its values before still kept, and somewhere to put them',
    '7',
  ),
} as const satisfies Record<string, Rule>;
