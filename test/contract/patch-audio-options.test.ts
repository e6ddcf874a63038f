import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertFaults, audio, pathOf, sectionOf, site3 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { patchOf } from '../helpers/patching.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const { put, read } = sectionOf(request, 'audio', 'john', site3);
const patch = patchOf(request, 'audio', 'john', site3);

async function assertPatched(change: object, expected: object): Promise<void> {
  assert.equal((await put(audio)).status, 200);
  const answer = await patch(change);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.body, { ...audio, ...expected });
  assert.deepEqual(await read(), answer.body);
}

test('200 with only the given field changed', async () => {
  await assertPatched({ enabledTollFree: false }, { enabledTollFree: false });
  await assertPatched({ audioPin: '0909' }, { audioPin: '0909' });
  await assertPatched(
    { otherTeleconferenceDescription: '', volume: 11 },
    { otherTeleconferenceDescription: '' },
  );
});

test('200 changes single fields of a telephone number', async () => {
  await assertPatched(
    { officeNumber: { number: '99', extension: '12' }, mobileNumber: { countryCode: '1' } },
    {
      officeNumber: { ...audio.officeNumber, number: '99' },
      mobileNumber: { ...audio.mobileNumber, countryCode: '1' },
    },
  );
  await assertPatched({ officeNumber: {} }, {});
});

test('200 gives the first PIN back for null', async () => {
  const as = 'brenda';
  const path = pathOf('audio');
  const first = (await request({ path, as })).body;
  await request({ method: 'PUT', path, as, body: { ...audio, audioPin: '0909' } });
  const answer = await request({ method: 'PATCH', path, as, body: { audioPin: null } });
  assert.deepEqual(answer.body, { ...audio, audioPin: first.audioPin });
});

test('400 for null in a required field, also inside of a number', async () => {
  await put(audio);
  assertFaults(
    await patch({
      enabledTollFree: null,
      officeNumber: { number: null, enabledCallMe: null },
      mobileNumber: null,
    }),
    ['body.required-field', 'enabledTollFree'],
    ['body.required-field', 'officeNumber.number'],
    ['body.required-field', 'officeNumber.enabledCallMe'],
    ['body.required-field', 'mobileNumber'],
  );
  assert.deepEqual(await read(), audio);
});

test('400 lists all faults of what the patch makes, as PUT does', async () => {
  await put({ ...audio, otherTeleconferenceDescription: '' });
  const before = await read();
  assertFaults(
    await patch({
      defaultAudioType: 'otherTeleconferenceService',
      audioPin: '1111',
      enabledTollFree: 'no',
      officeNumber: { countryCode: 'x', number: 'y' },
    }),
    ['audio.other-description-needed', 'otherTeleconferenceDescription'],
    ['audio.pin-repetition', 'audioPin'],
    ['audio.toll-free', 'enabledTollFree'],
    ['audio.country-code', 'officeNumber.countryCode'],
    ['audio.number', 'officeNumber.number'],
  );
  assertFaults(await patch({ officeNumber: '030 1234' }), ['audio.office-number', 'officeNumber']);
  assert.deepEqual(await read(), before);
});

test('400 without any field of the section, or without an object', async () => {
  for (const body of [{}, { volume: 11 }, { volume: null }, { __proto__: null, constructor: null }]) {
    assertFaults(await patch(body), ['body.known-field', 'The body']);
  }
  for (const body of [[], 'null', '5']) assertRefused(await patch(body), 400, 'body.object');
  assertRefused(await request({ method: 'PATCH', path: pathOf('audio'), as: 'john' }), 400, 'body.needed');
});

test('200 passes over names that JavaScript treats in its own way', async () => {
  assert.equal((await put(audio)).status, 200);
  const odd = '{"enabledTollFree":false,"__proto__":null,"constructor":{"prototype":{"audioPin":"0909"}}}';
  const answer = await patch(odd);
  assert.deepEqual(answer.body, { ...audio, enabledTollFree: false });
  const inside = await patch('{"officeNumber":{"__proto__":{"number":"1"}}}');
  assert.deepEqual(inside.body, { ...audio, enabledTollFree: false });
});
