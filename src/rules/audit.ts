/** The rules of the audit log. */
import { type Rule, rule } from './rule.ts';

export const auditRules = {
  'audit.full-administrator': rule('Who reads the audit log', 'be a full administrator', '12'),
  'audit.organization': rule('orgId', 'be the id of your organization', '12'),
  'audit.time': rule(
    'from and to',
    'be a day or a time with its zone, such as 2026-01-31 or 2026-01-31T12:00:00Z',
    '12',
  ),
  'audit.range': rule('to', 'be after from, by a year at most', '12'),
  'audit.actor': rule('actorId', 'be the id of a person', '12'),
  'audit.max': rule('max', 'be a whole number from 1 to 200', '12'),
  'audit.offset': rule('offset', 'be a whole number from 0 to 999999', '12'),
} as const satisfies Record<string, Rule>;
