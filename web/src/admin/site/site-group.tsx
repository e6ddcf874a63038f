import { Badge, Group, NativeSelect, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../../../../src/errors.ts';
import { FieldGroup } from '../../form/group.tsx';
import { choicesOf, type SiteField, type Value } from './fields.ts';

/** What the operator of the server decides, and administrators only see. */
const readOnlyGroup = 'telephonyConfig';

interface SiteGroupProps {
  readonly name: string;
  readonly fields: readonly SiteField[];
  /** By the paths of the fields, joined with dots. */
  readonly changes: ReadonlyMap<string, Value>;
  readonly faults: readonly Fault[];
  readonly onChange: (path: string, value: Value, stored: Value) => void;
}

/** Settings that belong together. */
export function SiteGroup({ name, fields, changes, faults, onChange }: SiteGroupProps) {
  const { t } = useTranslation('administration');
  const words = t as (key: string) => string;
  return (
    <FieldGroup
      title={words(`site.groups.${name}`)}
      {...(name === readOnlyGroup ? { hint: t('site.readOnly') } : {})}
    >
      {fields.map(({ path, value: stored }) => {
        const key = path.join('.');
        return (
          <Field
            key={key}
            label={words(`site.fields.${path.at(-1)}`)}
            name={path.at(-1)!}
            value={changes.get(key) ?? stored}
            isReadOnly={name === readOnlyGroup}
            error={faults.find(({ description }) => description.startsWith(`${key} `))?.description}
            onChange={(value) => onChange(key, value, stored)}
          />
        );
      })}
    </FieldGroup>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly isReadOnly: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: Value) => void;
}

function Field({ label, name, value, isReadOnly, error, onChange }: FieldProps) {
  const { t } = useTranslation('administration');
  const words = t as (key: string) => string;
  const choices = choicesOf[name];
  if (isReadOnly) {
    return (
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Badge variant="default" miw="3.5rem" className="fixed-width">
          {t(value === true ? 'site.on' : 'site.off')}
        </Badge>
        <Text size="sm">{label}</Text>
      </Group>
    );
  }
  if (typeof value === 'boolean') {
    return (
      <Switch
        label={label}
        checked={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (choices !== undefined) {
    return (
      <NativeSelect
        label={label}
        value={String(value)}
        error={error}
        maw="24rem"
        onChange={(event) => onChange(event.currentTarget.value)}
        data={choices.map((choice) => ({ value: choice, label: words(`site.choices.${choice}`) }))}
      />
    );
  }
  if (typeof value === 'object') {
    return (
      <Textarea
        label={label}
        description={t('site.linesHint')}
        value={value.join('\n')}
        error={error}
        rows={3}
        maw="24rem"
        onChange={(event) => onChange(linesOf(event.currentTarget.value))}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={String(value)}
      error={error}
      inputMode="numeric"
      maw="10rem"
      onChange={(event) => onChange(numberFrom(event.currentTarget.value))}
    />
  );
}

/** The last line stays as it is while it is written. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** A number where it is one; anything else is for the server to refuse. */
function numberFrom(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
