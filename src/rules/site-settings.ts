/** The rules of the settings of a site that its administrators change. */
import { boolean, object, type Rule, rule } from './rule.ts';

const smallCount = 'be a whole number from 0 to 12';

export const siteSettingsRules = {
  // Settings of a site
  'site-settings.site-options': rule('siteOptions', object, '9'),
  'site-settings.default-scheduler-options': rule('defaultSchedulerOptions', object, '9'),
  'site-settings.schedule-meeting-options': rule('scheduleMeetingOptions', object, '9'),
  'site-settings.security-options': rule('securityOptions', object, '9'),
  'site-settings.password-criteria': rule('passwordCriteria', object, '9'),
  'site-settings.custom-room-url': rule('allowCustomPersonalRoomURL', boolean, '9'),
  'site-settings.entry-and-exit-tone': rule('entryAndExitTone', 'be NoTone, Beep or AnnounceName', '9'),
  'site-settings.join-without-pressing-one': rule('joinTeleconfNotPress1', boolean, '9'),
  'site-settings.telephony-support': rule('telephonySupport', 'be None, WebexTeleconferencing or Other', '9'),
  'site-settings.telephony-supported': rule('telephonySupport', 'be an audio that the site has', '9'),
  'site-settings.toll-free': rule('tollFree', boolean, '9'),
  'site-settings.toll-free-supported': rule(
    'tollFree',
    'be false without WebexTeleconferencing, and on a site without toll-free call-in',
    '9',
  ),
  'site-settings.voip': rule('VoIP', boolean, '9'),
  'site-settings.voip-supported': rule('VoIP', 'be false on a site without VoIP', '9'),
  'site-settings.email-reminders': rule('emailReminders', boolean, '9'),
  'site-settings.join-before-host': rule('joinBeforeHost', boolean, '9'),
  'site-settings.audio-before-host': rule('audioBeforeHost', boolean, '9'),
  'site-settings.first-attendee-as-presenter': rule('firstAttendeeAsPresenter', boolean, '9'),
  'site-settings.before-host': rule(
    'audioBeforeHost and firstAttendeeAsPresenter',
    'be false unless joinBeforeHost is true',
    '9',
  ),
  'site-settings.unlist-all-meetings': rule('unlistAllMeetings', boolean, '9'),
  'site-settings.require-login': rule('requireLoginBeforeAccess', boolean, '9'),
  'site-settings.mobile-screen-capture': rule('allowMobileScreenCapture', boolean, '9'),
  'site-settings.require-strong-password': rule('requireStrongPassword', boolean, '9'),
  'site-settings.criteria-in-force': rule(
    'passwordCriteria',
    'stay as it is unless requireStrongPassword is true',
    '9',
  ),
  'site-settings.mixed-case': rule('mixedCase', boolean, '9'),
  'site-settings.min-length': rule('minLength', smallCount, '9'),
  'site-settings.min-numeric': rule('minNumeric', smallCount, '9'),
  'site-settings.min-alpha': rule('minAlpha', smallCount, '9'),
  'site-settings.min-special': rule('minSpecial', smallCount, '9'),
  'site-settings.disallow-dynamic-web-text': rule('disallowDynamicWebText', boolean, '9'),
  'site-settings.disallow-list': rule('disallowList', boolean, '9'),
  'site-settings.disallow-values': rule('disallowValues', 'be a list of up to 100 different texts', '9'),
  'site-settings.disallow-value': rule('An item of disallowValues', 'be text of 1 to 64 characters', '9'),
} as const satisfies Record<string, Rule>;
