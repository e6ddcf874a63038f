/** The settings of a site that its administrators see and change through the API, in the API's own names and groups. */
import { type Static, type TProperties, Type } from 'typebox';
import type { RuleId } from '../rules.ts';

function flag(rule: RuleId, description: string) {
  return Type.Optional(Type.Boolean({ 'x-rule': rule, description }));
}

function choice<const T extends string>(rule: RuleId, choices: readonly T[], description: string) {
  return Type.Optional(Type.Unsafe<T>({ type: 'string', enum: choices, 'x-rule': rule, description }));
}

function count(rule: RuleId, description: string) {
  return Type.Optional(Type.Integer({ minimum: 0, maximum: 12, 'x-rule': rule, description }));
}

/** Every field may be left out: it is then what `initial` says, or follows from the other settings of the site. */
function group<T extends TProperties>(rule: RuleId, properties: T, description: string, initial?: object) {
  const standard = initial === undefined ? {} : { default: initial };
  return Type.Object(properties, { 'x-rule': rule, description, ...standard });
}

export const SiteOptions = group(
  'site-settings.site-options',
  {
    allowCustomPersonalRoomURL: flag(
      'site-settings.custom-room-url',
      'Whether hosts may change the URLs of their personal rooms.',
    ),
  },
  'What hosts may change about their rooms.',
  { allowCustomPersonalRoomURL: true },
);

/** The audio type that each kind of telephony support stands for. */
export const typeOfSupport = {
  None: undefined,
  WebexTeleconferencing: 'webexAudio',
  Other: 'otherTeleconferenceService',
} as const;
export type TelephonySupport = keyof typeof typeOfSupport;

export const DefaultSchedulerOptions = group(
  'site-settings.default-scheduler-options',
  {
    entryAndExitTone: choice(
      'site-settings.entry-and-exit-tone',
      ['NoTone', 'Beep', 'AnnounceName'],
      'What is heard when somebody enters or leaves.',
    ),
    joinTeleconfNotPress1: flag(
      'site-settings.join-without-pressing-one',
      'Whether callers join without pressing 1 first.',
    ),
    telephonySupport: choice(
      'site-settings.telephony-support',
      Object.keys(typeOfSupport) as TelephonySupport[],
      'The audio that meetings start with: none beside VoIP, that of the site, or another service. Follows from the first audio type until it is set.',
    ),
    tollFree: flag('site-settings.toll-free', 'Whether call-in without paying is on for new hosts.'),
    VoIP: flag(
      'site-settings.voip',
      'Whether new hosts use VoIP. Follows from the audio types until it is set.',
    ),
  },
  'What hosts have until they choose otherwise.',
  { entryAndExitTone: 'Beep', joinTeleconfNotPress1: false, tollFree: false },
);

export const ScheduleMeetingOptions = group(
  'site-settings.schedule-meeting-options',
  { emailReminders: flag('site-settings.email-reminders', 'Whether reminders are sent by e-mail.') },
  'What happens when a meeting is scheduled.',
  { emailReminders: true },
);

export const PasswordCriteria = group(
  'site-settings.password-criteria',
  {
    mixedCase: flag('site-settings.mixed-case', 'Whether small and capital letters are both needed.'),
    minLength: count('site-settings.min-length', 'How many characters are needed.'),
    minNumeric: count('site-settings.min-numeric', 'How many digits are needed.'),
    minAlpha: count('site-settings.min-alpha', 'How many letters are needed.'),
    minSpecial: count('site-settings.min-special', 'How many other characters are needed.'),
    disallowDynamicWebText: flag(
      'site-settings.disallow-dynamic-web-text',
      'Whether names of the site, the host and the meeting are no passwords.',
    ),
    disallowList: flag(
      'site-settings.disallow-list',
      'Whether the texts of disallowValues are no passwords.',
    ),
    disallowValues: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64, 'x-rule': 'site-settings.disallow-value' }), {
        maxItems: 100,
        uniqueItems: true,
        'x-rule': 'site-settings.disallow-values',
        description: 'Texts that are no passwords.',
      }),
    ),
  },
  'What a strong password is.',
);

/** Those of the group that are kept there: joinBeforeHost is a setting of its own. */
export const SecurityOptions = group(
  'site-settings.security-options',
  {
    audioBeforeHost: flag(
      'site-settings.audio-before-host',
      'Whether invitees may join the audio before the host; in force only together with joinBeforeHost.',
    ),
    firstAttendeeAsPresenter: flag(
      'site-settings.first-attendee-as-presenter',
      'Whether the first to join presents; in force only together with joinBeforeHost.',
    ),
    unlistAllMeetings: flag('site-settings.unlist-all-meetings', 'Whether no meeting is listed.'),
    requireLoginBeforeAccess: flag(
      'site-settings.require-login',
      'Whether the site asks everybody to sign in.',
    ),
    allowMobileScreenCapture: flag(
      'site-settings.mobile-screen-capture',
      'Whether Android devices may capture the screen.',
    ),
    requireStrongPassword: flag(
      'site-settings.require-strong-password',
      'Whether passwords of meetings have to meet the criteria.',
    ),
    passwordCriteria: Type.Optional(PasswordCriteria),
  },
  'Who may do what before and in a meeting. `joinBeforeHost` is beside it.',
  {
    audioBeforeHost: false,
    firstAttendeeAsPresenter: false,
    unlistAllMeetings: false,
    requireLoginBeforeAccess: false,
    allowMobileScreenCapture: true,
    requireStrongPassword: false,
    passwordCriteria: {
      mixedCase: false,
      minLength: 4,
      minNumeric: 0,
      minAlpha: 0,
      minSpecial: 0,
      disallowDynamicWebText: false,
      disallowList: false,
      disallowValues: [],
    },
  },
);

/** The whole group as the API has it. */
export const SecurityGroup = group(
  'site-settings.security-options',
  {
    joinBeforeHost: flag('site-settings.join-before-host', 'Whether invitees may join before the host.'),
    ...SecurityOptions.properties,
  },
  'Who may do what before and in a meeting.',
);

/** What administrators change: sent with any of its fields, kept with those that were ever given. */
export const CommonSettings = Type.Object(
  {
    siteOptions: Type.Optional(SiteOptions),
    defaultSchedulerOptions: Type.Optional(DefaultSchedulerOptions),
    scheduleMeetingOptions: Type.Optional(ScheduleMeetingOptions),
    securityOptions: Type.Optional(SecurityGroup),
  },
  { title: 'CommonSettings' },
);
export type CommonSettings = Static<typeof CommonSettings>;
