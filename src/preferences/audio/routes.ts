import type { Operation } from '../../identity/operation.ts';
import { readScopes, writeScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import { audioExample } from '../examples.ts';
import type { PreferencesParts } from '../parts.ts';
import { mountSection, patchOf } from '../section.ts';
import type { Section } from '../store.ts';
import { initialAudioOptions, updateAudioOptions } from './rules.ts';
import { AudioOptions } from './schema.ts';

export const audioSection: Section<AudioOptions> = { name: 'audio', initial: initialAudioOptions };

const getAudioOptions: Operation = {
  id: 'getAudioOptions',
  method: 'GET',
  path: '/v1/meetingPreferences/audio',
  summary: 'Get Audio Options',
  description: 'How a user is heard in meetings on a site.',
  scopes: readScopes,
  query: targetParameters,
  answer: { schema: AudioOptions, example: audioExample },
  rules: [],
};

const updateAudio: Operation = {
  id: 'updateAudioOptions',
  method: 'PUT',
  path: '/v1/meetingPreferences/audio',
  summary: 'Update Audio Options',
  description: 'Changes how a user is heard in meetings, within what the site supports.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: AudioOptions, example: audioExample },
  answer: { schema: AudioOptions, example: audioExample },
  rules: [
    'audio.type-supported',
    'audio.other-description-needed',
    'audio.global-call-in-supported',
    'audio.toll-free-supported',
    'audio.pin-sequence',
    'audio.pin-repetition',
  ],
};

export function mountAudio(parts: PreferencesParts): void {
  mountSection(parts, {
    section: audioSection,
    schema: AudioOptions,
    get: getAudioOptions,
    update: updateAudio,
    patch: patchOf(updateAudio, 'patchAudioOptions', { enabledTollFree: true }),
    change: updateAudioOptions,
  });
}
