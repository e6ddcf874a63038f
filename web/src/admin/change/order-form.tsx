import { Button, NativeSelect, Paper, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../app/failure.tsx';
import { useFieldTexts } from '../../preferences/field-texts.ts';
import { addressesIn } from '../csv.ts';
import { everybodyOn } from '../site-users.ts';
import { ChangeJob, keptChange } from './job.ts';
import type { NewValue } from './new-value.ts';
import { NewValueField, newValueOf, nothingEntered } from './new-value-field.tsx';
import { manySettings } from './settings.ts';

interface OrderFormProps {
  readonly siteUrl: string;
  readonly selected: ReadonlySet<string>;
}

/** Who, and which setting is to be what. */
export function OrderForm({ siteUrl, selected }: OrderFormProps) {
  const { t } = useTranslation(['administration', 'preferences']);
  const { labelOf } = useFieldTexts();
  const [isEverybody, setEverybody] = useState(false);
  const [text, setText] = useState([...selected].join('\n'));
  const [settingIndex, setSettingIndex] = useState(0);
  const [entered, setEntered] = useState(nothingEntered);
  const addresses = addressesIn(text);
  const setting = manySettings[settingIndex]!;
  const value = newValueOf(setting, entered);
  const isClear = value !== undefined && (isEverybody || addresses.length > 0);
  const begin = useMutation({
    mutationFn: async (wanted: NewValue) => {
      const people = isEverybody ? await everybodyOn(siteUrl) : addresses;
      const job = new ChangeJob({ siteUrl, setting, value: wanted, people });
      keptChange.set(job);
      void job.preview.start();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isClear) begin.mutate(value);
  };
  const groups = Map.groupBy(
    manySettings.map(({ section, field }, index) => ({
      section,
      value: String(index),
      label: labelOf(field),
    })),
    ({ section }) => section,
  );
  return (
    <Paper withBorder p="lg" component="form" onSubmit={submit}>
      <Stack gap="lg">
        <Radio.Group
          label={t('change.who')}
          value={String(isEverybody)}
          onChange={(value) => setEverybody(value === 'true')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="false" label={t('change.these')} />
            <Radio value="true" label={t('change.everybody', { site: siteUrl })} />
          </Stack>
        </Radio.Group>
        {!isEverybody && (
          <Textarea
            label={t('change.addresses')}
            description={t('change.addressesHint')}
            inputWrapperOrder={['label', 'description', 'input', 'error']}
            rows={6}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {!isEverybody && (
          <Text size="sm" c="dimmed" role="status">
            {t('change.count', { count: addresses.length })}
          </Text>
        )}
        <NativeSelect
          label={t('change.setting')}
          value={String(settingIndex)}
          onChange={(event) => {
            setSettingIndex(Number(event.currentTarget.value));
            setEntered({ ...entered, choice: 0 });
          }}
        >
          {[...groups].map(([section, items]) => (
            <optgroup
              key={section}
              label={(t as (key: string) => string)(`preferences:history.sections.${section}`)}
            >
              {items.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
        <NewValueField setting={setting} entered={entered} onChange={setEntered} />
        {begin.error !== null && <Failure error={begin.error} />}
        <Button type="submit" loading={begin.isPending} disabled={!isClear} w="fit-content">
          {t('change.preview')}
        </Button>
      </Stack>
    </Paper>
  );
}
