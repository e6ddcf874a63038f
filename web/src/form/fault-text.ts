import type { Fault } from '../../../src/errors.ts';
import { useHostTexts } from '../preferences/texts.ts';

/** What to say about a fault: in words of our own where there are any for its rule, else in the server's. */
export function useFaultText(facts: Readonly<Record<string, unknown>>): (fault: Fault) => string {
  const { t, i18n } = useHostTexts('faults');
  return ({ rule, description }) => {
    if (rule === undefined || !i18n.exists(rule, { ns: 'faults' })) return description;
    return (t as (key: string, values: object) => string)(rule, facts);
  };
}
