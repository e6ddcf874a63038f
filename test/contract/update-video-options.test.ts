import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertEachAccepted,
  assertEachRefused,
  assertFaults,
  assertRequired,
  sectionOf,
  site3,
  video,
} from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const section = sectionOf(request, 'video', 'john', site3);
const device = video.videoDevices[0]!;
const other = video.videoDevices[1]!;

test('200 with the devices and nothing else, as GET answers them afterwards', async () => {
  const answer = await section.put(video);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, video);
  assert.deepEqual(await section.read(), video);
});

test('200 for no device, for one and for several with one default', async () => {
  await assertEachAccepted(section, {}, [
    { videoDevices: [] },
    { videoDevices: [device] },
    { videoDevices: [other, device, { ...other, deviceName: 'ü' }] },
  ]);
});

test('200 ignores unknown fields, also inside of a device', async () => {
  const answer = await section.put({ videoDevices: [{ ...device, model: 'X' }], resolution: '4k' });
  assert.deepEqual(answer.body, { videoDevices: [device] });
});

test('400 names every required field that is missing', async () => {
  await assertRequired(section, video, ['videoDevices']);
  assertFaults(
    await section.put({ videoDevices: [{}] }),
    ['body.required-field', 'videoDevices[0].deviceName'],
    ['body.required-field', 'videoDevices[0].deviceAddress'],
    ['body.required-field', 'videoDevices[0].isDefault'],
  );
});

test('400 for every value a field does not take', async () => {
  const one = (change: object) => ({ videoDevices: [{ ...device, ...change }] });
  await assertEachRefused(section, video, [
    ...['desk', {}, true].map(
      (videoDevices) => [{ videoDevices }, ['video.devices', 'videoDevices']] as const,
    ),
    [{ videoDevices: [device, 'desk'] }, ['video.device', 'videoDevices[1]']],
    ...['', 7].map(
      (deviceName) => [one({ deviceName }), ['video.device-name', 'videoDevices[0].deviceName']] as const,
    ),
    ...['', 'desk', 'desk@', 'a b@example.com', 7].map(
      (deviceAddress) =>
        [one({ deviceAddress }), ['video.device-address', 'videoDevices[0].deviceAddress']] as const,
    ),
    [one({ isDefault: 'true' }), ['video.is-default', 'videoDevices[0].isDefault']],
    [{ videoDevices: [other] }, ['video.one-default', 'videoDevices']],
    [{ videoDevices: [device, { ...other, isDefault: true }] }, ['video.one-default', 'videoDevices']],
  ]);
});

test('400 lists all faults at once', async () => {
  const wrong = [
    { ...device, deviceName: '' },
    { deviceName: 'x', deviceAddress: 'y', isDefault: 0 },
  ];
  assertFaults(
    await section.put({ videoDevices: wrong }),
    ['video.device-name', 'videoDevices[0].deviceName'],
    ['video.device-address', 'videoDevices[1].deviceAddress'],
    ['video.is-default', 'videoDevices[1].isDefault'],
  );
});
