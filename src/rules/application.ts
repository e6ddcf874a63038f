/** The rules of registering integrations. */
import { boolean, type Rule, rule } from './rule.ts';

export const applicationRules = {
  'application.administrator': rule('The caller', 'be a full administrator of the organization', '13'),
  'application.known': rule('The application', 'be registered in your organization', '13'),
  'application.type': rule('type', 'be integration', '13'),
  'application.name': rule('name', 'be 1 to 128 characters and not only white space', '13'),
  'application.description': rule('description', 'be text of up to 1024 characters', '13'),
  'application.contact-email': rule('contactEmail', 'be a valid address, or empty', '13'),
  'application.redirect-urls': rule('redirectUrls', 'be a list of up to 20 texts', '13'),
  'application.redirect-url': rule(
    'A redirect URL',
    "begin with https://, or with http:// and name the user's own machine, in lower case and without a user, fragment or wildcard; a native one may have a scheme of its own with a full stop in it",
    '13',
  ),
  'application.scopes': rule('scopes', 'be a list of at least one of the scopes of the API', '13'),
  'application.native': rule('isNative', boolean, '13'),
  'application.public': rule('isPublic', boolean, '13'),
} as const satisfies Record<string, Rule>;
