/** The texts of the preferences: those that speak to the host, or those that speak of one. */
import type { TFunction } from 'i18next';
import { type UseTranslationResponse, useTranslation } from 'react-i18next';
import { useHost } from '../app/host.ts';

interface HostTexts<Namespace extends 'preferences' | 'faults'> {
  readonly t: TFunction<Namespace>;
  readonly i18n: UseTranslationResponse<Namespace, undefined>['i18n'];
}

/**
 * Like `useTranslation`, but for somebody who looks at another's preferences a text of `behalf` comes first where there is
 * one by the same key; in it, `{{host}}` is that other's name.
 */
export function useHostTexts<Namespace extends 'preferences' | 'faults'>(
  namespace: Namespace,
): HostTexts<Namespace> {
  const host = useHost();
  const namespaces = host === undefined ? namespace : ['behalf', namespace];
  const { t, i18n } = useTranslation(namespaces as 'preferences', { nsMode: 'fallback' });
  const ofHost = (key: string, values?: object): string =>
    (t as (key: string, values: object) => string)(key, { host: host?.name, ...values });
  return { t: (host === undefined ? t : ofHost) as unknown as TFunction<Namespace>, i18n };
}
