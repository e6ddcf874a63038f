import type { Operation } from '../../identity/operation.ts';
import { readScopes, writeScopes } from '../../identity/scopes.ts';
import { targetParameters } from '../../request/target.ts';
import { videoExample } from '../examples.ts';
import type { PreferencesParts } from '../parts.ts';
import { mountSection, patchOf } from '../section.ts';
import type { Section } from '../store.ts';
import { initialVideoOptions, updateVideoOptions } from './rules.ts';
import { VideoOptions } from './schema.ts';

export const videoSection: Section<VideoOptions> = { name: 'video', initial: initialVideoOptions };

const getVideoOptions: Operation = {
  id: 'getVideoOptions',
  method: 'GET',
  path: '/v1/meetingPreferences/video',
  summary: 'Get Video Options',
  description: 'The video devices of a user on a site.',
  scopes: readScopes,
  query: targetParameters,
  answer: { schema: VideoOptions, example: videoExample },
  rules: [],
};

const updateVideo: Operation = {
  id: 'updateVideoOptions',
  method: 'PUT',
  path: '/v1/meetingPreferences/video',
  summary: 'Update Video Options',
  description: 'Replaces the video devices of a user on a site.',
  scopes: writeScopes,
  query: targetParameters,
  body: { schema: VideoOptions, example: videoExample },
  answer: { schema: VideoOptions, example: videoExample },
  rules: ['video.one-default'],
};

export function mountVideo(parts: PreferencesParts): void {
  mountSection(parts, {
    section: videoSection,
    schema: VideoOptions,
    get: getVideoOptions,
    update: updateVideo,
    patch: patchOf(updateVideo, 'patchVideoOptions', { videoDevices: [] }),
    change: updateVideoOptions,
  });
}
