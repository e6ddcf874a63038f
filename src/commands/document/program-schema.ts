/** The programs in the import file: integrations of users, and machines that act for themselves. */
import { type Static, Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../../directory/email.ts';
import { allScopes } from '../../identity/scopes.ts';
import { redirectUrlsMaximum } from '../../oauth/integrations.ts';
import { sha256, siteUrl, text, uuid, words } from './fields.ts';
import { Membership } from './membership-schema.ts';

const clientId = uuid('Its name in the protocol; no other program in the database has it.');
const name = words('Its name, as users see it.', 1, 128);
const description = Type.Optional(words('What it is for. At first: empty.', 0, 1024));
const scopes = Type.Array(Type.Enum(allScopes), {
  minItems: 1,
  uniqueItems: true,
  description: 'What it may ask for at most.',
});

export const Integration = Type.Object({
  clientId,
  kind: Type.Enum(['web', 'native'], {
    description: "Whether it runs on a server or in a browser, or on its users' own machines.",
  }),
  name,
  description,
  contactEmail: Type.Optional(
    text(
      { description: 'Whom to ask about it. At first: empty.', must: 'be an e-mail address, or empty' },
      { pattern: `^$|${emailPattern}`, maxLength: emailMaxLength },
    ),
  ),
  redirectUrls: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: redirectUrlsMaximum,
      uniqueItems: true,
      description: 'Where users may be sent back to. At first: none.',
    }),
  ),
  scopes,
  secretSha256: Type.Optional(
    sha256('The SHA-256 of its client secret in base64url. At first: none, for a program that keeps none.'),
  ),
});
export type IntegrationEntry = Static<typeof Integration>;

export const ServiceAccount = Type.Object({
  clientId,
  userId: Type.Optional(uuid('Names it in histories. Generated at first.')),
  name,
  description,
  scopes,
  secretSha256: sha256('The SHA-256 of its client secret in base64url.'),
  fullAdministrator: Type.Optional(
    Type.Boolean({ description: 'Whether it is a full administrator. At first: false.' }),
  ),
  active: Type.Optional(Type.Boolean({ description: 'Whether its tokens work. At first: true.' })),
  defaultSite: Type.Optional(siteUrl('One of its sites. At first: the first one.')),
  sites: Type.Optional(
    Type.Array(Membership, { description: 'Sites it is on. Sites that are not listed are left alone.' }),
  ),
});
export type ServiceAccountEntry = Static<typeof ServiceAccount>;
