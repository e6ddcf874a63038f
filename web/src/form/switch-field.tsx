import { Switch } from '@mantine/core';
import { useHostTexts } from '../preferences/texts.ts';

interface SwitchFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: boolean;
  /** Whether the site supports it: where it does not, it can be turned off, but not on. */
  readonly isSupported?: boolean;
  readonly error?: string | undefined;
  readonly onChange: (value: boolean) => void;
}

/** Something that is on or off, with the reason beside it when it cannot be turned on. */
export function SwitchField({ label, hint, value, isSupported = true, error, onChange }: SwitchFieldProps) {
  const { t } = useHostTexts('preferences');
  const reason = isSupported ? hint : value ? t('form.notSupportedKept') : t('form.notSupported');
  return (
    <Switch
      label={label}
      description={reason}
      checked={value}
      disabled={!isSupported && !value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
