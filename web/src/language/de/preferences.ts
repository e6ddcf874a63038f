import type { preferences as english } from '../en/preferences.ts';
import type { TextsLike } from '../texts.ts';

export const preferences: TextsLike<typeof english> = {
  room: { title: 'Persönlicher Raum' },
  audio: { title: 'Audio' },
  video: { title: 'Videogeräte' },
  scheduling: { title: 'Terminplanung' },
  sites: {
    title: 'Sites',
    intro:
      'Auf jeder Site haben Sie eigene Einstellungen. Auf der Standard-Site beginnen Sie, und dort werden Meetings geplant, wenn nichts anderes gewählt ist.',
    list: 'Sites',
    default: 'Standard',
    makeDefault: 'Zum Standard machen: {{site}}',
    makeDefaultShort: 'Zum Standard machen',
    open: 'Einstellungen hier zeigen',
    openLong: 'Einstellungen hier zeigen: {{site}}',
    shown: 'Wird gezeigt',
    saved: '{{site}} ist jetzt die Standard-Site.',
  },
  history: { title: 'Verlauf' },
};
