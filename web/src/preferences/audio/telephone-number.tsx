import { Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { RemoveButton } from '../../form/rows.tsx';
import { SwitchField } from '../../form/switch-field.tsx';
import { useHostTexts } from '../texts.ts';
import type { AudioFieldsProps } from './audio-page.tsx';

interface TelephoneNumberFieldsProps extends AudioFieldsProps {
  readonly field: 'officeNumber' | 'mobileNumber';
}

const noNumber = { countryCode: '', number: '', enabledCallInAuthentication: false, enabledCallMe: false };

/** A telephone number, and what it is good for. An empty number is none. */
export function TelephoneNumberFields({ form, field }: TelephoneNumberFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { draft, change, touch, faultAt } = form;
  const value = draft[field];
  const label = t(`fields.${field}`);
  const set = (changes: Partial<typeof value>): void => change({ [field]: { ...value, ...changes } });
  const isSet = value.number !== '' || value.countryCode !== '';
  return (
    <Fieldset legend={label}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <TextInput
            label={t('fields.countryCode')}
            description={t('hints.countryCode')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={value.countryCode}
            error={faultAt(`${field}.countryCode`)}
            inputMode="numeric"
            autoComplete="tel-country-code"
            onChange={(event) => set({ countryCode: event.currentTarget.value })}
            onBlur={() => touch(`${field}.countryCode`)}
            w="9rem"
          />
          <TextInput
            label={t('fields.number')}
            value={value.number}
            error={faultAt(`${field}.number`)}
            type="tel"
            autoComplete="tel-national"
            onChange={(event) => set({ number: event.currentTarget.value })}
            onBlur={() => touch(`${field}.number`)}
            flex="1 1 12rem"
            maw="20rem"
          />
          {isSet && (
            <RemoveButton
              label={t('audio.clearNumber', { label })}
              onClick={() => change({ [field]: noNumber })}
            />
          )}
        </Group>
        <SwitchField
          label={t('fields.enabledCallMe')}
          value={value.enabledCallMe}
          onChange={(enabledCallMe) => set({ enabledCallMe })}
        />
        <SwitchField
          label={t('fields.enabledCallInAuthentication')}
          value={value.enabledCallInAuthentication}
          onChange={(enabledCallInAuthentication) => set({ enabledCallInAuthentication })}
        />
      </Stack>
    </Fieldset>
  );
}
