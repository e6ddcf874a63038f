import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, video } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, demoUserId } from '../helpers/people.ts';
import { asAnswer, exchange, rawRequest } from '../helpers/raw.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const path = pathOf('video');

function put(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return request({ method: 'PUT', path, as: 'john', body, headers });
}

function withCommonHeaders({ headers }: Answer): void {
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.match(headers.get('trackingid') ?? '', /^ROUTERGW_[0-9a-f-]{36}$/);
  assert.equal(headers.get('link'), null);
}

test('every answer has a tracking id and says that it is neither to be kept nor guessed at', async () => {
  const answers = [
    await request({ path, as: 'john' }),
    await put(video),
    await put('{'),
    await request({ path }),
    await request({ path: pathOf('', { siteUrl: 'nowhere.example' }), as: 'john' }),
    await request({ path: '/nowhere' }),
    await request({ path, method: 'DELETE' }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 400, 401, 404, 404, 405],
  );
  for (const answer of answers) withCommonHeaders(answer);
  assert.equal(new Set(answers.map(({ headers }) => headers.get('trackingid'))).size, answers.length);
});

test('200 has no message of its own', async () => {
  for (const answer of [await request({ path: pathOf(''), as: 'john' }), await put(video)]) {
    assert.equal(answer.status, 200);
    assert.equal(answer.body.message, undefined);
  }
});

test('204 has neither body nor content type', async () => {
  const deletion = pathOf('schedulingOptions/delegateEmails/delete');
  const body = { emails: ['nobody@example.com'] };
  const answer = await request({ method: 'POST', path: deletion, as: 'john', body });
  assert.equal(answer.status, 204);
  withCommonHeaders(answer);
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) {
    assert.equal(answer.headers.get(name), null, name);
  }
});

test('a tracking id of the client comes back, when it is fit to', async () => {
  const long = 'x'.repeat(128);
  for (const trackingid of ['webex-js-sdk_1.2:3/4', '~`!#$%&()*+,;<=>?@[]^{|}', long]) {
    const answer = await request({ path: '/nowhere', headers: { TrackingID: trackingid } });
    assertRefused(answer, 404, 'request.path');
    assert.equal(answer.body.trackingId, trackingid);
  }
  for (const trackingid of ['two words', 'a"b', "a'b", `${long}x`, '', 'caf\u00e9', 'a\tb']) {
    const answer = await request({ path: '/nowhere', headers: { TrackingID: trackingid } });
    assertRefused(answer, 404, 'request.path');
    withCommonHeaders(answer);
  }
});

test('400 for a body that is not JSON in UTF-8', async () => {
  for (const body of [
    '{',
    '{"videoDevices":[]',
    "{'a':1}",
    '{"a":1,}',
    'undefined',
    ' ',
    '[]x',
    '{"a":01}',
  ]) {
    assertRefused(await put(body), 400, 'body.json');
  }
  for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
    const name = Buffer.from(bytes);
    const body = Buffer.concat([Buffer.from('{"videoDevices":[],"x":"'), name, Buffer.from('"}')]);
    assertRefused(await put(new Uint8Array(body)), 400, 'body.json');
  }
  const utf16 = new Uint8Array(Buffer.from(JSON.stringify(video), 'utf16le'));
  assertRefused(await put(utf16, { 'content-type': 'application/json;charset=utf-16' }), 400, 'body.json');
});

test('400 for a body that is missing or no object', async () => {
  assertRefused(await request({ method: 'PUT', path, as: 'john' }), 400, 'body.needed');
  assertRefused(await put(''), 400, 'body.needed');
  for (const body of ['null', '[]', '"text"', '5', 'true'])
    assertRefused(await put(body), 400, 'body.object');
});

test('400 for a field given twice, however it is spelled and however deep', async () => {
  for (const body of [
    '{"videoDevices":[],"videoDevices":[]}',
    '{"videoDevices":[],"video\\u0044evices":[]}',
    '{"videoDevices":[],"x":{"a":[{"b":1,"b":2}]}}',
  ]) {
    assertRefused(await put(body), 400, 'body.duplicate-field');
  }
  assert.equal((await put('{"videoDevices":[],"x":"a:b","y":"\\":"}')).status, 200);
});

