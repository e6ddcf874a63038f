/**
 * The rule catalogue: every rule a client can break, under an id that never changes.
 *
 * A rule reads "`about` must `must`." The same words make the fault a client is told, the generated page
 * `docs/reference/rules.md` and the served description, so that they cannot drift apart.
 */

import { administrationRules } from './rules/administration.ts';
import { applicationRules } from './rules/application.ts';
import { auditRules } from './rules/audit.ts';
import { historyRules } from './rules/history.ts';
import { peopleRules } from './rules/people.ts';
import { preferencesRules } from './rules/preferences.ts';
import { requestRules } from './rules/request.ts';
import { signInRules } from './rules/sign-in.ts';
import { siteSettingsRules } from './rules/site-settings.ts';
import { tokensRules } from './rules/tokens.ts';

export const rules = {
  ...requestRules,
  ...preferencesRules,
  ...historyRules,
  ...peopleRules,
  ...administrationRules,
  ...signInRules,
  ...siteSettingsRules,
  ...auditRules,
  ...applicationRules,
  ...tokensRules,
} as const;

export type RuleId = keyof typeof rules;

/** A rule as the sentence that stands in the documentation. */
export function statementOf(id: RuleId): string {
  return `${rules[id].about} must ${rules[id].must}.`;
}
