/** What every body has to be, whatever the operation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audioExample, videoExample } from '../../src/preferences/examples.ts';
import type { RuleId } from '../../src/rules.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const database = await openDatabase();
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/video';
const audioPath = '/v1/meetingPreferences/audio';
const valid = JSON.stringify(videoExample);

function put(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return request({ method: 'PUT', path, as: 'john', body, headers });
}

async function assertBreaks(
  rule: RuleId,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const before = (await request({ path, as: 'john' })).text;
  assertRefused(await put(body, headers), status, rule);
  assert.equal((await request({ path, as: 'john' })).text, before);
}

async function assertAccepted(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const answer = await put(body, headers);
  assert.equal(answer.status, 200, answer.text);
}

test('body.needed: a write has a body', async () => {
  await assertBreaks('body.needed', 400, undefined);
  await assertBreaks('body.needed', 400, '');
  await assertBreaks('body.needed', 400, undefined, { 'content-type': 'application/json' });
  await assertAccepted(valid);
});

test('body.media-type: a body is application/json, with any charset', async () => {
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/merge-patch+json',
  ];
  for (const type of [...types, 'json', '*/*', 'multipart/form-data; boundary=x']) {
    await assertBreaks('body.media-type', 415, valid, { 'content-type': type });
  }
  for (const type of [
    'application/json',
    'Application/JSON; Charset=UTF-8',
    'application/json;charset=latin1',
  ]) {
    await assertAccepted(valid, { 'content-type': type });
  }
});

test('body.size: a body has up to 64 KiB', async () => {
  await assertBreaks('body.size', 413, valid.padEnd(65_537));
  await assertBreaks('body.size', 413, '['.repeat(200_000));
  await assertAccepted(valid.padEnd(65_536));
});

test('body.json: a body is JSON in UTF-8', async () => {
  const broken = [
    '{',
    `${valid}x`,
    valid.replaceAll('"', "'"),
    '{"a":01}',
    '{"a":NaN}',
    '[1,]',
    ' ',
    '\u0000',
    '{"a":"\t"}',
  ];
  for (const body of [...broken, valid.slice(0, -1), `${valid}${valid}`, '// x', 'undefined']) {
    await assertBreaks('body.json', 400, body);
  }
  const bytes = (text: string, ...more: number[]) => Buffer.concat([Buffer.from(text), Buffer.from(more)]);
  const name = valid.indexOf('device1') + 1;
  for (const sequence of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80]]) {
    const body = Buffer.concat([bytes(valid.slice(0, name), ...sequence), bytes(valid.slice(name))]);
    await assertBreaks('body.json', 400, body);
  }
  await assertBreaks('body.json', 400, Buffer.from(valid, 'utf16le'));
  await assertAccepted(valid.replace('device1', 'Gerät 1'));
  await assertAccepted(`\uFEFF${valid}`);
});

test('body.depth: a body has up to 32 levels', async () => {
  const nested = (levels: number) => valid.replace('{', `{"x":${'['.repeat(levels)}${']'.repeat(levels)},`);
  await assertBreaks('body.depth', 400, nested(32));
  await assertBreaks('body.depth', 400, nested(20_000));
  await assertAccepted(nested(31));
  await assertAccepted(valid.replace('device1', '['.repeat(100)));
});

test('body.duplicate-field: a field is given once in each object', async () => {
  await assertBreaks('body.duplicate-field', 400, valid.replace('{', '{"videoDevices":[],'));
  await assertBreaks('body.duplicate-field', 400, valid.replace('{', '{"x":1,"x":1,'));
  await assertBreaks('body.duplicate-field', 400, valid.replace('{', '{"__proto__":1,"__proto__":1,'));
  await assertBreaks('body.duplicate-field', 400, valid.replace('{', '{"x":1,"\\u0078":1,'));
  await assertBreaks(
    'body.duplicate-field',
    400,
    valid.replace('"isDefault":', '"isDefault":true,"isDefault":'),
  );
  await assertAccepted(valid.replace('{', '{"x":{"x":1},"X":{"x":1},'));
});

