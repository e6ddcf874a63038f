import { type Static, Type } from 'typebox';
import { email, flag, list, text } from '../../request/fields.ts';

const VideoDevice = Type.Object(
  {
    deviceName: text('video.device-name', 'What the device is called.', { minLength: 1 }),
    deviceAddress: email(
      'video.device-address',
      'The address of the device, in the form of an e-mail address.',
    ),
    isDefault: flag('video.is-default', 'Whether meetings call this device; exactly one does.'),
  },
  { 'x-rule': 'video.device' },
);

export const VideoOptions = Type.Object(
  {
    videoDevices: list(
      'video.devices',
      VideoDevice,
      "The host's video devices: none, or several with one default.",
      {
        'x-served': {
          anyOf: [
            { maxItems: 0 },
            { contains: { properties: { isDefault: { const: true } } }, minContains: 1, maxContains: 1 },
          ],
        },
      },
    ),
  },
  { title: 'VideoOptions' },
);

export type VideoOptions = Static<typeof VideoOptions>;
