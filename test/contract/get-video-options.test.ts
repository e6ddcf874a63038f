import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, sectionOf, site1, site3, video } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);

test('200 with what was put, in its order, on this site alone', async () => {
  const section = sectionOf(request, 'video', 'john', site3);
  const elsewhere = sectionOf(request, 'video', 'john', site1);
  const before = await elsewhere.read();
  await section.put(video);
  assert.deepEqual(await section.read(), video);
  assert.deepEqual(await elsewhere.read(), before);
});

test('200 with no devices for somebody who never changed anything; PUT takes that as it is', async () => {
  const section = sectionOf(request, 'video', 'brenda', site3);
  assert.deepEqual(await section.read(), { videoDevices: [] });
  assert.deepEqual((await section.put({ videoDevices: [] })).body, { videoDevices: [] });
  assert.deepEqual(await section.read(), { videoDevices: [] });
});

test('200 with the documented values for John', onlyOwnServer, async () => {
  const { body } = await request({ path: pathOf('video'), as: 'john' });
  assert.deepEqual(body, {
    videoDevices: [
      { deviceName: 'device1', deviceAddress: 'device1@example.com', isDefault: false },
      { deviceName: 'device2', deviceAddress: 'device2@example.com', isDefault: true },
    ],
  });
});
