import { type Static, Type } from 'typebox';
import { audioTypes } from '../../directory/site-settings.ts';
import { flag, text } from '../../request/fields.ts';
import type { RuleId } from '../../rules.ts';

function telephoneNumber(rule: RuleId, description: string) {
  return Type.Object(
    {
      countryCode: text('audio.country-code', 'The country code without +, or empty.', {
        pattern: '^[0-9]{0,4}$',
      }),
      number: text('audio.number', 'The number within the country; empty when there is none.', {
        pattern: '^[0-9 ().+-]{0,30}$',
      }),
      enabledCallInAuthentication: flag(
        'audio.call-in-authentication',
        'Whether a call from this number is taken for the host.',
      ),
      enabledCallMe: flag('audio.call-me', 'Whether meetings may call this number.'),
    },
    { 'x-rule': rule, description },
  );
}

export const AudioOptions = Type.Object(
  {
    // A union of literals would tell of each alternative; one enum tells of the field.
    defaultAudioType: Type.Unsafe<(typeof audioTypes)[number]>({
      type: 'string',
      enum: audioTypes,
      'x-rule': 'audio.default-type',
      description:
        'How meetings are heard unless the host chooses otherwise; the site may support only some.',
    }),
    otherTeleconferenceDescription: text(
      'audio.other-description',
      'How to join the other teleconference service; needed when that is the type.',
    ),
    enabledGlobalCallIn: flag(
      'audio.global-call-in',
      'Whether participants may call in from other countries.',
    ),
    enabledTollFree: flag('audio.toll-free', 'Whether participants may call in without paying.'),
    enabledAutoConnection: flag(
      'audio.auto-connection',
      "Whether the host's device is connected to audio on joining.",
    ),
    audioPin: Type.Optional(
      text('audio.pin', 'Four digits that prove the host on the telephone.', { pattern: '^[0-9]{4}$' }),
    ),
    officeNumber: telephoneNumber('audio.office-number', 'The telephone number at work.'),
    mobileNumber: telephoneNumber('audio.mobile-number', 'The mobile telephone number.'),
  },
  {
    title: 'AudioOptions',
    'x-served': {
      if: {
        properties: { defaultAudioType: { const: 'otherTeleconferenceService' } },
        required: ['defaultAudioType'],
      },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { otherTeleconferenceDescription: { minLength: 1 } } },
    },
  },
);

export type AudioOptions = Static<typeof AudioOptions>;
