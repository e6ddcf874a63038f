import type { behalf as english } from '../en/behalf.ts';
import type { TextsLike } from '../texts.ts';

/** Texte der Einstellungen, wo von jemand anderem die Rede ist. */
export const behalf: TextsLike<typeof english> = {
  room: {
    intro: 'Der eigene Besprechungsraum von {{host}}: immer unter derselben Adresse und jederzeit zu öffnen.',
    linkHint: 'Dieser Link geht an alle, die zu einem Treffen kommen sollen.',
    coHostNamed: 'Nur die Personen auf der Liste',
    coHostAnyone: 'Alle von der Site, die teilnehmen',
    coHostFirst: 'Wer von der Site zuerst teilnimmt',
    coHostList: 'Die Liste',
    coHostListIdle: 'Die Liste bleibt erhalten, gilt bei dieser Auswahl aber nicht.',
    coHostEmpty: 'Noch steht niemand auf der Liste.',
    noNumbers: 'Die Site hat keine Einwahlnummern.',
    readOnly: 'Das ergibt sich aus der Site und lässt sich hier nicht ändern.',
  },
  audio: {
    intro: 'Wie {{host}} in Meetings zu hören ist.',
    type: 'Audio der Meetings',
    numbers: 'Telefonnummern',
    'type-supported': 'Die Site unterstützt diese Art von Audio nicht: Wählen Sie eine andere.',
    'global-call-in-supported': 'Die Site unterstützt das nicht.',
    'toll-free-supported': 'Die Site unterstützt das nicht.',
  },
  video: {
    intro: 'Videosysteme, die Meetings von {{host}} anrufen können. Das Standardgerät wird zuerst angerufen.',
    empty: 'Es gibt noch kein Videogerät.',
  },
  scheduling: {
    intro: 'Womit neue Meetings von {{host}} beginnen, und wer sie planen darf.',
    delegatesHint: 'Sie können im Namen von {{host}} Meetings planen.',
    delegatesEmpty: 'Es gibt keine Stellvertretung.',
    'own-address': 'Niemand kann sich selbst vertreten.',
  },
  sites: {
    intro:
      '{{host}} hat auf jeder Site eigene Einstellungen. Auf der Standard-Site geht es los, und dort werden Meetings geplant, wenn nichts anderes gewählt ist.',
  },
  fields: {
    enabledNotifyHost: 'Host benachrichtigen, wenn jemand in der Lobby wartet',
    supportAnyoneAsCoHost: 'Alle von der Site werden Co-Host',
    allowFirstUserToBeCoHost: 'Wer von der Site zuerst da ist, wird Co-Host',
    allowAuthenticatedDevices: 'Videogeräte der Organisation ohne Warten einlassen',
    defaultAudioType: 'Audio der Meetings',
    enabledAutoConnection: 'Gerät des Hosts beim Beitreten mit Audio verbinden',
    enabledCallInAuthentication: 'Host bei der Einwahl an dieser Nummer erkennen',
    enabledCallMe: 'Meetings dürfen den Host hier anrufen',
    enabledJoinBeforeHost: 'Beitritt vor dem Host erlauben',
  },
  hints: {
    hostPin: 'Weist den Host aus, wenn das Meeting per Telefon oder Videosystem beginnt.',
    enabledAutoLock: 'Wer später kommt, wartet in der Lobby, bis der Host öffnet.',
    otherTeleconferenceDescription: 'Alle Eingeladenen sehen das: zum Beispiel Nummer und Code.',
    audioPin: 'Weist aus, wer sich einwählt.',
  },
  form: {
    notSupported: 'Die Site unterstützt das nicht.',
    notSupportedKept: 'Die Site unterstützt das nicht mehr: Es wirkt nicht, und einmal aus, bleibt es aus.',
    noEffectHere: 'Die Site unterstützt das nicht: Es wirkt hier nicht.',
  },
};
