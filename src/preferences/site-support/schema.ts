import { type Static, Type } from 'typebox';
import { SiteSettings } from '../../directory/site-settings.ts';

const { hostPinLength, audioTypes, globalCallIn, tollFreeCallIn, joinBeforeHost } = SiteSettings.properties;

/** As much of the settings of a site as concerns the people on it: what the rules of their preferences ask about. */
export const SiteSupport = Type.Object(
  {
    siteUrl: Type.String({ description: 'The site, as a bare host name.' }),
    hostPinLength,
    audioTypes,
    globalCallIn,
    tollFreeCallIn,
    joinBeforeHost,
  },
  { title: 'SiteSupport' },
);
export type SiteSupport = Static<typeof SiteSupport>;
