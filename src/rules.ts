/**
 * The rule catalogue: every rule a client can break, under an id that never changes.
 *
 * A rule reads "`about` must `must`." The same words make the fault a client is told, the generated page
 * `docs/reference/rules.md` and the served description, so that they cannot drift apart. `contract` is the
 * section of the wire contract (docs/compatibility.md) that the rule comes from.
 */
export interface Rule {
  readonly about: string;
  readonly must: string;
  readonly contract: string;
}

const boolean = 'be true or false';
const object = 'be a JSON object';

export const rules = {
  // Who is calling (contract sections 1 and 4)
  'token.missing': rule('The Authorization header', 'carry a bearer token', '4'),
  'token.valid': rule('The bearer token', 'be known, unexpired and not revoked', '4'),
  'token.scope': rule('The token', 'have a scope that the operation asks for', '1'),

  // Whose preferences, on which site (contract section 2)
  'subject.own': rule(
    'userEmail',
    'be your own, unless you administer the site with an admin-level scope',
    '2',
  ),
  'subject.user': rule('userEmail', 'be the address of a user of the site', '2'),
  'subject.site': rule('siteUrl', 'be one of the sites of the user', '2'),
  'subject.managed-site': rule('siteUrl', 'be a site you administer', '2'),
  'subject.default-site': rule('The user', 'have a default site when siteUrl is left out', '2'),

  // Query parameters
  'query.single': rule('A query parameter', 'be given once', '4'),
  'query.text': rule('A query parameter', 'be text that is not empty and has no control characters', '4'),

  // Paths and methods
  'request.path': rule('The path', 'be one the server knows', '4'),
  'request.method': rule('The method', 'be one of those the Allow header lists', '4'),
  'request.http': rule(
    'The request',
    'be well-formed HTTP, with headers up to 16 KiB and a URL up to 8 KiB',
    '4',
  ),
  'request.if-match': rule('If-Match', 'name the ETag of what is in force now: read it again', '4'),
  'request.idempotency-key': rule(
    'Idempotency-Key',
    'be 1 to 255 printable ASCII characters, and stand for one request alone',
    '4',
  ),

  // Bodies in general (contract sections 3 to 5)
  'body.needed': rule('The request', 'have a JSON body', '4'),
  'body.media-type': rule('The Content-Type', 'be application/json', '4'),
  'body.size': rule('The body', 'be 64 KiB or less', '4'),
  'body.json': rule('The body', 'be well-formed JSON in UTF-8', '4'),
  'body.depth': rule('The body', 'be nested 32 levels deep or less', '4'),
  'body.duplicate-field': rule('A field', 'be given once', '4'),
  'body.text': rule('Text in the body', 'be complete Unicode without the NUL character', '4'),
  'body.object': rule('The body', object, '3'),
  'body.known-field': rule('The body', 'have at least one field that the operation knows', '5'),
  'body.required-field': rule('A required field', 'be given', '3'),
  'body.subject': rule(
    'userEmail and siteUrl',
    'be query parameters, and say the same where a body repeats them',
    '5',
  ),
  'body.document-size': rule('A section with all its lists', 'be 48 KiB or less', '3'),

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

  // History
  'history.section': rule(
    'section',
    'be personalMeetingRoom, audio, video, schedulingOptions, personalMeetingRoomId or sites',
    '7',
  ),
  'history.time': rule(
    'from and to',
    'be a day or a time with its zone, such as 2026-01-31 or 2026-01-31T12:00:00Z',
    '7',
  ),
  'history.max': rule('max', 'be a whole number from 1 to 100', '7'),
  'history.cursor': rule('cursor', 'be the cursor of an answer before, as it was', '7'),
  'history.force': rule('force', boolean, '7'),
  'history.known': rule('The change', 'be in a history that you may see', '7'),
  'history.unchanged': rule('A changed field', 'still be as the change left it, unless force is true', '7'),
  'history.reversible': rule('The change', 'have its values before still kept', '7'),

  // Meetings
  'meeting.known': rule('The meeting', 'exist in your organization', '3'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

function rule(about: string, must: string, contract: string): Rule {
  return { about, must, contract };
}

/** A rule as the sentence that stands in the documentation. */
export function statementOf(id: RuleId): string {
  return `${rules[id].about} must ${rules[id].must}.`;
}
