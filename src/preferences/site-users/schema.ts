import { type TSchema, Type } from 'typebox';

export const SiteUsers = Type.Object(
  {
    siteUrl: Type.String({ description: 'The site.' }),
    total: Type.Integer({
      minimum: 0,
      description: 'How many accounts are on the site, found or not, with those of machines.',
    }),
    items: Type.Array(
      Type.Object({
        personId: Type.String({ description: "The person's id." }),
        email: Type.String({ description: "The person's address." }),
        displayName: Type.String({ description: 'The name that others see.' }),
        personalMeetingRoomId: Type.String({ description: 'The id of their personal room on the site.' }),
        siteAdministrator: Type.Boolean({ description: 'Whether they administer the site.' }),
      }),
      { description: 'In the order of their addresses.' },
    ),
    next: Type.Optional(
      Type.String({ description: 'Where the next page begins, for `after`; absent on the last page.' }),
    ),
  },
  { title: 'SiteUsers' },
);

export const siteUsersParameters: Readonly<Record<string, TSchema>> = {
  siteUrl: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Which site. The administrator's default site when left out.",
      example: 'site4-example.webex.com',
    }),
  ),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'A part of their address or name, in any case.',
      example: 'john',
    }),
  ),
  max: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many to answer at most.' }),
  ),
  after: Type.Optional(Type.String({ minLength: 1, description: 'The `next` of an answer before.' })),
};
