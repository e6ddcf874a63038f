/** What to do about each rule that a form can break, by the rule's id; what is not here is told in the server's words. */
export const faults = {
  room: {
    topic: 'Give the room a name of up to 128 characters.',
    'host-pin': 'Use digits only.',
    'host-pin-length': 'Use exactly {{hostPinLength}} digits.',
    'host-pin-sequence': 'Digits in a row, such as 1234 or 4321, are too easy to guess.',
    'host-pin-repetition': 'The same digit throughout is too easy to guess.',
    'co-host-email': 'Enter an e-mail address, such as name@example.com.',
    'co-hosts-distinct': 'Somebody is on the list twice.',
    'co-host-modes': 'Choose one of the two.',
  },
  audio: {
    'type-supported': 'Your site does not support this kind of audio: choose another one.',
    'other-description-needed': 'Say how to join the other service.',
    'global-call-in-supported': 'Your site does not support this.',
    'toll-free-supported': 'Your site does not support this.',
    pin: 'Use exactly 4 digits.',
    'pin-sequence': 'Digits in a row, such as 1234 or 4321, are too easy to guess.',
    'pin-repetition': 'The same digit throughout is too easy to guess.',
    'country-code': 'Use up to 4 digits, without +.',
    number: 'Use up to 30 digits, spaces and ( ) - . +',
  },
  video: {
    'device-name': 'Give the device a name.',
    'device-address': 'Enter an address such as desk@example.com.',
    'one-default': 'Choose one device as the default.',
  },
  scheduling: {
    'delegate-email': 'This is not an e-mail address.',
    'own-address': 'You cannot be your own delegate.',
  },
  tokens: {
    name: 'Give the token a name of up to 128 characters.',
    person: 'Nobody in your organization has this address.',
    'person-administered':
      'This is another full administrator, or somebody on a site that you do not administer: they make their tokens themselves.',
    scopes: 'Choose at least one.',
    expires: 'Choose a day within the next 366.',
  },
  subject: {
    own: 'You cannot act for this person here.',
    user: 'Nobody here has this address.',
    site: 'This person is not on this site.',
    'managed-site': 'You do not administer this site.',
  },
  body: {
    'document-size': 'This is too much to keep: shorten your lists.',
  },
} as const;
