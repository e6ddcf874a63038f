/** What the served description shows, and what the demo organization's sites answer with. */

const telephonyConfigExample = {
  allowCallIn: true,
  allowCallBack: true,
  allowOtherTeleconf: true,
  allowTollFreeCallin: true,
  allowInternationalCallin: true,
  allowInternationalCallback: true,
  VoIP: true,
};

export const commonSettingsExample = {
  siteOptions: { allowCustomPersonalRoomURL: true },
  telephonyConfig: telephonyConfigExample,
  defaultSchedulerOptions: {
    entryAndExitTone: 'Beep' as const,
    joinTeleconfNotPress1: false,
    telephonySupport: 'WebexTeleconferencing' as const,
    tollFree: false,
    VoIP: true,
  },
  scheduleMeetingOptions: { emailReminders: true },
  securityOptions: {
    joinBeforeHost: true,
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
};

export const commonSettingsPatchExample = {
  defaultSchedulerOptions: { entryAndExitTone: 'AnnounceName' },
  securityOptions: { requireStrongPassword: true, passwordCriteria: { minLength: 8, mixedCase: true } },
};
