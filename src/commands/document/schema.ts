/** The file that `anteroom import` reads and `anteroom export` writes. This schema is its only definition. */
import { type Static, type TSchema, Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../../directory/email.ts';
import { SiteSettings } from '../../directory/site-settings.ts';
import { siteUrlPattern } from '../../directory/site-url.ts';
import { allScopes } from '../../identity/scopes.ts';
import { roomIdPattern } from '../../preferences/room-ids/schema.ts';

interface Words {
  /** What the value is, for the reference page. */
  readonly description: string;
  /** What is allowed, to follow "must". */
  readonly must: string;
}

interface Limits {
  readonly pattern: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A secret is never repeated in a message. */
  readonly 'x-secret'?: boolean;
}

function text({ description, must }: Words, limits: Limits) {
  return Type.String({ ...limits, description, 'x-must': must });
}

/** Text in one line that every database keeps as it came: no control characters, no half surrogate pairs. */
function line(description: string, minLength: number, maxLength: number) {
  const length = minLength === 0 ? `at most ${maxLength}` : `${minLength} to ${maxLength}`;
  const must = `be text of ${length} characters in one line`;
  return text({ description, must }, { pattern: '^[^\\p{Cc}\\p{Cs}]*$', minLength, maxLength });
}

function uuid(description: string) {
  const must = 'be a uuid in lower case, such as 25bbf831-5be9-4c25-b4b0-9b592c8a086b';
  const pattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
  return text({ description, must }, { pattern });
}

function siteUrl(description: string) {
  const must = 'be a bare host such as site4-example.webex.com, without https:// and path';
  return text({ description, must }, { pattern: siteUrlPattern });
}

function time(description: string) {
  const must = 'be a time with its zone, such as 2030-01-31T12:00:00Z';
  const pattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$';
  return text({ description, must }, { pattern });
}

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

const Membership = Type.Object({
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
  sha256: Type.Optional(
    text(
      {
        description: 'The SHA-256 of the token in base64url, as `export` writes it.',
        must: 'be the 43 characters of a SHA-256 in base64url without padding',
      },
      { pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$', 'x-secret': true },
    ),
  ),
  id: Type.Optional(uuid('Names the token in lists and logs. Generated at first.')),
  expires: Type.Optional(time('When the token stops working. At first: never.')),
  revoked: Type.Optional(time('When the token was revoked: it never works again.')),
});

const User = Type.Object({
  email: text(
    {
      description: 'The address; nobody else in the database has it, compared without case.',
      must: 'be an e-mail address such as john.andersen@example.com',
    },
    { pattern: emailPattern, maxLength: emailMaxLength },
  ),
  displayName: line('The name that others see.', 1, 128),
  firstName: Type.Optional(line('At first: the first word of the display name.', 0, 128)),
  lastName: Type.Optional(line('At first: the rest of the display name.', 0, 128)),
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

const Organization = Type.Object({
  name: line('The name; no other organization has it.', 1, 128),
  id: Type.Optional(uuid('Generated at first. Given, it lets the file rename an organization.')),
  sites: Type.Optional(Type.Array(Site, { description: 'Sites that are not listed are left alone.' })),
  users: Type.Optional(Type.Array(User, { description: 'Users that are not listed are left alone.' })),
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
export type MembershipEntry = Static<typeof Membership>;
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
