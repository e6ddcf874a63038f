import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccessToken } from '../../../../src/tokens/schema.ts';
import { Dialog } from '../../app/dialog.tsx';
import { Failure } from '../../app/failure.tsx';
import { useRevocation } from './tokens.ts';

interface RevokeDialogProps {
  /** Undefined when there is nothing to ask. */
  readonly token: AccessToken | undefined;
  readonly onClose: () => void;
  readonly onDone: (revoked: AccessToken) => void;
}

/** Asks before a token is made useless. */
export function RevokeDialog({ token, onClose, onDone }: RevokeDialogProps) {
  const { t } = useTranslation('administration');
  const { mutate, reset, isPending, error } = useRevocation(onDone);
  const close = (): void => {
    reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={token !== undefined}
      title={t('tokens.revokeTitle', { name: token?.name ?? '' })}
      onClose={close}
    >
      {token !== undefined && (
        <Stack gap="md">
          <Text>{t('tokens.revokeHint', { person: token.person.displayName })}</Text>
          {token.kind !== 'personal' && <Text>{t('tokens.revokeProgram')}</Text>}
          {error !== null && <Failure error={error} />}
          <Group gap="xs">
            <Button color="red.9" loading={isPending} onClick={() => mutate(token)}>
              {t('tokens.revokeNow')}
            </Button>
            <Button variant="default" onClick={close}>
              {t('tokens.keep')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}
