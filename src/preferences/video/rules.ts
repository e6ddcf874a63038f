/** What video options may be (contract section 3, video). Pure. */
import { fault } from '../../errors.ts';
import { type Compatibility, readBody } from '../../request/body.ts';
import type { Judged } from '../subject.ts';
import { VideoOptions } from './schema.ts';

/** The options of somebody who never changed them. */
export function initialVideoOptions(): VideoOptions {
  return { videoDevices: [] };
}

/** `current` changed as `body` asks for; throws a 400 that lists every fault. */
export function updateVideoOptions(
  current: VideoOptions,
  body: unknown,
  _subject: Judged,
  compatibility: Compatibility,
): VideoOptions {
  const reading = readBody(VideoOptions, body, current, compatibility);
  if (reading.isSound('videoDevices')) {
    const { videoDevices } = reading.fields;
    const defaults = videoDevices.filter(({ isDefault }) => isDefault).length;
    if (videoDevices.length > 0 && defaults !== 1) {
      reading.add(fault('video.one-default', 'videoDevices', `now ${defaults} of ${videoDevices.length}`));
    }
  }
  return reading.accepted();
}
