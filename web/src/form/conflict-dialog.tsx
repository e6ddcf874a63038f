import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../app/dialog.tsx';
import { useFieldTexts } from '../preferences/field-texts.ts';
import { useHostTexts } from '../preferences/texts.ts';
import { isSame } from './draft.ts';
import type { SectionForm } from './section-form.ts';

type Choice = 'mine' | 'theirs';

interface ConflictDialogProps<T> {
  readonly form: SectionForm<T>;
  /** What to do with focus and words once one's own choice is saved. */
  readonly onSaved: () => void;
}

/** Both versions of every field that differs, to choose from: what only one of them changed is chosen already. */
export function ConflictDialog<T extends object>({ form, onSaved }: ConflictDialogProps<T>) {
  const { t } = useHostTexts('preferences');
  const { conflict } = form;
  return (
    <Dialog isOpen={conflict !== undefined} onClose={form.cancelConflict} title={t('conflict.title')}>
      {conflict !== undefined && <Choices form={form} theirs={conflict.value} onSaved={onSaved} />}
    </Dialog>
  );
}

function Choices<T extends object>({
  form,
  theirs,
  onSaved,
}: ConflictDialogProps<T> & { readonly theirs: T }) {
  const { t } = useHostTexts('preferences');
  const { labelOf, textOf } = useFieldTexts();
  const { draft, base } = form;
  const names = (Object.keys(draft) as (keyof T & string)[]).filter(
    (name) => !isSame(draft[name], theirs[name]),
  );
  const [chosen, choose] = useState<Partial<Record<string, Choice>>>({});
  const choiceOf = (name: keyof T & string): Choice =>
    chosen[name] ?? (isSame(draft[name], base[name]) ? 'theirs' : 'mine');
  const merged = (): T => {
    const entries = names.map((name) => [name, choiceOf(name) === 'mine' ? draft[name] : theirs[name]]);
    return { ...theirs, ...Object.fromEntries(entries) };
  };
  const save = async (): Promise<void> => {
    if (await form.resolve(merged())) onSaved();
  };
  return (
    <Stack>
      <Text>{t('conflict.text')}</Text>
      {names.map((name) => (
        <Radio.Group
          key={name}
          label={labelOf(name)}
          value={choiceOf(name)}
          onChange={(choice) => choose({ ...chosen, [name]: choice as Choice })}
        >
          <Stack gap={6} mt={4}>
            <Radio value="mine" label={t('conflict.mine', { value: textOf(name, draft[name]) })} />
            <Radio value="theirs" label={t('conflict.theirs', { value: textOf(name, theirs[name]) })} />
          </Stack>
        </Radio.Group>
      ))}
      <Group justify="flex-end">
        <Button variant="subtle" onClick={form.cancelConflict}>
          {t('conflict.cancel')}
        </Button>
        <Button variant="default" onClick={() => void form.resolve(undefined)}>
          {t('conflict.useTheirs')}
        </Button>
        <Button onClick={() => void save()}>{t('conflict.save')}</Button>
      </Group>
    </Stack>
  );
}
