import { type Static, Type } from 'typebox';

/** What narrows the list. Unknown categories are no fault: clients ask for those of other services as well. */
export const eventParameters = {
  orgId: Type.Optional(
    Type.String({
      description: 'The organization: yours, which it is when left out.',
      example: 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8xZjhhMWM1Mi02ZDNlLTRkMGItOWY1Ny0yZjZmMGYzZjhhMDE',
    }),
  ),
  from: Type.Optional(
    Type.String({
      description:
        'Only events at or after this day (in UTC) or time (with its zone), in ISO 8601; a year before `to` when left out.',
      example: '2026-01-31T12:00:00.000Z',
    }),
  ),
  to: Type.Optional(
    Type.String({
      description: 'Only events before this day or time; now when left out.',
      example: '2026-02-28T12:00:00.000Z',
    }),
  ),
  actorId: Type.Optional(Type.String({ description: 'Only what this person did: a person id.' })),
  eventCategories: Type.Optional(
    Type.String({
      description: 'Only events of these categories, divided by commas.',
      example: 'LOGINS,LOGOUT',
    }),
  ),
  max: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 200,
      default: 100,
      description: 'How many events to answer at most.',
    }),
  ),
  offset: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 999_999, default: 0, description: 'How many events to pass over.' }),
  ),
};

const AuditEventData = Type.Object(
  {
    eventCategory: Type.String({ description: 'The category of the event.' }),
    eventDescription: Type.String({ description: 'What kind of thing happened.' }),
    actionText: Type.String({ description: 'What happened, as a sentence.' }),
    actorOrgName: Type.Optional(Type.String({ description: 'The name of the organization.' })),
    actorName: Type.String({ description: 'Who did it, by the name they had then.' }),
    actorEmail: Type.Optional(
      Type.String({ description: 'Their address then; absent when nobody is known.' }),
    ),
    adminRoles: Type.Array(Type.Enum(['User', 'Full_Admin']), { description: 'The roles they had then.' }),
    actorTokenId: Type.Optional(Type.String({ description: 'The id of the token; never the token.' })),
    actorIp: Type.Optional(Type.String({ description: 'The IP address, where it is known.' })),
    targetType: Type.Enum(['PERSON', 'GROUP', 'TOKEN', 'INTEGRATION', 'SITE', 'ORG'], {
      description: 'What it was done to.',
    }),
    targetId: Type.String({ description: 'Its id.' }),
    targetName: Type.String({ description: 'Its name then.' }),
    targetOrgId: Type.String({ description: 'The organization it belongs to.' }),
    targetOrgName: Type.Optional(Type.String({ description: 'The name of that organization.' })),
    siteUrl: Type.Optional(Type.String({ description: 'On which site, where that matters.' })),
    trackingId: Type.Optional(Type.String({ description: 'The tracking id of the request.' })),
  },
  { description: 'What the event says.' },
);

export const AuditEventItem = Type.Object(
  {
    id: Type.String({ description: 'Names the event.' }),
    created: Type.String({ description: 'When, in ISO 8601 in UTC.' }),
    actorId: Type.Optional(
      Type.String({ description: 'The person id of who did it; absent for the command line.' }),
    ),
    actorOrgId: Type.String({ description: 'Their organization.' }),
    data: AuditEventData,
  },
  { title: 'AuditEvent' },
);
export type AuditEventItem = Static<typeof AuditEventItem>;

export const AuditEvents = Type.Object(
  { items: Type.Array(AuditEventItem, { description: 'Newest first.' }) },
  { title: 'AuditEvents' },
);

export const AuditEventCategories = Type.Object(
  { eventCategories: Type.Array(Type.String(), { description: 'All categories there are.' }) },
  { title: 'AuditEventCategories' },
);
