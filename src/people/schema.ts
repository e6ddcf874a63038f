import { type Static, type TSchema, Type } from 'typebox';
import { flag, list, text } from '../request/fields.ts';

const id = (description: string) => Type.String({ description });

const names = {
  displayName: text('people.display-name', 'The name that others see.', { minLength: 1, maxLength: 128 }),
  firstName: text('people.first-name', 'The first word of displayName when left out at first.', {
    maxLength: 128,
  }),
  lastName: text('people.last-name', 'The rest of displayName when left out at first.', { maxLength: 128 }),
};

const emails = list(
  'people.emails',
  text('people.emails', 'The address.'),
  'The address, which nobody else on the server has.',
  { minItems: 1, maxItems: 1 },
);

const settings = {
  orgId: text('people.org-id', 'The id of the organization: your own.'),
  roles: list(
    'people.roles',
    text('people.roles', 'A role id.'),
    'The roles: that of full administrators, or none.',
  ),
  siteUrls: list('people.site-urls', text('people.site-urls', 'A bare host.'), 'The sites they are on.'),
  administeredSiteUrls: list(
    'people.administered-site-urls',
    text('people.administered-site-urls', 'A bare host.'),
    'Those of the sites that they administer.',
  ),
  loginEnabled: flag('people.login-enabled', 'Whether they may sign in, and their tokens work.'),
};

const optional = <T extends Record<string, TSchema>>(fields: T) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    [Name in keyof T]: ReturnType<typeof Type.Optional<T[Name]>>;
  };

export const NewPerson = Type.Object(
  { emails, ...optional({ ...names, ...settings }) },
  { title: 'NewPerson' },
);

export const PersonUpdate = Type.Object(
  {
    displayName: names.displayName,
    ...optional({ emails, firstName: names.firstName, lastName: names.lastName, ...settings }),
  },
  { title: 'PersonUpdate' },
);

/** What both bodies can say. */
export type PersonBody = Partial<Static<typeof NewPerson>>;

export const Person = Type.Object(
  {
    id: id('The person id.'),
    emails: Type.Array(Type.String(), { description: 'The address.' }),
    displayName: Type.String({ description: 'The name that others see.' }),
    firstName: Type.String({ description: 'The first name.' }),
    lastName: Type.String({ description: 'The last name; may be empty.' }),
    orgId: id('The id of the organization.'),
    ...optional({
      roles: Type.Array(Type.String(), { description: 'The role ids.' }),
      siteUrls: Type.Array(Type.String(), { description: 'The sites they are on.' }),
      administeredSiteUrls: Type.Array(Type.String(), { description: 'Those of them that they administer.' }),
      loginEnabled: Type.Boolean({ description: 'Whether they may sign in, and their tokens work.' }),
    }),
    created: Type.String({ description: 'When they were added, in ISO 8601 in UTC.' }),
    ...optional({ lastModified: Type.String({ description: 'When they were changed last.' }) }),
    type: Type.String({ enum: ['person', 'bot'], description: 'Whether it is a person or a machine.' }),
  },
  {
    title: 'Person',
    description: 'Roles, sites, loginEnabled and lastModified are for the person and for administrators.',
  },
);
export type Person = Static<typeof Person>;

export const People = Type.Object(
  {
    notFoundIds: Type.Optional(
      Type.Array(Type.String(), { description: 'Of the ids asked for, those that nobody has.' }),
    ),
    items: Type.Array(Person, { description: 'In the order of their addresses.' }),
  },
  { title: 'People' },
);

/** What narrows a list of people, and where to go on. */
export const peopleParameters: Readonly<Record<string, TSchema>> = {
  email: Type.Optional(
    Type.String({ description: 'Who has this address.', example: 'john.andersen@example.com' }),
  ),
  displayName: Type.Optional(
    Type.String({ description: 'Whose name begins with this, in any case.', example: 'John' }),
  ),
  id: Type.Optional(Type.String({ description: 'Who has one of up to 85 person ids, divided by commas.' })),
  max: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many to answer at most.' }),
  ),
  cursor: Type.Optional(Type.String({ description: 'Stands in the Link header: where the next page is.' })),
};
