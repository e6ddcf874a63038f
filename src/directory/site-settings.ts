/** What a site decides for everyone on it. */
import { type Static, Type } from 'typebox';
import { merge } from '../platform/merge.ts';
import {
  DefaultSchedulerOptions,
  ScheduleMeetingOptions,
  SecurityOptions,
  SiteOptions,
} from './administered-settings.ts';

/** All ways there are to be heard in a meeting; a site supports some of them, or all. */
export const audioTypes = ['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none'] as const;

export const CallInNumber = Type.Object(
  {
    label: Type.String({ minLength: 1, description: 'What the number is, for people.' }),
    callInNumber: Type.String({
      pattern: '^\\+[0-9 ()-]{3,30}$',
      description: 'The number, with + and country code.',
    }),
    tollType: Type.Enum(['toll', 'tollFree'], { description: 'Whether the caller pays.' }),
  },
  { title: 'CallInNumber' },
);

export const SiteSettings = Type.Object(
  {
    hostPinLength: Type.Integer({
      minimum: 4,
      maximum: 12,
      default: 4,
      description: 'Digits of a host PIN.',
    }),
    audioTypes: Type.Array(Type.Enum([...audioTypes]), {
      minItems: 1,
      uniqueItems: true,
      default: [...audioTypes],
      description: 'The audio types a host may choose; the first is the initial one.',
    }),
    globalCallIn: Type.Boolean({ default: true, description: 'Whether the site has international call-in.' }),
    tollFreeCallIn: Type.Boolean({ default: true, description: 'Whether the site has toll-free call-in.' }),
    callBack: Type.Boolean({
      default: true,
      description: 'Whether meetings may call the telephones of people.',
    }),
    globalCallBack: Type.Boolean({
      default: true,
      description: 'Whether meetings may call telephones in other countries.',
    }),
    joinBeforeHost: Type.Boolean({
      default: true,
      description: 'Whether joining before the host has effect.',
    }),
    callInNumbers: Type.Array(CallInNumber, { default: [], description: 'Numbers to call in to a meeting.' }),
    dialInIpAddress: Type.String({
      default: '',
      description: 'Address for video systems; empty when there is none.',
    }),
    sipDomain: Type.String({
      default: '',
      description: "Domain of the personal rooms' SIP addresses; empty for the site URL itself.",
    }),
    roomIdRule: Type.Object(
      {
        prefix: Type.String({ pattern: '^[A-Za-z0-9._-]{0,16}$', default: 'pr' }),
        siteLetters: Type.Integer({ minimum: 0, maximum: 16, default: 4 }),
        digits: Type.Integer({ minimum: 6, maximum: 16, default: 8 }),
      },
      {
        default: { prefix: 'pr', siteLetters: 4, digits: 8 },
        description:
          'How ids are made for personal rooms: a prefix, letters of the site in upper case, random digits.',
      },
    ),
    siteOptions: SiteOptions,
    defaultSchedulerOptions: DefaultSchedulerOptions,
    scheduleMeetingOptions: ScheduleMeetingOptions,
    securityOptions: SecurityOptions,
  },
  { title: 'SiteSettings' },
);

export type SiteSettings = Static<typeof SiteSettings>;

const defaults = Object.fromEntries(
  Object.entries(SiteSettings.properties).map(([name, schema]) => [
    name,
    (schema as { default?: unknown }).default,
  ]),
) as SiteSettings;

/** Settings with every missing one at its default, in the groups as well. */
export function withDefaults(settings: Partial<SiteSettings>): SiteSettings {
  return merge(defaults, settings) as SiteSettings;
}

/** `stored` with those of `given` in their place; the fields of a group that are not given stay. */
export function mergedSettings(
  stored: Partial<SiteSettings> | undefined,
  given: Partial<SiteSettings>,
): Partial<SiteSettings> {
  return merge(stored, given) as Partial<SiteSettings>;
}
