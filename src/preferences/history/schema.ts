import { type Static, Type } from 'typebox';
import { flag } from '../../request/fields.ts';

export const historySections = [
  'personalMeetingRoom',
  'audio',
  'video',
  'schedulingOptions',
  'personalMeetingRoomId',
  'sites',
] as const;
export type HistorySection = (typeof historySections)[number];

/** What narrows a history, and where to go on. */
export const historyParameters = {
  section: Type.Optional(
    Type.String({ enum: historySections, description: 'Only changes of this section.', example: 'audio' }),
  ),
  from: Type.Optional(
    Type.String({
      description: 'Only changes at or after this day (in UTC) or time (with its zone), in ISO 8601.',
      example: '2026-01-31',
    }),
  ),
  to: Type.Optional(
    Type.String({
      description: 'Only changes before this day (in UTC) or time (with its zone), in ISO 8601.',
      example: '2026-02-28T12:00:00Z',
    }),
  ),
  max: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      default: 20,
      description: 'How many changes to answer at most.',
    }),
  ),
  cursor: Type.Optional(Type.String({ description: 'From the answer before: where this one goes on.' })),
};

const values = Type.Record(Type.String(), Type.Unknown());

export const HistoryItem = Type.Object(
  {
    id: Type.String({ description: 'Names the change; all rows of a batch have the same.' }),
    changed: Type.String({ description: 'When, in ISO 8601 in UTC.' }),
    section: Type.String({ enum: historySections, description: 'The section that was changed.' }),
    siteUrl: Type.String({ description: 'On which site; for sites, the one that became the default.' }),
    userEmail: Type.String({ description: 'Whose preferences.' }),
    changedBy: Type.Optional(
      Type.Object(
        {
          email: Type.Optional(
            Type.String({ description: 'Their address; absent when they no longer exist.' }),
          ),
          personId: Type.String({ description: 'Their id.' }),
          onBehalf: Type.Boolean({ description: 'Whether it was somebody other than the user.' }),
        },
        { description: 'Who changed it; absent for what no request changed.' },
      ),
    ),
    trackingId: Type.Optional(Type.String({ description: 'The tracking id of the request.' })),
    tokenId: Type.Optional(Type.String({ description: 'The id of the token; never the token.' })),
    before: Type.Optional({
      ...values,
      description: 'The changed fields as they were; absent when the version before is no longer kept.',
    }),
    after: { ...values, description: 'The changed fields as they became. PINs are masked.' },
  },
  { title: 'HistoryItem' },
);
export type HistoryItem = Static<typeof HistoryItem>;

export const History = Type.Object(
  {
    items: Type.Array(HistoryItem, { description: 'Newest first.' }),
    cursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last one.' })),
  },
  { title: 'History' },
);

export const Revert = Type.Object(
  {
    force: Type.Optional(
      flag('history.force', 'Whether to put the values back even where fields were changed since.'),
    ),
  },
  { title: 'Revert' },
);

/** What the section's GET answers; for room ids what their batch does. */
export const Reverted = Type.Object(
  {},
  {
    additionalProperties: true,
    description: "What the GET of the change's section answers now; of room ids, what their batch answers.",
  },
);
