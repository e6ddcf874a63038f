import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { announce } from '../app/announcer.tsx';
import { useHostTexts } from '../preferences/texts.ts';

/** Puts `text` on the clipboard; `label` says what it is. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useHostTexts('preferences');
  const copy = (): Promise<void> =>
    // A page without a secure connection has no clipboard.
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => announce(t('form.copied')),
      () => announce(t('form.copyFailed')),
    );
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconCopy aria-hidden size={16} />}
      aria-label={t('form.copyLong', { label })}
      onClick={() => void copy()}
    >
      {t('form.copy')}
    </Button>
  );
}
