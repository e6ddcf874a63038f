/** The rules of people, and of searching for them. */
import { boolean, type Rule, rule } from './rule.ts';

export const peopleRules = {
  // People
  'people.administrator': rule('The caller', 'be a full administrator of the organization', '14'),
  'people.known': rule('personId', 'be the id of somebody in your organization', '14'),
  'people.search': rule(
    'A search',
    'have an email, id or displayName, unless an administrator lists everybody',
    '14',
  ),
  'people.ids': rule('id', 'be 1 to 85 person ids divided by commas', '14'),
  'people.max': rule('max', 'be a whole number from 1 to 1000', '14'),
  'people.cursor': rule('cursor', 'be that of a Link header, as it was', '14'),
  'people.emails': rule('emails', 'be a list of one valid address', '14'),
  'people.email-free': rule('The address', 'not be in use by anybody else', '14'),
  'people.display-name': rule('displayName', 'be 1 to 128 characters and not only white space', '14'),
  'people.first-name': rule('firstName', 'be text of up to 128 characters', '14'),
  'people.last-name': rule('lastName', 'be text of up to 128 characters', '14'),
  'people.org-id': rule('orgId', 'be the id of your organization', '14'),
  'people.roles': rule('roles', 'be a list of known role ids: only full administrators have one', '14'),
  'people.site-urls': rule('siteUrls', 'be a list of sites of your organization, each once', '14'),
  'people.administered-site-urls': rule('administeredSiteUrls', 'be a list of some of the siteUrls', '14'),
  'people.login-enabled': rule('loginEnabled', boolean, '14'),
  'people.last-administrator': rule(
    'The last full administrator of the organization',
    'stay one who can sign in',
    '14',
  ),
} as const satisfies Record<string, Rule>;
