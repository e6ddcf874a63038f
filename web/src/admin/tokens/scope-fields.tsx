import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { canHave, isOwn, type TokenDraft } from './draft.ts';
import { scopeGroups, useScopeText } from './scopes.ts';

interface ScopeFieldsProps {
  readonly draft: TokenDraft;
  readonly error: string | undefined;
  readonly onChange: (scopes: string[]) => void;
}

/** What the token may do, in plain words and by what it concerns. */
export function ScopeFields({ draft, error, onChange }: ScopeFieldsProps) {
  const { t } = useTranslation('administration');
  const session = useSession();
  const textOf = useScopeText();
  const isChosen = (scope: string): boolean => draft.scopes.includes(scope) && canHave(scope, draft, session);
  const toggle = (scope: string): void =>
    onChange(
      isChosen(scope) ? draft.scopes.filter((one) => one !== scope) : [...new Set([...draft.scopes, scope])],
    );
  return (
    <fieldset className="bare" aria-describedby={error === undefined ? undefined : 'scopes-error'}>
      <Text component="legend" size="sm" fw={600}>
        {t('tokens.scopes')}
      </Text>
      <Text size="xs" c="dimmed">
        {isOwn(draft, session) ? t('tokens.scopesHint') : t('tokens.scopesOfOthers')}
      </Text>
      {error !== undefined && (
        <Text id="scopes-error" size="xs" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      )}
      <div className="scope-groups">
        {scopeGroups.map(({ name, scopes }) => (
          <Stack key={name} gap="xs" role="group" aria-label={t(`tokens.groups.${name}`)}>
            <Text size="sm" fw={600} aria-hidden>
              {t(`tokens.groups.${name}`)}
            </Text>
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                label={textOf(scope)}
                description={scope}
                checked={isChosen(scope)}
                disabled={!session.scopes.includes(scope) || !canHave(scope, draft, session)}
                aria-invalid={error !== undefined || undefined}
                onChange={() => toggle(scope)}
              />
            ))}
          </Stack>
        ))}
      </div>
    </fieldset>
  );
}
