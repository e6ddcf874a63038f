import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccessToken } from '../../../../src/tokens/schema.ts';
import { regionOf } from '../../language/language.ts';
import { useScopeText } from './scopes.ts';

interface TokenRowProps {
  readonly token: AccessToken;
  readonly onRevoke: (token: AccessToken) => void;
}

/** A token in the list: what it is for, whose it is, until when, and what it may do. */
export function TokenRow({ token, onRevoke }: TokenRowProps) {
  const { t, i18n } = useTranslation('administration');
  const textOf = useScopeText();
  const { name, kind, person, state, scopes, created, createdBy, expires, revoked, lastUsed } = token;
  const day = (time: string): string =>
    new Date(time).toLocaleDateString(regionOf(i18n.language), { dateStyle: 'medium' });
  const facts = [
    createdBy === undefined || createdBy.personId === person.personId
      ? t('tokens.made', { day: day(created) })
      : t('tokens.madeBy', { day: day(created), name: createdBy.displayName }),
    revoked === undefined
      ? expires === undefined
        ? t('tokens.forEver')
        : t('tokens.untilDay', { day: day(expires) })
      : t('tokens.revokedOn', { day: day(revoked) }),
    lastUsed === undefined ? t('tokens.neverUsed') : t('tokens.lastUsed', { day: day(lastUsed) }),
  ];
  return (
    <div className="list-row token-row">
      <div>
        <Group gap="xs">
          <Text fw={600} className="breakable">
            {name}
          </Text>
          {kind !== 'personal' && <Badge variant="default">{t(`tokens.kinds.${kind}`)}</Badge>}
          {state !== 'active' && (
            <Badge variant="default" className="token-state">
              {t(`tokens.states.${state}`)}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="breakable">
          {person.displayName} · {person.email}
        </Text>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        <details className="token-scopes">
          <summary>{t('tokens.scopeCount', { number: scopes.length })}</summary>
          <ul>
            {scopes.map((scope) => (
              <li key={scope}>
                {textOf(scope)} <code>{scope}</code>
              </li>
            ))}
          </ul>
        </details>
      </div>
      {revoked === undefined && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('tokens.revokeLong', { name, person: person.displayName })}
          onClick={() => onRevoke(token)}
        >
          {t('tokens.revoke')}
        </Button>
      )}
    </div>
  );
}