test('body.text: text is whole code points without NUL', async () => {
  for (const broken of ['\\ud800', '\\udc00', '\\ude00\\ud83d', '\\u0000', 'x\\u0000x']) {
    await assertBreaks('body.text', 400, valid.replace('device1', broken));
    await assertBreaks('body.text', 400, valid.replace('{', `{"${broken}":1,`));
    await assertBreaks('body.text', 400, valid.replace('{', `{"x":[{"y":"${broken}"}],`));
  }
  await assertAccepted(valid.replace('device1', '\\ud83d\\ude00'));
  await assertAccepted(valid.replace('device1', '\\u0001'));
});

test('body.object: a body is an object', async () => {
  for (const body of ['null', '0', 'true', '"x"', '[]', `[${valid}]`])
    await assertBreaks('body.object', 400, body);
  await assertAccepted(valid);
});

test('body.known-field: a lenient body has a field that the operation knows', async () => {
  const lenient = clientOf((await startServer({ database, compatibility: 'lenient' })).url);
  const change = (body: unknown) => lenient({ method: 'PUT', path: audioPath, as: 'john', body });
  const before = (await lenient({ path: audioPath, as: 'john' })).text;
  for (const body of [{}, { x: 1 }, { videoDevices: [] }, { AudioPin: '1357' }]) {
    assertRefused(await change(body), 400, 'body.known-field');
  }
  assert.equal((await lenient({ path: audioPath, as: 'john' })).text, before);
  const answer = await change({ audioPin: '1357' });
  assert.deepEqual(answer.body, { ...audioExample, audioPin: '1357' });
});

test('body.subject: a body does not choose whose preferences are changed', async () => {
  const change = (query: string, fields: object) =>
    request({ method: 'PUT', path: path + query, as: 'admin', body: { ...videoExample, ...fields } });
  const john = 'john.andersen@example.com';
  const site = 'site4-example.webex.com';
  const before = (await request({ path: `${path}?userEmail=${john}`, as: 'admin' })).text;
  const others: [string, object][] = [
    ['', { userEmail: john }],
    ['', { siteUrl: site }],
    ['', { userEmail: 7 }],
    ['?userEmail=brenda.song@example.com', { userEmail: john }],
    [`?userEmail=${john}`, { siteUrl: site }],
    [`?siteUrl=${site}`, { siteUrl: 'site1-example.webex.com' }],
  ];
  for (const [query, fields] of others) assertRefused(await change(query, fields), 400, 'body.subject');
  assertRefused(await change('', { userEmail: john, siteUrl: site }), 400, 'body.subject', 'body.subject');
  assert.equal((await request({ path: `${path}?userEmail=${john}`, as: 'admin' })).text, before);
  const same = await change(`?userEmail=${john}&siteUrl=${site}`, {
    userEmail: john.toUpperCase(),
    siteUrl: site,
  });
  assert.equal(same.status, 200, same.text);
  assert.equal((await change('', { userEmail: null, siteUrl: null })).status, 200);
});

test('body.document-size: a section as it is stored has up to 48 KiB of UTF-8', async () => {
  const change = (otherTeleconferenceDescription: string) => {
    const body = { ...audioExample, otherTeleconferenceDescription };
    return request({ method: 'PUT', path: audioPath, as: 'john', body });
  };
  const empty = Buffer.byteLength((await change('')).text);
  const room = 48 * 1024 - empty;
  for (const letter of ['x', 'é', '電', '\u{1F600}', '"']) {
    const size = letter === '"' ? 2 : Buffer.byteLength(letter);
    const full = letter.repeat(Math.floor(room / size));
    const answer = await change(full);
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    assertRefused(await change(full + letter), 400, 'body.document-size');
    const stored = await request({ path: audioPath, as: 'john' });
    assert.equal(stored.text, answer.text);
    assert.equal((await change(stored.body.otherTeleconferenceDescription)).status, 200);
  }
});
