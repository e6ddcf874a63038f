import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audio, onlyOwnServer, pathOf, sectionOf, site1, site3 } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

test('200 with what was put, on this site alone', async () => {
  const section = sectionOf(request, 'audio', 'john', site3);
  const elsewhere = sectionOf(request, 'audio', 'john', site1);
  const before = await elsewhere.read();
  await section.put(audio);
  assert.deepEqual(await section.read(), audio);
  assert.deepEqual(await elsewhere.read(), before);
});

test('200 with valid defaults for somebody who never changed anything; PUT takes them as they are', async () => {
  const section = sectionOf(request, 'audio', 'brenda', site3);
  const initial = await section.read();
  assert.deepEqual(Object.keys(initial).sort(), Object.keys(audio).sort());
  assert.match(initial.audioPin, /^\d{4}$/);
  for (const number of [initial.officeNumber, initial.mobileNumber]) {
    assert.deepEqual(number, audio.mobileNumber);
  }
  assert.deepEqual((await section.put(initial)).body, initial);
  assert.deepEqual(await section.read(), initial);
});

test('200 with defaults that a restricted site supports', onlyOwnServer, async () => {
  const siteUrl = 'voip-example.webex.com';
  const settings = {
    audioTypes: ['otherTeleconferenceService' as const, 'voipOnly' as const],
    globalCallIn: false,
    tollFreeCallIn: false,
  };
  await addSite(server.database!, siteUrl, settings);
  await addPerson(server.database!, 'voip', { sites: [siteUrl] });
  const section = sectionOf(request, 'audio', 'voip', siteUrl);
  const initial = await section.read();
  assert.ok(['otherTeleconferenceService', 'voipOnly'].includes(initial.defaultAudioType));
  assert.equal(initial.enabledGlobalCallIn, false);
  assert.equal(initial.enabledTollFree, false);
  assert.deepEqual((await section.put(initial)).body, initial);
});

test('200 with the documented values for John', onlyOwnServer, async () => {
  const { body } = await request({ path: pathOf('audio'), as: 'john' });
  assert.deepEqual(body, {
    defaultAudioType: 'webexAudio',
    otherTeleconferenceDescription: 'Example Description',
    enabledGlobalCallIn: true,
    enabledTollFree: false,
    enabledAutoConnection: false,
    audioPin: '1314',
    officeNumber: {
      countryCode: '123',
      number: '123456',
      enabledCallInAuthentication: false,
      enabledCallMe: false,
    },
    mobileNumber: {
      countryCode: '1',
      number: '123456789',
      enabledCallInAuthentication: false,
      enabledCallMe: true,
    },
  });
});
