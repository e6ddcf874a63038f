import { type Static, Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../../directory/email.ts';
import { allScopes } from '../../identity/scopes.ts';
import { flag, list, text } from '../../request/fields.ts';
import { redirectUrlsMaximum } from '../integrations.ts';

const fields = {
  type: Type.Optional(
    text('application.type', 'What kind of program it is: integration.', { pattern: '^integration$' }),
  ),
  name: text('application.name', 'Its name, as users see it when they are asked.', {
    minLength: 1,
    maxLength: 128,
    pattern: '\\S',
  }),
  description: Type.Optional(
    text('application.description', 'What it is for, as users see it.', { maxLength: 1024 }),
  ),
  contactEmail: Type.Optional(
    text('application.contact-email', 'Whom to ask about it.', {
      pattern: `^$|${emailPattern}`,
      maxLength: emailMaxLength,
    }),
  ),
  redirectUrls: list(
    'application.redirect-urls',
    text('application.redirect-urls', 'One of them.'),
    'Where users may be sent back to, letter for letter; none for a program on a device.',
    { maxItems: redirectUrlsMaximum },
  ),
  scopes: list(
    'application.scopes',
    text('application.scopes', 'One of them.', { enum: allScopes }),
    'What it may ask users for at most.',
    { minItems: 1, maxItems: allScopes.length },
  ),
};

/** What can be changed of an application. */
export const ApplicationUpdate = Type.Object(fields, { title: 'ApplicationUpdate' });

export const NewApplication = Type.Object(
  {
    ...fields,
    isNative: Type.Optional(
      flag('application.native', "Whether it runs on the user's own machine: then it keeps no secret."),
    ),
    isPublic: Type.Optional(
      flag('application.public', 'Whether it cannot keep a secret, such as a page in a browser.'),
    ),
  },
  { title: 'NewApplication' },
);
export type NewApplication = Static<typeof NewApplication>;

export const Application = Type.Object(
  {
    id: Type.String({ description: 'Names it in paths.' }),
    type: Type.String({ description: 'Always integration.' }),
    name: Type.String({ description: 'Its name.' }),
    description: Type.String({ description: 'What it is for.' }),
    contactEmail: Type.String({ description: 'Whom to ask about it; may be empty.' }),
    redirectUrls: Type.Array(Type.String(), { description: 'Where users may be sent back to.' }),
    scopes: Type.Array(Type.String(), { description: 'What it may ask users for at most.' }),
    isNative: Type.Boolean({ description: "Whether it runs on the user's own machine." }),
    isPublic: Type.Boolean({ description: 'Whether it has no secret.' }),
    clientId: Type.String({ description: 'Its name in the protocol.' }),
    clientSecret: Type.Optional(
      Type.String({ description: 'Its secret: told when it is registered, and never again.' }),
    ),
    orgId: Type.String({ description: 'The organization whose users it may ask.' }),
    createdBy: Type.Optional(Type.String({ description: 'The person who registered it.' })),
    created: Type.String({ description: 'When it was registered.' }),
  },
  { title: 'Application' },
);
export type Application = Static<typeof Application>;

export const Applications = Type.Object(
  { items: Type.Array(Application, { description: 'In the order of their registration.' }) },
  { title: 'Applications' },
);
