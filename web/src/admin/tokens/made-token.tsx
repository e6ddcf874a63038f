import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../form/copy-button.tsx';
import type { CreatedToken } from './tokens.ts';

/** A new token, for the only time. It stays until it is put away. */
export function MadeToken({ made, onDone }: { readonly made: CreatedToken; readonly onDone: () => void }) {
  const { t } = useTranslation('administration');
  const element = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new token is told of
  useEffect(() => element.current?.focus(), [made.id]);
  const { name, person, token } = made;
  return (
    <Alert
      ref={element}
      tabIndex={-1}
      role="region"
      color="yellow"
      title={t('tokens.madeTitle', { name, person: person.displayName })}
      className="made-token"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('tokens.madeHint')}</Text>
        <code className="breakable token-value">{token}</code>
        <Group gap="xs">
          <CopyButton label={t('tokens.token')} text={token} />
          <Button size="xs" variant="default" onClick={onDone}>
            {t('tokens.putAway')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
