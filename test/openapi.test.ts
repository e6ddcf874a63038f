import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type RuleId, statementOf } from '../src/rules.ts';
import { clientOf } from './helpers/client.ts';
import { startServer } from './helpers/server.ts';

const request = clientOf((await startServer()).url);
const description = (await request({ path: '/openapi.json' })).body;
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(description, 'description');

interface Listed {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document
  readonly operation: any;
}

const operations: Listed[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods as object).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
);

test('the description is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(description));
  assert.deepEqual(result.errors ?? [], []);
  assert.match(description.openapi, /^3\.1\./);
});

const documented = [
  'GET /v1/meetingPreferences',
  ...['personalMeetingRoom', 'audio', 'video', 'schedulingOptions', 'sites'].flatMap((section) => [
    `GET /v1/meetingPreferences/${section}`,
    `PUT /v1/meetingPreferences/${section}`,
  ]),
  'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/insert',
  'POST /v1/meetingPreferences/schedulingOptions/delegateEmails/delete',
  'POST /v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
];

test('it has the fourteen documented operations among its own', () => {
  assert.equal(documented.length, 14);
  const names = operations.map(({ name }) => name);
  assert.deepEqual(
    documented.filter((name) => !names.includes(name)),
    [],
  );
});

for (const { name, operation } of operations) {
  test(`${name}: the examples fit their schemas`, () => {
    const success = operation.responses['200']?.content['application/json'];
    for (const content of [
      ...Object.values<{ schema: object; example: unknown }>(operation.requestBody?.content ?? {}),
      success,
    ]) {
      if (content !== undefined) assertFits(content.schema, content.example);
    }
  });

  test(`${name}: asks for scopes, and tells of the rules that a schema cannot say`, () => {
    const schemes = operation.security.map((needed: Record<string, string[]>) => Object.keys(needed).join());
    assert.deepEqual([...new Set(schemes)], ['bearer', 'oauth2']);
    for (const needed of operation.security) assert.ok((needed.bearer ?? needed.oauth2).length > 0);
    for (const { id, description: words } of operation['x-rules'])
      assert.equal(words, statementOf(id as RuleId));
  });
}

test('a reader is told what every operation and every answer is about', () => {
  const groups = description.tags.map((tag: { name: string }) => tag.name);
  for (const { name, operation } of operations) {
    assert.ok(operation.summary !== '' && operation.description !== '', name);
    assert.ok(
      operation.tags.every((tag: string) => groups.includes(tag)),
      name,
    );
    for (const parameter of operation.parameters.filter((given: { in?: string }) => given.in === 'path'))
      assert.notEqual(parameter.example, undefined, name);
  }
  for (const response of Object.values<{ content: Record<string, { schema: object; example: unknown }> }>(
    description.components.responses,
  )) {
    const { schema, example } = response.content['application/json']!;
    assertFits(schema, example);
  }
});

test('headers are described where they count', () => {
  const headersOf = (name: string): string[] => {
    const { operation } = operations.find((listed) => listed.name === name)!;
    const parameters: { $ref?: string }[] = operation.parameters;
    return parameters.flatMap(({ $ref }) =>
      $ref === undefined ? [] : [description.components.parameters[$ref.split('/').at(-1)!].name],
    );
  };
  const preferences = '/v1/meetingPreferences';
  for (const name of ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions', 'sites']) {
    assert.deepEqual(headersOf(`GET ${preferences}/${name}`), ['If-None-Match']);
    assert.deepEqual(headersOf(`PUT ${preferences}/${name}`), ['If-Match']);
  }
  assert.deepEqual(headersOf(`PATCH ${preferences}/audio`), ['If-Match']);
  assert.deepEqual(headersOf(`GET ${preferences}`), []);
  const delegates = `POST ${preferences}/schedulingOptions/delegateEmails`;
  for (const verb of ['insert', 'delete']) {
    assert.deepEqual(headersOf(`${delegates}/${verb}`), ['If-Match', 'Idempotency-Key']);
  }
  const refresh = 'POST /v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  assert.deepEqual(headersOf(refresh), ['Idempotency-Key']);
});

test('an optional field of a request may be null, a required one may not', () => {
  const schema = { $ref: 'description#/components/schemas/SchedulingOptionsRequest' };
  const valid = { enabledJoinBeforeHost: false, joinBeforeHostMinutes: 5, enabledAutoShareRecording: true };
  assert.ok(ajv.validate(schema, { ...valid, delegateEmails: null }));
  assert.ok(!ajv.validate(schema, { ...valid, joinBeforeHostMinutes: null }));
  assert.ok(!ajv.validate(schema, { ...valid, joinBeforeHostMinutes: 7 }));
});

const saidBySchemas: [string, object, boolean][] = [
  ['VideoOptionsRequest', { videoDevices: [] }, true],
  ['VideoOptionsRequest', { videoDevices: [device(true), device(false)] }, true],
  ['VideoOptionsRequest', { videoDevices: [device(true), device(true)] }, false],
  ['VideoOptionsRequest', { videoDevices: [device(false)] }, false],
  ['PersonalMeetingRoomOptionsPatch', { supportAnyoneAsCoHost: true, allowFirstUserToBeCoHost: true }, false],
  ['PersonalMeetingRoomOptionsPatch', { supportAnyoneAsCoHost: true, allowFirstUserToBeCoHost: false }, true],
  [
    'AudioOptionsPatch',
    { defaultAudioType: 'otherTeleconferenceService', otherTeleconferenceDescription: '' },
    false,
  ],
  ['AudioOptionsPatch', { defaultAudioType: 'none', otherTeleconferenceDescription: '' }, true],
];

for (const [name, value, isValid] of saidBySchemas) {
  test(`the schemas say that ${JSON.stringify(value)} is ${isValid ? 'right' : 'wrong'}`, () => {
    assert.equal(ajv.validate({ $ref: `description#/components/schemas/${name}` }, value), isValid);
  });
}

function device(isDefault: boolean): object {
  return { deviceName: 'room', deviceAddress: 'room@example.com', isDefault };
}

test('what the server answers fits what it describes', async () => {
  for (const { name, operation } of operations.filter(
    ({ name }) => name.startsWith('GET') && !name.includes('{'),
  )) {
    const answer = await request({ path: name.slice(4), as: 'admin-all' });
    assertFits(operation.responses['200'].content['application/json'].schema, answer.body);
  }
  const refusal = await request({ path: '/v1/meetingPreferences/audio' });
  assertFits({ $ref: '#/components/schemas/Error' }, refusal.body);
});

function assertFits(schema: object, value: unknown): void {
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"description#/'));
  assert.ok(ajv.validate(absolute, value), ajv.errorsText());
}
