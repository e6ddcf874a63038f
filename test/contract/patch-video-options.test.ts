import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, sectionOf, site3, video } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { patchOf } from '../helpers/patching.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const { put, read } = sectionOf(request, 'video', 'john', site3);
const patch = patchOf(request, 'video', 'john', site3);
const device = video.videoDevices[0]!;

test('200 replaces the whole list, as merge patches do', async () => {
  await put(video);
  for (const videoDevices of [[device], [], [{ ...device, deviceName: 'ü' }]]) {
    const answer = await patch({ videoDevices, resolution: '4k' });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.body, { videoDevices });
    assert.deepEqual(await read(), answer.body);
  }
});

test('400 for null: the list is required', async () => {
  await put(video);
  assertFaults(await patch({ videoDevices: null }), ['body.required-field', 'videoDevices']);
  assert.deepEqual(await read(), video);
});

test('400 for items that are not whole: a patch does not reach inside of a list', async () => {
  await put(video);
  assertFaults(
    await patch({ videoDevices: [{ deviceName: 'lobby' }, null] }),
    ['body.required-field', 'videoDevices[0].deviceAddress'],
    ['body.required-field', 'videoDevices[0].isDefault'],
    ['video.device', 'videoDevices[1]'],
  );
  assertFaults(await patch({ videoDevices: [{ ...device, isDefault: false }] }), [
    'video.one-default',
    'videoDevices',
  ]);
  assertFaults(await patch({ videoDevices: { 0: device } }), ['video.devices', 'videoDevices']);
  assert.deepEqual(await read(), video);
});

test('400 with an unknown field only', async () => {
  assertFaults(await patch({ resolution: '4k' }), ['body.known-field', 'The body']);
});
