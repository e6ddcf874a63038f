/** What the page says beside the reference itself. */
const english = {
  title: 'API reference · Anteroom',
  signIn: 'Sign in to try it out',
  callsAs: 'Requests are made as',
  tryIt: 'Try it',
  token: 'Leave the token empty to call as whoever is signed in, or paste another one.',
  failed: 'The description of the API could not be loaded. Reload the page to try again.',
};

export type ReferenceTexts = typeof english;

const german: ReferenceTexts = {
  title: 'API-Referenz · Anteroom',
  signIn: 'Zum Ausprobieren anmelden',
  callsAs: 'Anfragen werden gestellt als',
  tryIt: 'Ausprobieren',
  token: 'Ohne Token gilt die Anmeldung in diesem Browser; oder ein anderes Token einfügen.',
  failed: 'Die Beschreibung der API konnte nicht geladen werden. Bitte die Seite neu laden.',
};

export const referenceTexts = { en: english, de: german } as const;
