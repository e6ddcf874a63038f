import { ActionIcon, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type RefObject, useRef } from 'react';

/** Removes a row of a list; `label` says which. */
export function RemoveButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="red"
      size="lg"
      className="row-action"
      aria-label={label}
      onClick={onClick}
    >
      <IconTrash aria-hidden size={20} />
    </ActionIcon>
  );
}

interface RowFocus {
  /** For the element whose children are the rows. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** Moves the focus into a row once it is shown: to the field or button that `selector` finds there. */
  readonly focusRow: (index: number, selector?: string) => void;
}

/** Keeps the focus in a list whose rows come, go and move: it would be lost with the button that was pressed. */
export function useRowFocus(): RowFocus {
  const list = useRef<HTMLDivElement>(null);
  const focusRow = (index: number, selector = 'input'): void => {
    setTimeout(() => list.current?.children[index]?.querySelector<HTMLElement>(selector)?.focus());
  };
  return { list, focusRow };
}

/** The fault of a list as a whole; the list is described by `id`. */
export function ListFault({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return (
    <div id={id} role="alert" className="list-fault">
      {text !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)">
          {text}
        </Text>
      )}
    </div>
  );
}
