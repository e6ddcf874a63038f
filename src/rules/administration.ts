/** The rules of what administrators ask about a whole site. */
import { type Rule, rule } from './rule.ts';

export const administrationRules = {
  'site-users.max': rule('max', 'be a whole number from 1 to 1000', '2'),
} as const satisfies Record<string, Rule>;
