/** The rules of access tokens that administrators list, create and revoke. */
import { boolean, type Rule, rule } from './rule.ts';

export const tokensRules = {
  'tokens.administrator': rule('The caller', 'be a full administrator of the organization', '16'),
  'tokens.maker': rule(
    'Whoever makes a token',
    'be signed in with a browser, or hold a token that was made here: an integration and another issuer make none',
    '16',
  ),
  'tokens.known': rule('The token', 'be one of your organization', '16'),
  'tokens.max': rule('max', 'be a whole number from 1 to 1000', '16'),
  'tokens.after': rule('after', 'be the next of an answer, as it was', '16'),
  'tokens.active': rule('active', boolean, '16'),
  'tokens.name': rule('name', 'be 1 to 128 characters and not only white space', '16'),
  'tokens.person': rule('userEmail', 'be the address of a person of your organization', '16'),
  'tokens.person-administered': rule(
    'userEmail',
    'be yours, or that of somebody who is no full administrator, and on no sites but those you administer',
    '16',
  ),
  'tokens.scopes': rule('scopes', 'be a list of at least one of the scopes of the API', '16'),
  'tokens.scopes-held': rule('scopes', 'be some of those that you have yourself', '16'),
  'tokens.scopes-of-token': rule('scopes', 'not have identity:tokens_write when a token asks', '16'),
  'tokens.scopes-for-others': rule(
    'scopes',
    'be user-level for somebody else, and such that you may do the same for them as an administrator',
    '16',
  ),
  'tokens.expires': rule(
    'expires',
    'be a day or a time with its zone, later than now and by 366 days at most, such as 2026-01-31T12:00:00Z',
    '16',
  ),
  'tokens.expires-with-maker': rule('expires', 'not be later than that of the token that asks', '16'),
} as const satisfies Record<string, Rule>;
