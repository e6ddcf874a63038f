import { Alert, Anchor, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { tryConnection, useConnection } from '../api/connection.ts';
import { signInUrl } from '../api/session.ts';

const retryEveryMs = 2_500;

/** Tells when the server is away or has forgotten who is here, and when all is well again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const queries = useQueryClient();
  const wasAway = useRef(false);
  useEffect(() => {
    if (connection === 'connected') {
      if (wasAway.current) void queries.invalidateQueries();
      return undefined;
    }
    wasAway.current = true;
    const again =
      connection === 'unreachable' ? tryConnection : () => queries.refetchQueries({ queryKey: ['session'] });
    const timer = setInterval(() => void again(), retryEveryMs);
    return () => clearInterval(timer);
  }, [connection, queries]);
  return (
    <div role="status">
      {connection === 'unreachable' && (
        <Alert color="orange" mb="md" icon={<IconPlugConnectedX aria-hidden />} title={t('unreachable')}>
          <Group justify="space-between">
            <Text size="sm">{t('unreachableHint')}</Text>
            <Button size="xs" variant="default" onClick={() => void tryConnection()}>
              {t('tryNow')}
            </Button>
          </Group>
        </Alert>
      )}
      {connection === 'signedOut' && (
        <Alert color="orange" mb="md" title={t('signedOut')}>
          <Text size="sm">
            {t('signedOutHint')}{' '}
            <Anchor href={signInUrl()} target="_blank" rel="noreferrer" underline="always">
              {t('signInAgain')}
            </Anchor>
          </Text>
        </Alert>
      )}
      {connection === 'connected' && wasAway.current && <VisuallyHidden>{t('reconnected')}</VisuallyHidden>}
    </div>
  );
}
