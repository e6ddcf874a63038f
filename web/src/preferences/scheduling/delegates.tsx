import { Badge, Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { keyOf } from '../../../../src/directory/email.ts';
import { announce } from '../../app/announcer.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { ListFault, RemoveButton, useRowFocus } from '../../form/rows.tsx';
import { useHostTexts } from '../texts.ts';
import { addressesIn } from './addresses.ts';
import type { SchedulingFieldsProps } from './scheduling-page.tsx';

/** Who may schedule on somebody's behalf: a list, and a field that takes many addresses at once. */
export function Delegates({ form }: SchedulingFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { change, faultAt } = form;
  const delegates = form.draft.delegateEmails ?? [];
  const { list, focusRow } = useRowFocus();
  const remove = (index: number): void => {
    change({ delegateEmails: delegates.filter((_email, at) => at !== index) });
    focusRow(Math.min(index, delegates.length - 2), 'button');
  };
  return (
    <FieldGroup title={t('scheduling.delegates')} hint={t('scheduling.delegatesHint')}>
      {delegates.length === 0 && <Text c="dimmed">{t('scheduling.delegatesEmpty')}</Text>}
      <Stack
        ref={list}
        component="ul"
        className="plain"
        gap={0}
        p={0}
        m={0}
        aria-label={t('scheduling.delegates')}
        aria-describedby="delegateEmails-fault"
      >
        {delegates.map((email, index) => (
          <li key={keyOf(email)} className="delegate">
            <span className="breakable">
              {email}{' '}
              {faultAt(`delegateEmails[${index}]`) !== undefined && (
                <Badge color="red">{faultAt(`delegateEmails[${index}]`)}</Badge>
              )}
            </span>
            <RemoveButton label={t('scheduling.removeDelegate', { email })} onClick={() => remove(index)} />
          </li>
        ))}
      </Stack>
      <ListFault id="delegateEmails-fault" text={faultAt('delegateEmails')} />
      <AddDelegates
        delegates={delegates}
        add={(emails) => {
          change({ delegateEmails: [...delegates, ...emails] });
          form.touch('delegateEmails');
        }}
      />
    </FieldGroup>
  );
}

interface AddDelegatesProps {
  readonly delegates: readonly string[];
  readonly add: (emails: readonly string[]) => void;
}

function AddDelegates({ delegates, add }: AddDelegatesProps) {
  const { t } = useHostTexts('preferences');
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const addAll = (): void => {
    const { emails, rest } = addressesIn(text);
    const known = new Set(delegates.map(keyOf));
    const fresh = emails.filter((email) => !known.has(keyOf(email)) && known.add(keyOf(email)));
    if (fresh.length > 0) add(fresh);
    announce(fresh.length > 0 ? t('scheduling.added', { count: fresh.length }) : t('scheduling.addedNone'));
    // What could not be read stays, to be repaired.
    setText(rest.join('\n'));
    setError(rest.length > 0 ? t('scheduling.notAddresses', { list: rest.join(', ') }) : undefined);
  };
  return (
    <div>
      <Textarea
        label={t('scheduling.addDelegates')}
        description={t('scheduling.addDelegatesHint')}
        value={text}
        error={error}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(undefined);
        }}
      />
      <Button variant="default" mt="sm" disabled={text.trim() === ''} onClick={addAll}>
        {t('scheduling.add')}
      </Button>
    </div>
  );
}
