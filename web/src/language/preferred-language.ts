/** The languages there are, and which of them somebody reads. */

/** By their codes (BCP 47), each called as its speakers call it. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const storageKey = 'anteroom-language';

/** The language that was chosen last in this browser, else the browser's first that there is. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  const known = wanted
    .map((tag) => tag?.split('-')[0])
    .find((code) => code !== undefined && code in languages);
  return (known ?? 'en') as Language;
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}
