/** Fields and their values as people read them, for comparisons and for the history. */
import { useHostTexts } from './texts.ts';

type Words = (key: string, values?: object) => string;

export interface FieldTexts {
  labelOf(name: string): string;
  textOf(name: string, value: unknown): string;
}

export function useFieldTexts(): FieldTexts {
  const { t, i18n } = useHostTexts('preferences');
  const words = t as Words;
  return {
    labelOf: (name) =>
      i18n.exists(`fields.${name}`, { ns: 'preferences' }) ? words(`fields.${name}`) : name,
    textOf: (name, value) => textOf(words, name, value),
  };
}

function textOf(t: Words, name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? t('form.yes') : t('form.no');
  if (name === 'defaultAudioType') return t(`audio.types.${value}`);
  if (name === 'autoLockMinutes') return lockText(t, value as number);
  if (name === 'joinBeforeHostMinutes') return joinText(t, value as number);
  if (Array.isArray(value)) return value.length === 0 ? t('form.none') : value.map(itemText).join(', ');
  if (typeof value === 'object' && value !== null) return numberText(t, value as TelephoneNumber);
  return value === undefined || value === '' ? t('form.none') : String(value);
}

function lockText(t: Words, count: number): string {
  return count === 0 ? t('room.lockNow') : t('form.minutes', { count });
}

function joinText(t: Words, count: number): string {
  return count === 0 ? t('scheduling.onTime') : t('form.minutesBefore', { count });
}

interface TelephoneNumber {
  readonly countryCode: string;
  readonly number: string;
  readonly enabledCallInAuthentication: boolean;
  readonly enabledCallMe: boolean;
}

function numberText(
  t: Words,
  { countryCode, number, enabledCallInAuthentication, enabledCallMe }: TelephoneNumber,
): string {
  const parts = [
    `${countryCode === '' ? '' : `+${countryCode} `}${number}` || t('form.none'),
    ...(enabledCallInAuthentication ? [t('fields.enabledCallInAuthentication')] : []),
    ...(enabledCallMe ? [t('fields.enabledCallMe')] : []),
  ];
  return parts.join(', ');
}

/** A delegate's address, a co-host or a device. */
function itemText(item: unknown): string {
  if (typeof item === 'string') return item;
  const { displayName, email, deviceName, deviceAddress, isDefault } = item as Record<string, unknown>;
  const name = displayName ?? deviceName;
  const star = isDefault === true ? '★ ' : '';
  return `${star}${name} <${email ?? deviceAddress}>`;
}
