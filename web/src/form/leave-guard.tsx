import { Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { Dialog } from '../app/dialog.tsx';
import { useHostTexts } from '../preferences/texts.ts';

/** Asks before what is not saved gets lost: on the way to another page, another site, or out of the application. */
export function LeaveGuard({ isActive }: { readonly isActive: boolean }) {
  // Each question that the router has to ask renders every page once more: none is there before it is needed.
  return isActive && <Guard />;
}

function Guard() {
  const { t } = useHostTexts('preferences');
  const blocker = useBlocker(true);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  const stay = (): void => blocker.reset?.();
  return (
    <Dialog isOpen={blocker.state === 'blocked'} onClose={stay} title={t('leave.title')}>
      <Text>{t('leave.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave.leave')}
        </Button>
        <Button onClick={stay} autoFocus>
          {t('leave.stay')}
        </Button>
      </Group>
    </Dialog>
  );
}
