/** What audio options may be (contract section 3, audio). Pure. */
import { typeOfSupport } from '../../directory/administered-settings.ts';
import type { SiteSettings } from '../../directory/site-settings.ts';
import { fault } from '../../errors.ts';
import { type Compatibility, type Reading, readBody } from '../../request/body.ts';
import { isRepetition, isRun } from '../pin.ts';
import type { Judged, Subject } from '../subject.ts';
import { AudioOptions } from './schema.ts';

const noNumber = { countryCode: '', number: '', enabledCallInAuthentication: false, enabledCallMe: false };

/** The options of somebody who never changed them. */
export function initialAudioOptions({ membership }: Subject): AudioOptions {
  const { settings } = membership.site;
  const defaultAudioType = initialType(settings);
  const isTollFree = settings.tollFreeCallIn && settings.defaultSchedulerOptions.tollFree === true;
  return {
    defaultAudioType,
    otherTeleconferenceDescription: '',
    enabledGlobalCallIn: false,
    enabledTollFree: isTollFree && defaultAudioType === 'webexAudio',
    enabledAutoConnection: false,
    audioPin: membership.initialPins.slice(-4),
    officeNumber: noNumber,
    mobileNumber: noNumber,
  };
}

/** What the site's administrators chose for new hosts, or else its first type. */
function initialType({
  audioTypes,
  defaultSchedulerOptions,
}: SiteSettings): AudioOptions['defaultAudioType'] {
  const { telephonySupport, VoIP } = defaultSchedulerOptions;
  // Without a description the other service would be refused: it is never the initial type.
  const usable = audioTypes.filter((type) => type !== 'otherTeleconferenceService');
  const withoutTelephone = VoIP === false ? 'none' : 'voipOnly';
  const chosen = telephonySupport === 'None' ? withoutTelephone : typeOfSupport[telephonySupport ?? 'Other'];
  return usable.find((type) => type === chosen) ?? usable[0] ?? 'none';
}

/** `current` changed as `body` asks for; throws a 400 that lists every fault. */
export function updateAudioOptions(
  current: AudioOptions,
  body: unknown,
  { membership }: Judged,
  compatibility: Compatibility,
): AudioOptions {
  const reading = readBody(AudioOptions, body, current, compatibility);
  const { fields } = reading;
  addSiteFaults(reading, current, membership.site.settings);
  const needsDescription = fields.defaultAudioType === 'otherTeleconferenceService';
  if (needsDescription && fields.otherTeleconferenceDescription === '') {
    reading.add(fault('audio.other-description-needed'));
  }
  if (reading.isSound('audioPin') && fields.audioPin !== undefined) {
    if (isRepetition(fields.audioPin)) reading.add(fault('audio.pin-repetition'));
    else if (isRun(fields.audioPin)) reading.add(fault('audio.pin-sequence'));
  }
  return reading.accepted();
}

/** What the site does not support can be kept, when it was set before, but not chosen: what GET answers, PUT accepts. */
function addSiteFaults(
  reading: Reading<AudioOptions>,
  current: AudioOptions,
  site: Judged['membership']['site']['settings'],
): void {
  const { defaultAudioType, enabledGlobalCallIn, enabledTollFree } = reading.fields;
  const isTypeChosen = reading.isSound('defaultAudioType') && defaultAudioType !== current.defaultAudioType;
  if (isTypeChosen && !site.audioTypes.includes(defaultAudioType)) {
    reading.add(fault('audio.type-supported', 'defaultAudioType', `here ${site.audioTypes.join(', ')}`));
  }
  if (enabledGlobalCallIn === true && !current.enabledGlobalCallIn && !site.globalCallIn) {
    reading.add(fault('audio.global-call-in-supported'));
  }
  if (enabledTollFree === true && !current.enabledTollFree && !site.tollFreeCallIn) {
    reading.add(fault('audio.toll-free-supported'));
  }
}
