/** The rules of signing in with a browser, and of being signed in. */
import { type Rule, rule } from './rule.ts';

export const signInRules = {
  'session.signed-in': rule('The browser', 'be signed in, and not have been idle for too long', '8'),
  'sign-in.form': rule('The form', 'be one of our own pages, opened in this browser: try it once more', '8'),
  'sign-in.credentials': rule('What you signed in with', 'be right', '8'),
} as const satisfies Record<string, Rule>;