test('400 for more than 32 levels, 200 for 32', async () => {
  const nested = (levels: number) =>
    `{"videoDevices":[],"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  assert.equal((await put(nested(32))).status, 200);
  assertRefused(await put(nested(33)), 400, 'body.depth');
  assertRefused(await put(nested(20_000)), 400, 'body.depth');
});

test('400 for half a surrogate pair and for NUL, in a value as in a name', async () => {
  for (const text of ['\\ud83d', '\\ude00', '\\ude00\\ud83d', '\\u0000', 'a\\u0000b']) {
    assertRefused(await put(`{"videoDevices":[],"x":"${text}"}`), 400, 'body.text');
    assertRefused(await put(`{"videoDevices":[],"${text}":1}`), 400, 'body.text');
  }
  assert.equal((await put('{"videoDevices":[],"x":"\\ud83d\\ude00 \\\\u0000"}')).status, 200);
});

test('401 with a challenge that tells a missing token from one that is not valid', async () => {
  const as = (authorization?: string): Promise<Answer> =>
    request({ path, headers: authorization === undefined ? {} : { authorization } });
  for (const authorization of [
    undefined,
    '',
    'Basic am9objpqb2hu',
    'anteroom-dev-john',
    'Token anteroom-dev-john',
  ]) {
    const answer = await as(authorization);
    assertRefused(answer, 401, 'token.missing');
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer\b(?!.*error=)/);
  }
  for (const token of ['nobody', 'anteroom-dev-john=', 'anteroom-dev-john x', 'a"b', '', "' or '1'='1"]) {
    const answer = await as(`Bearer ${token}`);
    assertRefused(answer, 401, 'token.valid');
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer\b.*error="invalid_token"/);
  }
  assertRefused(await request({ path: `${path}?access_token=anteroom-dev-john` }), 401, 'token.missing');
});

test('401 for a token that has expired or was revoked', onlyOwnServer, async () => {
  const john = demoUserId('john.andersen@example.com');
  await addToken(server.database!, john, 'expired', { expires: '2026-01-01T00:00:00.000Z' });
  await addToken(server.database!, john, 'revoked', { revoked: true });
  await addToken(server.database!, john, 'lasting', { expires: '2999-01-01T00:00:00.000Z' });
  for (const as of ['expired', 'revoked']) assertRefused(await request({ path, as }), 401, 'token.valid');
  assert.equal((await request({ path, as: 'lasting' })).status, 200);
});

test('403 with a challenge that names the scope', async () => {
  const answer = await request({ method: 'PUT', path, as: 'john-read', body: video });
  assertRefused(answer, 403, 'token.scope');
  const challenge = answer.headers.get('www-authenticate') ?? '';
  assert.match(challenge, /^Bearer\b.*error="insufficient_scope".*scope="meeting:preferences_write"/);
  assert.match(answer.body.message, /meeting:preferences_write.*meeting:admin_preferences_write/);
});

test('403 says that the preferences are those of somebody else', async () => {
  const answer = await request({ path: pathOf('video', { userEmail: 'x@example.com' }), as: 'john' });
  assertRefused(answer, 403, 'subject.own');
  assert.match(answer.body.message, /someone else/);
});

test('404 for a path that is not there, with or without a token or a body', async () => {
  for (const missing of [
    '/nowhere',
    '/v1',
    '/v1/meetingPreferences/fax',
    '/v2/meetingPreferences',
    `${path}/x`,
  ]) {
    assertRefused(await request({ path: missing }), 404, 'request.path');
    for (const body of ['{', 'x'.repeat(70_000)]) {
      assertRefused(await request({ method: 'POST', path: missing, as: 'john', body }), 404, 'request.path');
    }
  }
});

test('405 with the methods of the path, whatever the body', async () => {
  const allowed = {
    [pathOf('')]: ['GET', 'HEAD'],
    [path]: ['GET', 'HEAD', 'PATCH', 'PUT'],
    [pathOf('schedulingOptions/delegateEmails/insert')]: ['POST'],
    '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId': ['POST'],
    '/v1/meetings/0/globalCallinNumbers': ['GET', 'HEAD'],
  };
  for (const [known, methods] of Object.entries(allowed)) {
    for (const method of ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
      if (methods.includes(method)) continue;
      const lines = [`${method} ${known}/?x=1 HTTP/1.1`, 'Host: x', 'Content-Type: application/json'];
      const answer = asAnswer(await rawRequest(server.url, lines, '{'));
      assertRefused(answer, 405, 'request.method');
      assert.deepEqual(answer.headers.get('allow')?.split(', '), methods);
    }
  }
});

test('413 for more than 64 KiB, 200 for exactly as much; chunks count the same', async () => {
  const frame = '{"videoDevices":[],"x":""}'.length;
  const body = (length: number) => `{"videoDevices":[],"x":"${'x'.repeat(length - frame)}"}`;
  assert.equal((await put(body(65_536))).status, 200);
  assertRefused(await put(body(65_537)), 413, 'body.size');
  const head = `PUT ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anteroom-dev-john\r\nConnection: close\r\n`;
  const chunked = `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${(70_000).toString(16)}\r\n`;
  const [answer] = await exchange(server.url, `${head}${chunked}${body(70_000)}\r\n0\r\n\r\n`);
  assertRefused(asAnswer(answer!), 413, 'body.size');
});

test('415 for a body of another kind or of none', async () => {
  const kinds = [
    'text/plain',
    'text/json',
    'application/jsonp',
    'application/merge-patch+json',
    'nonsense',
    '',
  ];
  for (const kind of [...kinds, 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    assertRefused(await put(video, { 'content-type': kind }), 415, 'body.media-type');
  }
  const lines = [`PUT ${path} HTTP/1.1`, 'Host: x', 'Authorization: Bearer anteroom-dev-john'];
  const answer = asAnswer(await rawRequest(server.url, lines, JSON.stringify(video)));
  assertRefused(answer, 415, 'body.media-type');
});
