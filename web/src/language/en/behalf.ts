/**
 * Texts of the preferences where they speak of somebody else, in English: by the keys that the same texts have where they
 * speak to the host. `{{host}}` is a name.
 */
export const behalf = {
  room: {
    intro: '{{host}}’s own meeting room: always at the same address, open whenever they are.',
    linkHint: 'They send this link to whoever they want to meet.',
    coHostNamed: 'Only the people on the list',
    coHostAnyone: 'Everyone on the site who joins',
    coHostFirst: 'The first on the site who joins',
    coHostList: 'The list',
    coHostListIdle: 'The list is kept, but is not used with this choice.',
    coHostEmpty: 'Nobody is on the list yet.',
    noNumbers: 'The site has no numbers to call.',
    readOnly: 'This follows from the site and cannot be changed here.',
  },
  audio: {
    intro: 'How {{host}} is heard in meetings.',
    type: 'Audio of the meetings',
    numbers: 'Telephone numbers',
    'type-supported': 'The site does not support this kind of audio: choose another one.',
    'global-call-in-supported': 'The site does not support this.',
    'toll-free-supported': 'The site does not support this.',
  },
  video: {
    intro: 'Video systems that the meetings of {{host}} can call. The default one is called first.',
    empty: 'There is no video device yet.',
  },
  scheduling: {
    intro: 'What new meetings of {{host}} start with, and who may schedule them.',
    delegatesHint: 'They can schedule meetings on behalf of {{host}}.',
    delegatesEmpty: 'There are no delegates.',
    'own-address': 'Nobody can be their own delegate.',
  },
  sites: {
    intro:
      '{{host}} has separate preferences on each site. The default site is where they start, and where their meetings are scheduled unless another one is chosen.',
  },
  fields: {
    enabledNotifyHost: 'Tell the host when somebody waits in the lobby',
    supportAnyoneAsCoHost: 'Everyone on the site becomes a co-host',
    allowFirstUserToBeCoHost: 'The first on the site becomes a co-host',
    allowAuthenticatedDevices: 'Let video devices of the organization in without waiting',
    defaultAudioType: 'Audio of the meetings',
    enabledAutoConnection: 'Connect the host’s device to audio when they join',
    enabledCallInAuthentication: 'Know the host by this number when they call in',
    enabledCallMe: 'Meetings may call the host here',
    enabledJoinBeforeHost: 'Let people join before the host',
  },
  hints: {
    hostPin: 'Proves who the host is when they start the meeting by telephone or from a video system.',
    enabledAutoLock: 'Whoever comes later waits in the lobby until the host lets them in.',
    otherTeleconferenceDescription:
      'Shown to everybody who is invited: the number and the code, for example.',
    audioPin: 'Proves who is calling in.',
  },
  form: {
    notSupported: 'The site does not support this.',
    notSupportedKept: 'The site no longer supports this: it has no effect, and once off it stays off.',
    noEffectHere: 'The site does not support this: it has no effect here.',
  },
} as const;
