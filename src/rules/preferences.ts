/** The rules of the preferences themselves. */
import { boolean, object, type Rule, rule } from './rule.ts';

export const preferencesRules = {
  // Personal meeting room
  'room.topic': rule('topic', 'be 1 to 128 characters and not only white space', '3'),
  'room.host-pin': rule('hostPin', 'be decimal digits in quotes', '3'),
  'room.host-pin-length': rule('hostPin', 'have exactly as many digits as the site asks for', '3'),
  'room.host-pin-sequence': rule('hostPin', 'not be a run of consecutive digits, up or down', '3'),
  'room.host-pin-repetition': rule('hostPin', 'not be one digit repeated', '3'),
  'room.enabled-auto-lock': rule('enabledAutoLock', boolean, '3'),
  'room.auto-lock-minutes': rule('autoLockMinutes', 'be 0, 5, 10, 15 or 20', '3'),
  'room.enabled-notify-host': rule('enabledNotifyHost', boolean, '3'),
  'room.support-co-host': rule('supportCoHost', boolean, '3'),
  'room.co-hosts': rule('coHosts', 'be a list of {email, displayName} objects', '3'),
  'room.co-host': rule('A co-host', object, '3'),
  'room.co-host-email': rule('The email of a co-host', 'be a valid address', '3'),
  'room.co-host-name': rule('The displayName of a co-host', 'be text', '3'),
  'room.co-hosts-distinct': rule('coHosts', 'name every address once', '3'),
  'room.anyone-as-co-host': rule('supportAnyoneAsCoHost', boolean, '3'),
  'room.first-user-co-host': rule('allowFirstUserToBeCoHost', boolean, '3'),
  'room.co-host-modes': rule('supportAnyoneAsCoHost and allowFirstUserToBeCoHost', 'not both be true', '3'),
  'room.authenticated-devices': rule('allowAuthenticatedDevices', boolean, '3'),

  // Audio
  'audio.default-type': rule(
    'defaultAudioType',
    'be webexAudio, voipOnly, otherTeleconferenceService or none',
    '3',
  ),
  'audio.type-supported': rule('defaultAudioType', 'be a type that the site supports', '3'),
  'audio.other-description': rule('otherTeleconferenceDescription', 'be text', '3'),
  'audio.other-description-needed': rule(
    'otherTeleconferenceDescription',
    'not be empty when defaultAudioType is otherTeleconferenceService',
    '3',
  ),
  'audio.global-call-in': rule('enabledGlobalCallIn', boolean, '3'),
  'audio.global-call-in-supported': rule(
    'enabledGlobalCallIn',
    'be false on a site without international call-in',
    '3',
  ),
  'audio.toll-free': rule('enabledTollFree', boolean, '3'),
  'audio.toll-free-supported': rule('enabledTollFree', 'be false on a site without toll-free call-in', '3'),
  'audio.auto-connection': rule('enabledAutoConnection', boolean, '3'),
  'audio.pin': rule('audioPin', 'be exactly 4 decimal digits in quotes', '3'),
  'audio.pin-sequence': rule('audioPin', 'not be a run of consecutive digits, up or down', '3'),
  'audio.pin-repetition': rule('audioPin', 'not be one digit repeated', '3'),
  'audio.office-number': rule('officeNumber', object, '3'),
  'audio.mobile-number': rule('mobileNumber', object, '3'),
  'audio.country-code': rule('countryCode', 'be 1 to 4 digits, or empty', '3'),
  'audio.number': rule('number', 'be up to 30 digits, spaces and ( ) - . +, or empty', '3'),
  'audio.call-in-authentication': rule('enabledCallInAuthentication', boolean, '3'),
  'audio.call-me': rule('enabledCallMe', boolean, '3'),

  // Video
  'video.devices': rule('videoDevices', 'be a list of {deviceName, deviceAddress, isDefault} objects', '3'),
  'video.device': rule('A video device', object, '3'),
  'video.device-name': rule('deviceName', 'be text that is not empty', '3'),
  'video.device-address': rule('deviceAddress', 'have the form of an e-mail address', '3'),
  'video.is-default': rule('isDefault', boolean, '3'),
  'video.one-default': rule('videoDevices', 'be empty, or have exactly one device with isDefault true', '3'),

  // Scheduling options
  'scheduling.join-before-host': rule('enabledJoinBeforeHost', boolean, '3'),
  'scheduling.join-before-host-minutes': rule('joinBeforeHostMinutes', 'be 0, 5, 10 or 15', '3'),
  'scheduling.auto-share-recording': rule('enabledAutoShareRecording', boolean, '3'),
  'scheduling.webex-assistant': rule('enabledWebexAssistantByDefault', boolean, '3'),
  'scheduling.delegate-emails': rule('delegateEmails', 'be a list of texts', '3'),
  'scheduling.delegate-email': rule('A delegate', 'be a valid address, or several divided by commas', '3'),
  'scheduling.own-address': rule('A delegate', 'be somebody other than the user', '3'),
  'delegates.emails': rule('emails', 'be a list of at least one text', '3'),

  // Sites
  'sites.default-site': rule('The query parameter defaultSite', 'be true', '3'),
  'sites.site-url': rule('siteUrl', 'be text', '3'),
  'sites.own-site': rule('siteUrl', 'be one of the sites of the user', '3'),

  // Batch refresh of personal room ids
  'room-ids.site-url': rule('siteUrl', 'be the text of a site URL', '3'),
  'room-ids.list': rule('personalMeetingRoomIds', 'be a list of 1 to 100 items', '3'),
  'room-ids.item': rule('An item of personalMeetingRoomIds', object, '3'),
  'room-ids.email': rule('email', 'be text', '3'),
  'room-ids.person-id': rule('personId', 'be text', '3'),
  'room-ids.system-generated': rule('systemGenerated', boolean, '3'),
  'room-ids.id': rule(
    'personalMeetingRoomId',
    'be 1 to 64 letters, digits, full stops, underscores and hyphens',
    '3',
  ),
  'room-ids.one-way-to-name': rule(
    'personalMeetingRoomIds',
    'name every person by email, or every person by personId',
    '3',
  ),
  'room-ids.one-way-to-choose': rule(
    'personalMeetingRoomIds',
    'give every item a personalMeetingRoomId, or every item systemGenerated true, never both',
    '3',
  ),
  'room-ids.person-known': rule('An item', 'name a user of the site', '3'),
  'room-ids.person-once': rule('personalMeetingRoomIds', 'name every person once', '3'),
  'room-ids.id-once': rule('personalMeetingRoomIds', 'give every id once', '3'),
  'room-ids.id-free': rule('personalMeetingRoomId', 'not be in use by somebody else on the site', '3'),

  // Meetings
  'meeting.known': rule('The meeting', 'exist in your organization', '3'),
} as const satisfies Record<string, Rule>;
