import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audioExample } from '../../src/preferences/examples.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { each, given, notBooleans, notObjects, notTexts, ruleTests } from '../helpers/section-rules.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite, setStrictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/audio';
const rule = ruleTests(request, path, audioExample);
const strict = ruleTests(request, path, {
  ...audioExample,
  defaultAudioType: 'voipOnly',
  enabledGlobalCallIn: false,
  enabledTollFree: false,
});

rule('audio.default-type: is one of four', {
  refused: each('defaultAudioType', [
    ...notTexts,
    '',
    'webexaudio',
    'None',
    'voipOnly ',
    'other',
    'toString',
  ]),
  accepted: each('defaultAudioType', ['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none']),
});
strict('audio.type-supported: is one that the site has', {
  refused: each('defaultAudioType', ['webexAudio']),
  accepted: each('defaultAudioType', ['voipOnly', 'otherTeleconferenceService', 'none']),
  as: 'rita',
});

rule('audio.other-description: is text', {
  refused: each('otherTeleconferenceDescription', notTexts),
  accepted: each('otherTeleconferenceDescription', ['', 'Call 1-800', '電話']),
});
rule('audio.other-description-needed: belongs to the other service', {
  refused: [{ defaultAudioType: 'otherTeleconferenceService', otherTeleconferenceDescription: '' }],
  accepted: [
    { defaultAudioType: 'otherTeleconferenceService', otherTeleconferenceDescription: 'x' },
    ...each('defaultAudioType', ['webexAudio', 'voipOnly', 'none']).map((type) => ({
      ...type,
      otherTeleconferenceDescription: '',
    })),
  ],
});

rule('audio.global-call-in: is a boolean', {
  refused: each('enabledGlobalCallIn', notBooleans),
  accepted: each('enabledGlobalCallIn', [true, false]),
});
strict('audio.global-call-in-supported: is off where the site has none', {
  refused: each('enabledGlobalCallIn', [true]),
  accepted: each('enabledGlobalCallIn', [false]),
  as: 'rita',
});
rule('audio.toll-free: is a boolean', {
  refused: each('enabledTollFree', notBooleans),
  accepted: each('enabledTollFree', [true, false]),
});
strict('audio.toll-free-supported: is off where the site has none', {
  refused: each('enabledTollFree', [true]),
  accepted: each('enabledTollFree', [false]),
  as: 'rita',
});
rule('audio.auto-connection: is a boolean', {
  refused: each('enabledAutoConnection', notBooleans),
  accepted: each('enabledAutoConnection', [true, false]),
});

rule('audio.pin: is four digits as text, whatever the site says of host PINs', {
  refused: each('audioPin', [...given(notTexts), '', '131', '13145', '1 14', '-314', '1314 ', '１３１４']),
  accepted: each('audioPin', ['1314', '0014']),
});
strict('audio.pin: is four digits on a site with longer host PINs', {
  refused: each('audioPin', ['131452']),
  accepted: each('audioPin', ['1314']),
  as: 'rita',
});
rule('audio.pin-sequence: is no run', {
  refused: each('audioPin', ['0123', '1234', '6789', '9876', '4321', '3210']),
  accepted: each('audioPin', ['0124', '1243', '8901', '2468']),
});
rule('audio.pin-repetition: is not one digit only', {
  refused: each(
    'audioPin',
    [...'0123456789'].map((digit) => digit.repeat(4)),
  ),
  accepted: each('audioPin', ['0001', '1000', '7787']),
});

rule('audio.office-number: is an object', {
  refused: each('officeNumber', notObjects),
  accepted: each('officeNumber', [audioExample.officeNumber]),
});
rule('audio.mobile-number: is an object', {
  refused: each('mobileNumber', notObjects),
  accepted: each('mobileNumber', [audioExample.mobileNumber]),
});

/** The same part of both numbers, one after the other. */
function inNumbers(part: string, values: readonly unknown[]) {
  return (['officeNumber', 'mobileNumber'] as const).flatMap((field) =>
    values.map((value) => ({ [field]: { ...audioExample[field], [part]: value } })),
  );
}

rule('audio.country-code: is up to four digits', {
  refused: inNumbers('countryCode', [...notTexts, '12345', '+1', ' ', '1 ', 'de', '１']),
  accepted: inNumbers('countryCode', ['', '1', '49', '353', '1264']),
});
rule('audio.number: is up to thirty telephone characters', {
  refused: inNumbers('number', [...notTexts, '1'.repeat(31), '12a', '12/34', '1,2', '1\t2', '#31', '12\n']),
  accepted: inNumbers('number', ['', '0', '1'.repeat(30), '+49 (0) 89-12.34']),
});
rule('audio.call-in-authentication: is a boolean', {
  refused: inNumbers('enabledCallInAuthentication', notBooleans),
  accepted: inNumbers('enabledCallInAuthentication', [true, false]),
});
rule('audio.call-me: is a boolean', {
  refused: inNumbers('enabledCallMe', notBooleans),
  accepted: inNumbers('enabledCallMe', [true, false]),
});

test('each kind of call-in depends on its own setting of the site', async () => {
  const other = await openDatabase();
  await addStrictSite(other);
  await setStrictSite(other, { globalCallIn: true });
  const ask = clientOf((await startServer({ database: other })).url);
  const put = (fields: object) =>
    ask({ method: 'PUT', path, as: 'rita', body: { ...audioExample, defaultAudioType: 'none', ...fields } });
  assert.equal((await put({ enabledGlobalCallIn: true })).status, 200);
  assertRefused(await put({ enabledTollFree: true }), 400, 'audio.toll-free-supported');
});

test('several broken rules are told in one answer, each at its field', async () => {
  const officeNumber = { ...audioExample.officeNumber, countryCode: 'x', number: 'y' };
  const body = { ...audioExample, defaultAudioType: 'none ', audioPin: '1111', officeNumber };
  const answer = await request({ method: 'PUT', path, as: 'john', body });
  assertRefused(
    answer,
    400,
    'audio.default-type',
    'audio.country-code',
    'audio.number',
    'audio.pin-repetition',
  );
  const fields = answer.body.errors.map(
    ({ description }: { description: string }) => description.split(' ')[0],
  );
  assert.deepEqual(fields.sort(), [
    'audioPin',
    'defaultAudioType',
    'officeNumber.countryCode',
    'officeNumber.number',
  ]);
});
