import { type Static, type TSchema, Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../directory/email.ts';
import { allScopes, type Scope, type userLevelScopes } from '../identity/scopes.ts';
import { list, text } from '../request/fields.ts';

/** How long a token works unless it is said, and at most. */
export const usualLifetimeDays = 90;
export const longestLifetimeDays = 366;

/** What a token for somebody else can carry, each with what lets an administrator do the same for them. */
export const scopesForOthers = {
  'meeting:preferences_read': 'meeting:admin_preferences_read',
  'meeting:preferences_write': 'meeting:admin_preferences_write',
  'spark:people_read': 'spark-admin:people_read',
} as const satisfies Record<(typeof userLevelScopes)[number], Scope>;

/** The one that lets its holder make tokens. */
export const makersScope = 'identity:tokens_write' satisfies Scope;

export const NewAccessToken = Type.Object(
  {
    userEmail: Type.Optional(
      text('tokens.person', 'Whose token it is: you when left out.', {
        pattern: emailPattern,
        maxLength: emailMaxLength,
      }),
    ),
    name: text('tokens.name', 'What it is for, as lists show it.', {
      minLength: 1,
      maxLength: 128,
      pattern: '\\S',
    }),
    scopes: list(
      'tokens.scopes',
      text('tokens.scopes', 'One of them.', { enum: allScopes }),
      'What it lets its holder do.',
      { minItems: 1, maxItems: allScopes.length },
    ),
    expires: Type.Optional(
      text(
        'tokens.expires',
        `Until when it works, in ISO 8601: for ${usualLifetimeDays} days when left out, for ${longestLifetimeDays} at most, and never longer than the token that asks.`,
      ),
    ),
  },
  { title: 'NewAccessToken' },
);
export type NewAccessToken = Static<typeof NewAccessToken>;

const Person = Type.Object({
  personId: Type.String({ description: 'The person id.' }),
  email: Type.String({ description: 'The address.' }),
  displayName: Type.String({ description: 'The name that others see.' }),
});

export const AccessToken = Type.Object(
  {
    id: Type.String({
      description: 'Names it in paths, in the audit log and in the history; never the token itself.',
    }),
    name: Type.String({ description: 'What it is for; for a program, its name.' }),
    kind: Type.Enum(['personal', 'integration', 'service-account'], {
      description:
        'Who uses it: the person, an integration that they allowed it, or a machine with an account of its own.',
    }),
    clientId: Type.Optional(Type.String({ description: 'The client id of the program that obtained it.' })),
    person: { ...Person, description: 'Whose it is.' },
    scopes: Type.Array(Type.String(), { description: 'What it lets its holder do.' }),
    state: Type.Enum(['active', 'expired', 'revoked', 'suspended'], {
      description: 'Whether it works, and why not: suspended while its person may not sign in.',
    }),
    created: Type.String({ description: 'When it was made, in ISO 8601 in UTC.' }),
    createdBy: Type.Optional({
      ...Person,
      description:
        'The administrator who made it with this API; absent for the command line and for programs.',
    }),
    expires: Type.Optional(Type.String({ description: 'Until when it works; absent for ever.' })),
    lastUsed: Type.Optional(
      Type.String({ description: 'When it was used last, to the minute; absent for never.' }),
    ),
    revoked: Type.Optional(Type.String({ description: 'When it was revoked.' })),
  },
  { title: 'AccessToken' },
);
export type AccessToken = Static<typeof AccessToken>;

export const CreatedAccessToken = Type.Object(
  {
    ...AccessToken.properties,
    token: Type.String({
      description: 'The token: told here and never again, as only a hash of it is kept.',
    }),
  },
  { title: 'CreatedAccessToken' },
);

export const AccessTokens = Type.Object(
  {
    items: Type.Array(AccessToken, { description: 'Newest first.' }),
    next: Type.Optional(
      Type.String({ description: 'Where the next page begins, for `after`; absent on the last page.' }),
    ),
  },
  { title: 'AccessTokens' },
);

/** What narrows the list, and where to go on. */
export const tokenParameters: Readonly<Record<string, TSchema>> = {
  userEmail: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Only those of the person with this address.',
      example: 'john.andersen@example.com',
    }),
  ),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Only those with this in their name, or in their person's address or name, in any case.",
      example: 'dashboard',
    }),
  ),
  active: Type.Optional(
    Type.Boolean({ description: 'Only those that work (true), or only those that do not (false).' }),
  ),
  max: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many to answer at most.' }),
  ),
  after: Type.Optional(Type.String({ minLength: 1, description: 'The `next` of an answer before.' })),
};
