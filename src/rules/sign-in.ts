/** The rules of signing in with a browser, and of being signed in. */
import { type Rule, rule } from './rule.ts';

export const signInRules = {
  'session.signed-in': rule('The browser', 'be signed in, and not have been idle for too long', '8'),
  'sign-in.form': rule('The form', 'be one of our own pages, opened in this browser: try it once more', '8'),
  'sign-in.credentials': rule(
    'The address, the password and, where one is used, the one-time code',
    'be right, all of them, and the code not used before',
    '8',
  ),
  'sign-in.attempts': rule(
    'Failed tries to sign in',
    'be few: after some, each makes for a longer pause',
    '8',
  ),
  'sign-in.openid': rule(
    'The OpenID Connect provider',
    'confirm who you are, to the browser that asked and within ten minutes: try it once more',
    '8',
  ),
  'sign-in.known': rule(
    'The address that the OpenID Connect provider verified',
    'be the one of a user of this server',
    '8',
  ),
} as const satisfies Record<string, Rule>;
