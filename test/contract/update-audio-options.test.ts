import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertEachAccepted,
  assertEachRefused,
  assertFaults,
  assertKept,
  assertRequired,
  audio,
  onlyOwnServer,
  sectionOf,
  site3,
} from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const section = sectionOf(request, 'audio', 'john', site3);
const office = audio.officeNumber;

test('200 with the options, as GET answers them afterwards', async () => {
  const answer = await section.put(audio);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, audio);
  assert.deepEqual(await section.read(), audio);
});

test('200 for every value a field takes', async () => {
  await assertEachAccepted(section, audio, [
    ...['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none'].map((defaultAudioType) => ({
      defaultAudioType,
    })),
    { defaultAudioType: 'none', otherTeleconferenceDescription: '' },
    { enabledGlobalCallIn: false },
    { enabledTollFree: false },
    { enabledAutoConnection: true },
    { audioPin: '0909' },
    ...['', '1', '1684'].map((countryCode) => ({ officeNumber: { ...office, countryCode } })),
    ...['', '+1 (555) 010-9.9', '1'.repeat(30)].map((number) => ({ mobileNumber: { ...office, number } })),
  ]);
});

test('200 keeps the PIN when it is absent or null', async () => {
  await assertKept(section, audio, ['audioPin']);
});

test('200 ignores unknown fields, also inside of a number', async () => {
  const answer = await section.put({ ...audio, volume: 11, officeNumber: { ...office, extension: '12' } });
  assert.deepEqual(answer.body, audio);
});

test('400 names every required field that is missing', async () => {
  await assertRequired(section, audio, [
    'defaultAudioType',
    'otherTeleconferenceDescription',
    'enabledGlobalCallIn',
    'enabledTollFree',
    'enabledAutoConnection',
    'officeNumber',
    'mobileNumber',
  ]);
  assertFaults(
    await section.put({ ...audio, officeNumber: {} }),
    ...['countryCode', 'number', 'enabledCallInAuthentication', 'enabledCallMe'].map(
      (field) => ['body.required-field', `officeNumber.${field}`] as const,
    ),
  );
});

test('400 for every value a field does not take', async () => {
  await assertEachRefused(section, audio, [
    ...['', 'WebexAudio', 'other', 1].map(
      (defaultAudioType) => [{ defaultAudioType }, ['audio.default-type', 'defaultAudioType']] as const,
    ),
    [{ otherTeleconferenceDescription: 5 }, ['audio.other-description', 'otherTeleconferenceDescription']],
    [
      { defaultAudioType: 'otherTeleconferenceService', otherTeleconferenceDescription: '' },
      ['audio.other-description-needed', 'otherTeleconferenceDescription'],
    ],
    [{ enabledGlobalCallIn: 'true' }, ['audio.global-call-in', 'enabledGlobalCallIn']],
    [{ enabledTollFree: 1 }, ['audio.toll-free', 'enabledTollFree']],
    [{ enabledAutoConnection: 'no' }, ['audio.auto-connection', 'enabledAutoConnection']],
    ...[1314, '131', '13145', '13 4', ''].map(
      (audioPin) => [{ audioPin }, ['audio.pin', 'audioPin']] as const,
    ),
    ...['1234', '9876'].map((audioPin) => [{ audioPin }, ['audio.pin-sequence', 'audioPin']] as const),
    [{ audioPin: '5555' }, ['audio.pin-repetition', 'audioPin']],
    [{ officeNumber: '030 1234' }, ['audio.office-number', 'officeNumber']],
    [{ mobileNumber: [] }, ['audio.mobile-number', 'mobileNumber']],
    ...['+49', '12345', 'de', 49].map(
      (countryCode) =>
        [
          { officeNumber: { ...office, countryCode } },
          ['audio.country-code', 'officeNumber.countryCode'],
        ] as const,
    ),
    ...['12a', '1'.repeat(31), '1/2', 12].map(
      (number) => [{ mobileNumber: { ...office, number } }, ['audio.number', 'mobileNumber.number']] as const,
    ),
    [{ officeNumber: { ...office, enabledCallMe: 'x' } }, ['audio.call-me', 'officeNumber.enabledCallMe']],
    [
      { mobileNumber: { ...office, enabledCallInAuthentication: 1 } },
      ['audio.call-in-authentication', 'mobileNumber.enabledCallInAuthentication'],
    ],
  ]);
});

test('400 lists all faults at once', async () => {
  const { enabledTollFree: _, ...rest } = audio;
  const wrong = {
    ...rest,
    defaultAudioType: 'otherTeleconferenceService',
    otherTeleconferenceDescription: '',
    audioPin: '1111',
    officeNumber: { ...office, countryCode: 'x', number: 'y' },
  };
  assertFaults(
    await section.put(wrong),
    ['body.required-field', 'enabledTollFree'],
    ['audio.other-description-needed', 'otherTeleconferenceDescription'],
    ['audio.pin-repetition', 'audioPin'],
    ['audio.country-code', 'officeNumber.countryCode'],
    ['audio.number', 'officeNumber.number'],
  );
});

test('400 for what the site does not support', onlyOwnServer, async () => {
  const siteUrl = 'voip-example.webex.com';
  const settings = { audioTypes: ['voipOnly' as const], globalCallIn: false, tollFreeCallIn: false };
  await addSite(server.database!, siteUrl, settings);
  await addPerson(server.database!, 'voip', { sites: [siteUrl] });
  const restricted = sectionOf(request, 'audio', 'voip', siteUrl);
  assertFaults(
    await restricted.put(audio),
    ['audio.type-supported', 'defaultAudioType'],
    ['audio.global-call-in-supported', 'enabledGlobalCallIn'],
    ['audio.toll-free-supported', 'enabledTollFree'],
  );
  const allowed = {
    ...audio,
    defaultAudioType: 'voipOnly',
    enabledGlobalCallIn: false,
    enabledTollFree: false,
  };
  await assertEachRefused(restricted, allowed, [
    [{ defaultAudioType: 'none' }, ['audio.type-supported', 'defaultAudioType']],
    [{ enabledGlobalCallIn: true }, ['audio.global-call-in-supported', 'enabledGlobalCallIn']],
    [{ enabledTollFree: true }, ['audio.toll-free-supported', 'enabledTollFree']],
  ]);
});
