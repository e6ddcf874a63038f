import { type Static, Type } from 'typebox';
import { flag, list, text } from '../../request/fields.ts';

/** What a personal room's id may be made of. */
export const roomIdPattern = '^[A-Za-z0-9._-]{1,64}$';

const RoomIdItem = Type.Object(
  {
    email: Type.Optional(text('room-ids.email', 'The person, by address.')),
    personId: Type.Optional(text('room-ids.person-id', 'The person, by id.')),
    systemGenerated: Type.Optional(flag('room-ids.system-generated', 'Whether the server makes the id.')),
    personalMeetingRoomId: Type.Optional(text('room-ids.id', 'The new id.', { pattern: roomIdPattern })),
  },
  { 'x-rule': 'room-ids.item' },
);
export type RoomIdItem = Static<typeof RoomIdItem>;

export const RoomIdBatch = Type.Object(
  {
    siteUrl: text('room-ids.site-url', 'The site; one that the caller administers.', { minLength: 1 }),
    personalMeetingRoomIds: list('room-ids.list', RoomIdItem, 'The people and their new ids.', {
      minItems: 1,
      maxItems: 100,
    }),
  },
  { title: 'RoomIdBatch' },
);
export type RoomIdBatch = Static<typeof RoomIdBatch>;

export const RefreshedRoomIds = Type.Object(
  {
    siteUrl: Type.String({ description: 'The site.' }),
    personalMeetingRoomIds: Type.Array(
      Type.Object({
        email: Type.String({ description: "The person's address." }),
        personId: Type.String({ description: "The person's id." }),
        personalMeetingRoomId: Type.String({ description: 'The id that is in force now.' }),
      }),
      { description: 'One for each item of the request, in its order.' },
    ),
  },
  { title: 'RefreshedRoomIds' },
);
