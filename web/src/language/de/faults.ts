import type { faults as english } from '../en/faults.ts';
import type { TextsLike } from '../texts.ts';

export const faults: TextsLike<typeof english> = {
  room: {
    topic: 'Geben Sie dem Raum einen Namen mit bis zu 128 Zeichen.',
    'host-pin': 'Verwenden Sie nur Ziffern.',
    'host-pin-length': 'Verwenden Sie genau {{hostPinLength}} Ziffern.',
    'host-pin-sequence': 'Ziffern in einer Reihe wie 1234 oder 4321 sind zu leicht zu erraten.',
    'host-pin-repetition': 'Immer dieselbe Ziffer ist zu leicht zu erraten.',
    'co-host-email': 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.com.',
    'co-hosts-distinct': 'Jemand steht zweimal auf der Liste.',
    'co-host-modes': 'Wählen Sie nur eines von beiden.',
  },
  audio: {
    'type-supported': 'Ihre Site unterstützt diese Art von Audio nicht: Wählen Sie eine andere.',
    'other-description-needed': 'Beschreiben Sie, wie man dem anderen Dienst beitritt.',
    'global-call-in-supported': 'Ihre Site unterstützt das nicht.',
    'toll-free-supported': 'Ihre Site unterstützt das nicht.',
    pin: 'Verwenden Sie genau 4 Ziffern.',
    'pin-sequence': 'Ziffern in einer Reihe wie 1234 oder 4321 sind zu leicht zu erraten.',
    'pin-repetition': 'Immer dieselbe Ziffer ist zu leicht zu erraten.',
    'country-code': 'Verwenden Sie bis zu 4 Ziffern, ohne +.',
    number: 'Verwenden Sie bis zu 30 Ziffern, Leerzeichen und ( ) - . +',
  },
  video: {
    'device-name': 'Geben Sie dem Gerät einen Namen.',
    'device-address': 'Geben Sie eine Adresse wie desk@example.com ein.',
    'one-default': 'Wählen Sie ein Gerät als Standard.',
  },
  scheduling: {
    'delegate-email': 'Das ist keine E-Mail-Adresse.',
    'own-address': 'Sie können sich nicht selbst vertreten.',
  },
  tokens: {
    name: 'Geben Sie dem Token einen Namen mit bis zu 128 Zeichen.',
    person: 'Niemand in Ihrer Organisation hat diese Adresse.',
    'person-administered':
      'Diese Person verwaltet die Organisation selbst oder ist auf einer Site, die Sie nicht verwalten: Sie macht ihre Token selbst.',
    scopes: 'Wählen Sie mindestens eines.',
    expires: 'Wählen Sie einen Tag innerhalb der nächsten 366.',
  },
  subject: {
    own: 'Für diese Person können Sie hier nicht handeln.',
    user: 'Niemand hat hier diese Adresse.',
    site: 'Diese Person gehört nicht zu dieser Site.',
    'managed-site': 'Diese Site verwalten Sie nicht.',
  },
  body: {
    'document-size': 'Das ist zu viel zum Speichern: Kürzen Sie Ihre Listen.',
  },
};
