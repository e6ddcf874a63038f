import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RequestFailed, Unreachable } from '../api/request.ts';
import { useFaultText } from '../form/fault-text.ts';

interface FailureProps {
  readonly error: Error;
  readonly retry?: () => void;
}

/** What went wrong, as the server told it, where no single field is to blame. */
export function Failure({ error, retry }: FailureProps) {
  const { t } = useTranslation();
  const faultText = useFaultText({});
  const told = error instanceof RequestFailed ? error.faults.map(faultText) : [];
  const sentences =
    error instanceof Unreachable ? [t('unreachable')] : told.length > 0 ? told : [error.message];
  return (
    <Alert color="red" title={t('failed')} role="alert">
      <Stack gap="xs" align="flex-start">
        {sentences.map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
        {error instanceof RequestFailed && error.status >= 500 && (
          <Text size="xs">{t('trackingId', { id: error.trackingId })}</Text>
        )}
        {retry !== undefined && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
