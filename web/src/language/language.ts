/** The languages of the application. English comes with it; the others are loaded when somebody reads them. */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './en/texts.ts';
import { keepLanguage, type Language, preferredLanguage } from './preferred-language.ts';
import type { TextsLike } from './texts.ts';

export type Texts = TextsLike<typeof english>;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: typeof english;
    returnNull: false;
  }
}

const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Texts>>> = {
  de: async () => (await import('./de/texts.ts')).german,
};

export const i18n = createInstance();

/** Starts in the language that was chosen last, else in the browser's first that there is. */
export async function startLanguage(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: english },
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'app',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  await applyLanguage(preferredLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await applyLanguage(language);
}

async function applyLanguage(language: Language): Promise<void> {
  if (language !== 'en') {
    for (const [namespace, texts] of Object.entries(await loaders[language]())) {
      i18n.addResourceBundle(language, namespace, texts);
    }
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** An instant (ISO 8601) as it is written in a language, in the reader's time zone. */
export function timeText(instant: string, language: string): string {
  return new Date(instant).toLocaleString(regionOf(language), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** How dates and numbers are written in a language: as in the reader's own region when it speaks that language. */
export function regionOf(language: string): string {
  // Some systems name a locale of their own, such as en-US@posix, which no browser can format with.
  const tags = navigator.languages.filter((tag) => /^[a-z0-9-]+$/i.test(tag));
  return tags.find((tag) => tag.split('-')[0] === language) ?? language;
}
