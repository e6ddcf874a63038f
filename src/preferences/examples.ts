/** The documents' own example values: the served description shows them, the demo organization starts with them. */

export const personalMeetingRoomExample = {
  topic: "John's PMR",
  hostPin: '4325',
  enabledAutoLock: false,
  autoLockMinutes: 10 as const,
  enabledNotifyHost: true,
  supportCoHost: true,
  supportAnyoneAsCoHost: false,
  allowFirstUserToBeCoHost: false,
  allowAuthenticatedDevices: false,
  coHosts: [{ email: 'john.andersen@example.com', displayName: 'John Andersen' }],
};

export const roomFactsExample = {
  personalMeetingRoomLink: 'https://site4-example.webex.com/meet/john',
  sipAddress: 'john@site4-example.webex.com',
  dialInIpAddress: '192.168.100.100',
  telephony: {
    accessCode: '1234567890',
    callInNumbers: [{ label: 'US Toll', callInNumber: '+123456789', tollType: 'toll' as const }],
    links: [
      {
        rel: 'globalCallinNumbers',
        href: '/v1/meetings/0fc6ec1109e0d9b6c94e1f6caccda976/globalCallinNumbers',
        method: 'GET',
      },
    ],
  },
};

export const audioExample = {
  defaultAudioType: 'webexAudio' as const,
  otherTeleconferenceDescription: 'Example Description',
  enabledGlobalCallIn: true,
  enabledTollFree: false,
  enabledAutoConnection: false,
  audioPin: '1314',
  officeNumber: {
    countryCode: '123',
    number: '123456',
    enabledCallInAuthentication: false,
    enabledCallMe: false,
  },
  mobileNumber: {
    countryCode: '1',
    number: '123456789',
    enabledCallInAuthentication: false,
    enabledCallMe: true,
  },
};

export const videoExample = {
  videoDevices: [
    { deviceName: 'device1', deviceAddress: 'device1@example.com', isDefault: false },
    { deviceName: 'device2', deviceAddress: 'device2@example.com', isDefault: true },
  ],
};

export const delegatesExample = ['marcus.hoffmann@example.com', 'brenda.song@example.com'];

export const schedulingOptionsExample = {
  enabledJoinBeforeHost: false,
  joinBeforeHostMinutes: 0 as const,
  enabledAutoShareRecording: false,
  enabledWebexAssistantByDefault: false,
  delegateEmails: delegatesExample,
};

export const sitesExample = [
  { siteUrl: 'site1-example.webex.com', default: false },
  { siteUrl: 'site4-example.webex.com', default: true },
];
