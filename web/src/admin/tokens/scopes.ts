/** The scopes in plain words, by what they concern. */
import { useTranslation } from 'react-i18next';

export const scopeGroups = [
  { name: 'own', scopes: ['meeting:preferences_read', 'meeting:preferences_write', 'spark:people_read'] },
  { name: 'preferences', scopes: ['meeting:admin_preferences_read', 'meeting:admin_preferences_write'] },
  { name: 'sites', scopes: ['meeting:admin_config_read', 'meeting:admin_config_write'] },
  { name: 'people', scopes: ['spark-admin:people_read', 'spark-admin:people_write'] },
  { name: 'provisioning', scopes: ['identity:people_read', 'identity:people_rw'] },
  {
    name: 'access',
    scopes: ['identity:tokens_read', 'identity:tokens_write', 'audit:events_read'],
  },
] as const;

/** What a scope lets its holder do; the scope itself where there are no words for it. */
export function useScopeText(): (scope: string) => string {
  const { t, i18n } = useTranslation('administration');
  return (scope) => {
    // A colon would name a file of texts.
    const key = `tokens.may.${scope.replace(':', '_')}`;
    return i18n.exists(key, { ns: 'administration' }) ? (t as (key: string) => string)(key) : scope;
  };
}
