/** A user's site in the import file, with the personal room they have there. */
import { type Static, Type } from 'typebox';
import { roomIdPattern } from '../../preferences/room-ids/schema.ts';
import { siteUrl, text } from './fields.ts';

const Room = Type.Object(
  {
    accessCode: Type.Optional(
      text(
        { description: 'The digits that lead a caller to the room.', must: 'be text of 6 to 16 digits' },
        { pattern: '^[0-9]{6,16}$' },
      ),
    ),
    meetingId: Type.Optional(
      text(
        { description: 'Names the room as a meeting.', must: 'be text of 32 digits from 0 to 9 and a to f' },
        { pattern: '^[0-9a-f]{32}$' },
      ),
    ),
    initialPins: Type.Optional(
      text(
        {
          description:
            'The first host PIN is made of the first digits, the first audio PIN of the last four. A secret.',
          must: 'be text of 16 digits, of which neither the first nor the last four are a run or one digit repeated',
        },
        { pattern: '^[0-9]{16}$', 'x-secret': true },
      ),
    ),
  },
  { description: 'How the personal room is reached. Generated when left out, and kept from then on.' },
);

export const Membership = Type.Object({
  siteUrl: siteUrl("One of the organization's sites."),
  siteAdministrator: Type.Optional(
    Type.Boolean({ description: 'Whether the user administers this site. At first: false.' }),
  ),
  personalMeetingRoomId: Type.Optional(
    text(
      {
        description: 'The id of the personal room; nobody else on the site has it. Generated at first.',
        must: 'be text of 1 to 64 letters, digits, dots, underscores and hyphens',
      },
      { pattern: roomIdPattern },
    ),
  ),
  room: Type.Optional(Room),
});
export type MembershipEntry = Static<typeof Membership>;
