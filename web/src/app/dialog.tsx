import { CloseButton, Group, Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** When it is closed by its button, by Escape or by the back gesture. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question that has to be answered before anything else: the browser's own modal dialog. */
export function Dialog({ isOpen, title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current!;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        // It closes when whoever opened it says so.
        event.preventDefault();
        onClose();
      }}
    >
      {isOpen && (
        <>
          <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
            <Title order={2} size="h3" id={titleId}>
              {title}
            </Title>
            <CloseButton aria-label={t('close')} onClick={onClose} />
          </Group>
          {children}
        </>
      )}
    </dialog>
  );
}
