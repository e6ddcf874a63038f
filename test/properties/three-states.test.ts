/** Every field that can be updated: with a value, with null and absent, for exact and for lenient clients. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AudioOptions } from '../../src/preferences/audio/schema.ts';
import * as examples from '../../src/preferences/examples.ts';
import { PersonalMeetingRoomOptions } from '../../src/preferences/personal-meeting-room/schema.ts';
import { SchedulingOptions } from '../../src/preferences/scheduling-options/schema.ts';
import { VideoOptions } from '../../src/preferences/video/schema.ts';
import { assertRefused } from '../helpers/client.ts';
import { injectClientOf } from '../helpers/inject.ts';
import type { Fields } from '../helpers/random-bodies.ts';
import { openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
const modes = {
  documented: injectClientOf(database),
  lenient: injectClientOf(database, { compatibility: 'lenient' }),
};

interface States {
  readonly path: string;
  readonly schema: Fields;
  readonly valid: Fields;
  /** Each field by its path, with a value that `valid` does not have. */
  readonly required: Fields;
  readonly optional: Fields;
}

const number = (holder: string): Fields => ({
  [`${holder}.countryCode`]: '49',
  [`${holder}.number`]: '030 1234',
  [`${holder}.enabledCallInAuthentication`]: true,
  [`${holder}.enabledCallMe`]: holder === 'officeNumber',
});

const sections: readonly States[] = [
  {
    path: '/v1/meetingPreferences/personalMeetingRoom',
    schema: PersonalMeetingRoomOptions.properties,
    valid: examples.personalMeetingRoomExample,
    required: {
      topic: 'Another topic',
      hostPin: '5236',
      enabledAutoLock: true,
      autoLockMinutes: 20,
      enabledNotifyHost: false,
      supportCoHost: false,
      coHosts: [],
    },
    optional: {
      supportAnyoneAsCoHost: true,
      allowFirstUserToBeCoHost: true,
      allowAuthenticatedDevices: true,
    },
  },
  {
    path: '/v1/meetingPreferences/audio',
    schema: AudioOptions.properties,
    valid: examples.audioExample,
    required: {
      defaultAudioType: 'voipOnly',
      otherTeleconferenceDescription: 'Another description',
      enabledGlobalCallIn: false,
      enabledTollFree: true,
      enabledAutoConnection: true,
      officeNumber: { ...examples.audioExample.officeNumber, number: '7' },
      mobileNumber: { ...examples.audioExample.mobileNumber, number: '7' },
      ...number('officeNumber'),
      ...number('mobileNumber'),
    },
    optional: { audioPin: '5236' },
  },
  {
    path: '/v1/meetingPreferences/video',
    schema: VideoOptions.properties,
    valid: examples.videoExample,
    required: { videoDevices: [] },
    optional: {},
  },
  {
    path: '/v1/meetingPreferences/schedulingOptions',
    schema: SchedulingOptions.properties,
    valid: examples.schedulingOptionsExample,
    required: {
      enabledJoinBeforeHost: true,
      joinBeforeHostMinutes: 15,
      enabledAutoShareRecording: true,
    },
    optional: { enabledWebexAssistantByDefault: true, delegateEmails: ['ann@example.com'] },
  },
];

/** `fields` with this value at a path such as `officeNumber.number`; without that field when it is undefined. */
function withField(fields: Fields, path: string, value: unknown): Fields {
  const [name = '', inner] = path.split('.');
  const own = inner === undefined ? value : { ...(fields[name] as Fields), [inner]: value };
  return JSON.parse(JSON.stringify({ ...fields, [name]: own })) as Fields;
}

function fieldOf(fields: Fields, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Fields)[name], fields);
}

for (const [mode, request] of Object.entries(modes)) {
  for (const { path, valid, required, optional } of sections) {
    const put = (body: Fields) => request({ method: 'PUT', path, as: 'john', body });
    for (const [field, value] of Object.entries({ ...required, ...optional })) {
      const mayKeep = mode === 'lenient' || Object.hasOwn(optional, field);

      test(`${mode}: ${field} takes a value, and ${mayKeep ? 'keeps it' : 'needs one'}`, async () => {
        assert.notDeepEqual(fieldOf(valid, field), value);
        const changed = await put(withField(valid, field, value));
        assert.equal(changed.status, 200, changed.text);
        assert.deepEqual(fieldOf(changed.body, field), value);
        for (const state of [null, undefined]) {
          const body = withField(valid, field, state);
          const answer = await put(body);
          if (Object.keys(body).length === 0 && mayKeep) assertRefused(answer, 400, 'body.known-field');
          else if (mayKeep) assert.equal(answer.status, 200, answer.text);
          else if (state === undefined) assertRefused(answer, 400, 'body.required-field');
          else assertRefused(answer, 400);
          if (!mayKeep) assert.match(answer.body.message, new RegExp(`^${field} (must|is missing)`));
          const stored = await request({ path, as: 'john' });
          assert.equal(stored.text, changed.text);
        }
      });
    }
  }
}

for (const { path, schema, required, optional } of sections) {
  test(`all fields of ${path} stand in the table`, () => {
    const listed = [...Object.keys(required), ...Object.keys(optional)];
    const inner = (name: string) => Object.keys((schema[name] as { properties?: Fields }).properties ?? {});
    const names = Object.keys(schema).flatMap((name) => [
      name,
      ...inner(name).map((part) => `${name}.${part}`),
    ]);
    assert.deepEqual(listed.sort(), names.sort());
  });
}

/** The fields of a section whose value is of this type. */
function fieldsOf({ required, optional }: States, type: 'boolean' | 'number'): [string, unknown][] {
  return Object.entries({ ...required, ...optional }).filter(([, value]) => typeof value === type);
}

for (const section of sections) {
  const { path, valid } = section;
  test(`lenient: booleans and numbers of ${path} may come as text, within their rules`, async () => {
    const put = (mode: keyof typeof modes, body: Fields) =>
      modes[mode]({ method: 'PUT', path, as: 'john', body });
    for (const type of ['boolean', 'number'] as const) {
      for (const [field, value] of fieldsOf(section, type)) {
        const asText = withField(valid, field, String(value));
        const answer = await put('lenient', asText);
        assert.equal(answer.status, 200, answer.text);
        assert.strictEqual(fieldOf(answer.body, field), value);
        assertRefused(await put('documented', asText), 400);
        for (const bad of type === 'boolean' ? ['1', 'yes', ' true', ''] : ['7', '1e1', ' 10', '0x0', '']) {
          assertRefused(await put('lenient', withField(valid, field, bad)), 400);
        }
        assert.equal((await modes.lenient({ path, as: 'john' })).text, answer.text);
      }
    }
  });
}
