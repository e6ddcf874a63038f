import { NativeSelect, Radio, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldTexts } from '../../preferences/field-texts.ts';
import { addressesIn } from '../../preferences/scheduling/addresses.ts';
import { type ListChange, listChanges, type NewValue } from './new-value.ts';
import type { ManySetting } from './settings.ts';

/** What was entered, for either kind of setting. */
export interface EnteredValue {
  /** The place in the setting's choices. */
  readonly choice: number;
  readonly how: ListChange;
  /** As it was pasted. */
  readonly addresses: string;
}

export const nothingEntered: EnteredValue = { choice: 0, how: 'add', addresses: '' };

/** Undefined as long as it is not clear what is wanted. */
export function newValueOf(
  { choices }: ManySetting,
  { choice, how, addresses }: EnteredValue,
): NewValue | undefined {
  if (choices !== undefined) return { choice: choices[choice] };
  const { emails, rest } = addressesIn(addresses);
  const isClear = rest.length === 0 && (emails.length > 0 || how === 'replace');
  return isClear ? { how, emails } : undefined;
}

interface NewValueFieldProps {
  readonly setting: ManySetting;
  readonly entered: EnteredValue;
  readonly onChange: (entered: EnteredValue) => void;
}

export function NewValueField(props: NewValueFieldProps) {
  return props.setting.choices === undefined ? <ListField {...props} /> : <ChoiceField {...props} />;
}

function ChoiceField({ setting, entered, onChange }: NewValueFieldProps) {
  const { t } = useTranslation('administration');
  const { textOf } = useFieldTexts();
  return (
    <NativeSelect
      label={t('change.value')}
      value={String(entered.choice)}
      onChange={(event) => onChange({ ...entered, choice: Number(event.currentTarget.value) })}
      data={setting.choices!.map((choice, index) => ({
        value: String(index),
        label: textOf(setting.field, choice),
      }))}
      maw="32rem"
    />
  );
}

function ListField({ entered, onChange }: NewValueFieldProps) {
  const { t } = useTranslation('administration');
  const { emails, rest } = addressesIn(entered.addresses);
  return (
    <>
      <Radio.Group
        label={t('change.how')}
        value={entered.how}
        onChange={(how) => onChange({ ...entered, how: how as ListChange })}
      >
        <Stack gap="xs" mt="xs">
          {listChanges.map((how) => (
            <Radio key={how} value={how} label={t(`change.hows.${how}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t(`change.listed.${entered.how}`)}
        description={
          emails.length === 0 && entered.how === 'replace'
            ? t('change.listedNobody')
            : t('change.listedHint', { count: emails.length })
        }
        error={rest.length > 0 ? t('change.notAddresses', { list: rest.join(', ') }) : undefined}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        rows={4}
        value={entered.addresses}
        onChange={(event) => onChange({ ...entered, addresses: event.currentTarget.value })}
      />
    </>
  );
}
