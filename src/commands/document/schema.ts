/** The file that `anteroom import` reads and `anteroom export` writes. This schema is its only definition. */
import { type Static, type TSchema, Type } from 'typebox';
import { SiteSettings } from '../../directory/site-settings.ts';
import { allScopes } from '../../identity/scopes.ts';
import { email, line, sha256, siteUrl, text, time, uuid, words } from './fields.ts';
import { Membership } from './membership-schema.ts';
import { Integration, ServiceAccount } from './program-schema.ts';

const Token = Type.Object({
  name: line('What the token is for, for lists.', 1, 100),
  scopes: Type.Array(Type.Enum(allScopes), {
    minItems: 1,
    uniqueItems: true,
    description: 'What the token lets its holder do.',
  }),
  value: Type.Optional(
    text(
      {
        description: 'The token itself. A secret. Either this or `sha256`.',
        must: 'be text of 32 to 2048 letters, digits and - . _ ~ + /, with = only at the end',
      },
      { pattern: '^[A-Za-z0-9._~+/-]+=*$', minLength: 32, maxLength: 2048, 'x-secret': true },
    ),
  ),
  sha256: Type.Optional(sha256('The SHA-256 of the token in base64url, as `export` writes it.')),
  id: Type.Optional(uuid('Names the token in lists and logs. Generated at first.')),
  expires: Type.Optional(time('When the token stops working. At first: never.')),
  revoked: Type.Optional(time('When the token was revoked: it never works again.')),
});

const User = Type.Object({
  email: email('The address; nobody else in the database has it, compared without case.'),
  displayName: words('The name that others see.', 1, 128),
  firstName: Type.Optional(words('At first: the first word of the display name.', 0, 128)),
  lastName: Type.Optional(words('At first: the rest of the display name.', 0, 128)),
  id: Type.Optional(
    text(
      {
        description: 'A uuid, or the person id of the API, which is made of it. Generated at first.',
        must: 'be a uuid in lower case, or a person id (base64 of ciscospark://us/PEOPLE/ and a uuid)',
      },
      { pattern: '^[0-9A-Za-z+/_=-]{1,100}$' },
    ),
  ),
  fullAdministrator: Type.Optional(
    Type.Boolean({ description: 'Whether the user is a full administrator. At first: false.' }),
  ),
  active: Type.Optional(
    Type.Boolean({ description: 'Whether the user may sign in and use their tokens. At first: true.' }),
  ),
  externalId: Type.Optional(
    words('What the directory that provisions the user calls them. At first: empty.', 0, 256),
  ),
  defaultSite: Type.Optional(siteUrl("One of the user's sites. At first: the first one.")),
  sites: Type.Optional(
    Type.Array(Membership, {
      description: 'Sites the user is on. Sites that are not listed are left alone.',
    }),
  ),
  tokens: Type.Optional(
    Type.Array(Token, { description: 'Access tokens. Tokens that are not listed are left alone.' }),
  ),
});

const Site = Type.Object({
  siteUrl: siteUrl('The site; no other organization has it.'),
  settings: Type.Optional(
    Type.Partial(SiteSettings, { description: 'Settings that are not listed keep what they are.' }),
  ),
});

const Group = Type.Object({
  displayName: words('The name; no other group of the organization has it, compared without case.', 1, 256),
  id: Type.Optional(uuid('Generated at first. Given, it lets the file rename a group.')),
  externalId: Type.Optional(
    words('What the directory that provisions the group calls it. At first: empty.', 0, 256),
  ),
  members: Type.Optional(
    Type.Array(email('One of the users of the organization.'), {
      description: 'Members that are not listed are left alone.',
    }),
  ),
});

const Organization = Type.Object({
  name: line('The name; no other organization has it.', 1, 128),
  id: Type.Optional(uuid('Generated at first. Given, it lets the file rename an organization.')),
  sites: Type.Optional(Type.Array(Site, { description: 'Sites that are not listed are left alone.' })),
  users: Type.Optional(Type.Array(User, { description: 'Users that are not listed are left alone.' })),
  groups: Type.Optional(Type.Array(Group, { description: 'Groups that are not listed are left alone.' })),
  integrations: Type.Optional(
    Type.Array(Integration, { description: 'Integrations that are not listed are left alone.' }),
  ),
  serviceAccounts: Type.Optional(
    Type.Array(ServiceAccount, { description: 'Service accounts that are not listed are left alone.' }),
  ),
});

/** Every object is closed: a field that is not known is a mistake. */
export const DirectoryDocument = closed(
  Type.Object({
    organizations: Type.Array(Organization, {
      description: 'Organizations that are not listed are left alone.',
    }),
  }),
);

export type DirectoryDocument = Static<typeof DirectoryDocument>;
export type OrganizationEntry = Static<typeof Organization>;
export type SiteEntry = Static<typeof Site>;
export type UserEntry = Static<typeof User>;
export type GroupEntry = Static<typeof Group>;
export type TokenEntry = Static<typeof Token>;

/** A copy in which every object, however deep, refuses fields it does not list. */
function closed<T extends TSchema>(schema: T): T {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    const result = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
    return result.type === 'object' ? { ...result, additionalProperties: false } : result;
  };
  return copy(schema) as T;
}
