/** The settings of a site as the API answers with them: every group complete. */
import { type Static, Type } from 'typebox';
import {
  DefaultSchedulerOptions,
  PasswordCriteria,
  ScheduleMeetingOptions,
  SecurityGroup,
  SiteOptions,
} from '../directory/administered-settings.ts';

function allowed(description: string) {
  return Type.Boolean({ description });
}

const TelephonyConfig = Type.Object(
  {
    allowCallIn: allowed('Whether people can call in.'),
    allowCallBack: allowed('Whether meetings can call people.'),
    allowOtherTeleconf: allowed('Whether another teleconference service can be named.'),
    allowTollFreeCallin: allowed('Whether people can call in without paying.'),
    allowInternationalCallin: allowed('Whether people can call in from other countries.'),
    allowInternationalCallback: allowed('Whether meetings can call other countries.'),
    VoIP: allowed('Whether people can talk through their computers.'),
  },
  { description: 'What the site has at all. Read-only: the operator of the server decides it.' },
);

export const CompleteCommonSettings = Type.Object(
  {
    siteOptions: Type.Required(SiteOptions),
    telephonyConfig: TelephonyConfig,
    defaultSchedulerOptions: Type.Required(DefaultSchedulerOptions),
    scheduleMeetingOptions: Type.Required(ScheduleMeetingOptions),
    securityOptions: Type.Object(
      {
        ...Type.Required(Type.Object(SecurityGroup.properties)).properties,
        passwordCriteria: Type.Required(PasswordCriteria),
      },
      { description: 'Who may do what before and in a meeting.' },
    ),
  },
  { title: 'CommonSettings' },
);
export type CompleteCommonSettings = Static<typeof CompleteCommonSettings>;
