/** Bytes that two programs might read as different requests: refused, or read as one request and no other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { asAnswer, exchange, type RawAnswer } from '../helpers/raw.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer({ headersTimeoutMs: 400, requestTimeoutMs: 800, keepAliveTimeoutMs: 400 });
const path = '/v1/meetingPreferences/video';
const token = 'Authorization: Bearer anteroom-dev-john';
const kind = 'Content-Type: application/json';
const body = '{"videoDevices":[]}';
/** Hidden in a body or behind a trick: it must never be answered as a request of its own beside the outer one. */
const smuggled = `GET ${path} HTTP/1.1\r\nHost: x\r\n${token}\r\nTrackingID: smuggled\r\n\r\n`;
/** Sent by an honest client on the same connection afterwards. */
const after = `GET ${path} HTTP/1.1\r\nHost: x\r\n${token}\r\nTrackingID: after\r\nConnection: close\r\n\r\n`;

const put = (headers: readonly string[], rest: string): string =>
  [`PUT ${path} HTTP/1.1`, 'Host: x', token, kind, ...headers, '', rest].join('\r\n');
const chunked = 'Transfer-Encoding: chunked';
const whole = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const length = `Content-Length: ${body.length}`;
const get = (line: string, ...headers: string[]): string =>
  [line, 'Host: x', token, ...headers, '', ''].join('\r\n');

/** Which length holds: nobody may have to guess. */
const lengths: Record<string, string> = {
  'two lengths that differ': put([length, 'Content-Length: 0'], body + smuggled),
  'two lengths that are the same': put([length, length], body),
  'a list of lengths': put([`Content-Length: ${body.length}, 0`], body + smuggled),
  'the same length in a list': put([`Content-Length: ${body.length}, ${body.length}`], body),
  'a length with a sign': put([`Content-Length: +${body.length}`], body),
  'a negative length': put(['Content-Length: -1'], body),
  'a length in hexadecimal': put(['Content-Length: 0x13'], body),
  'a length that is no number': put(['Content-Length: 1e1'], body),
  'a length beyond all numbers': put([`Content-Length: ${'9'.repeat(40)}`], body),
  'a length with a space inside': put(['Content-Length: 1 9'], body),
  'an empty length': put(['Content-Length: '], body + smuggled),
  'length and chunks': put([length, chunked], `0\r\n\r\n${smuggled}`),
  'chunks and length': put([chunked, length], `0\r\n\r\n${smuggled}`),
};

const encodings: Record<string, string> = {
  'chunked twice': put([chunked, chunked], whole),
  'chunked and identity': put(['Transfer-Encoding: chunked, identity'], whole),
  'identity alone': put(['Transfer-Encoding: identity'], whole),
  'another name of chunked': put(['Transfer-Encoding: xchunked'], whole),
  'chunked in quotes': put(['Transfer-Encoding: "chunked"'], whole),
  'chunked with a vertical tab': put(['Transfer-Encoding: \x0bchunked'], whole),
  'a space before the colon': put(['Transfer-Encoding : chunked', length], whole),
  'a folded line': put(['Transfer-Encoding:\r\n chunked', length], whole),
  'gzip behind chunked': put(['Transfer-Encoding: chunked, gzip'], whole),
  'a chunk size with 0x': put([chunked], `0x13\r\n${body}\r\n0\r\n\r\n`),
  'a negative chunk size': put([chunked], `-1\r\n${body}\r\n0\r\n\r\n`),
  'a chunk size beyond all numbers': put([chunked], `${'f'.repeat(20)}\r\n${body}\r\n0\r\n\r\n`),
  'a chunk that is longer than it says': put([chunked], `5\r\n${body}\r\n0\r\n\r\n${smuggled}`),
  'a chunk without its end': put([chunked], `13\r\n${body}0\r\n\r\n${smuggled}`),
  'bare line feeds between chunks': put([chunked], `13\n${body}\n0\n\n${smuggled}`),
  'a line feed in a chunk extension': put([chunked], `13;a=\n${body}\r\n0\r\n\r\n${smuggled}`),
  'a trailer that tells a length': put([chunked], `13\r\n${body}\r\n0\r\nContent-Length: 5\r\n\r\n`),
};

const lines: Record<string, string> = {
  'bare line feeds': `GET ${path} HTTP/1.1\nHost: x\n${token}\n\n`,
  'a bare carriage return': get(`GET ${path} HTTP/1.1`, `X: a\rTrackingID: smuggled`),
  'NUL in a header': get(`GET ${path} HTTP/1.1`, 'X: a\0b'),
  'a header without a name': get(`GET ${path} HTTP/1.1`, ': x'),
  'a space in a header name': get(`GET ${path} HTTP/1.1`, 'Bad Name: x'),
  'a folded header': get(`GET ${path} HTTP/1.1`, 'X: a', ' TrackingID: smuggled'),
  'two spaces in the request line': get(`GET  ${path} HTTP/1.1`),
  'a tab in the request line': get(`GET\t${path} HTTP/1.1`),
  'a space at the end of the path': get(`GET ${path}  HTTP/1.1`),
  'no version': get(`GET ${path}`),
  'another protocol': get(`GET ${path} HTTPS/1.1`),
  'version 2.0': get(`GET ${path} HTTP/2.0`),
  'version 1.10': get(`GET ${path} HTTP/1.10`),
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a method in small letters': get(`get ${path} HTTP/1.1`),
  'a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'two Host headers': get(`GET ${path} HTTP/1.1`, 'Host: y'),
  'no Host header': `GET ${path} HTTP/1.1\r\n${token}\r\n\r\n`,
};

async function answersTo(shape: string): Promise<RawAnswer[]> {
  return exchange(url, Buffer.from(shape + after, 'latin1'));
}

/** One answer to the shape, and then either the connection's end or the right answer to the honest request. */
function assertNotSmuggled(answers: readonly RawAnswer[]): void {
  assert.ok(answers.length >= 1 && answers.length <= 2, `${answers.length} answers`);
  const [first, second] = answers;
  assert.ok(first!.status < 500, first!.text);
  assert.notEqual(first!.headers.trackingid, 'smuggled');
  if (second === undefined) return;
  assert.equal(second.headers.trackingid, 'after');
  assert.equal(second.status, 200);
}

for (const [family, shapes] of Object.entries({ lengths, encodings, lines })) {
  for (const [name, shape] of Object.entries(shapes)) {
    test(`${family}: ${name}`, async () => {
      const answers = await answersTo(shape);
      assertNotSmuggled(answers);
      const [first] = answers;
      if (first!.status >= 400) assertRefused(asAnswer(first!), first!.status);
      else assert.equal(answers.length, 2);
    });
  }
}

const paths: readonly [path: string, statuses: readonly number[]][] = [
  [`${path}%00`, [404]],
  [`${path}/..`, [404]],
  ['/v1/meetingPreferences/../meetingPreferences/video', [404]],
  ['/v1/meetingPreferences/%2e%2e/meetingPreferences/video', [404]],
  ['/v1/meetingPreferences/..%2fmeetingPreferences/video', [404]],
  ['/v1/meetingPreferences/%2e/video', [404]],
  ['/v1/meetingPreferences\\video', [404]],
  ['/v1/meetingPreferences;x=1/video', [404]],
  ['/v1/meetingPreferences/video#x', [200, 400, 404]],
  ['//evil.example/v1/meetingPreferences/video', [404]],
  ['http://evil.example/v1/meetingPreferences/video', [200]],
  ['http://user:password@evil.example/v1/meetingPreferences/video', [200, 400, 404]],
  ['/assets/..%2f..%2fpackage.json', [404]],
  ['/assets/%2e%2e/%2e%2e/package.json', [404]],
  ['/assets/....//package.json', [404]],
  // The page at /, as the router reads it.
  ['*', [200, 400, 404]],
];

for (const [target, statuses] of paths) {
  test(`paths: ${target}`, async () => {
    const answers = await answersTo(get(`GET ${target} HTTP/1.1`));
    assertNotSmuggled(answers);
    assert.ok(statuses.includes(answers[0]!.status), `${answers[0]!.status} ${answers[0]!.text}`);
    assert.doesNotMatch(answers[0]!.text, /"name": "anteroom"/);
  });
}

test('what follows the last request of a connection costs that request nothing', async () => {
  const last = get(`GET ${path} HTTP/1.1`, 'Connection: close');
  for (const rest of ['x', '\r\n\r\n', after, 'x'.repeat(100_000)]) {
    const answers = await exchange(url, last + rest);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200],
    );
  }
});

test('what asks for another protocol or for a tunnel is answered as HTTP or not at all', async () => {
  for (const shape of [
    get(
      `GET ${path} HTTP/1.1`,
      'Connection: upgrade, http2-settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
    ),
    get(`GET ${path} HTTP/1.1`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: eA=='),
    put([length, 'Expect: 100-continue'], body),
    put([length, 'Expect: nonsense'], body),
  ]) {
    const answers = (await answersTo(shape)).filter(({ status }) => status !== 100);
    assertNotSmuggled(answers);
    assert.equal(answers[0]!.status, 200);
  }
  assert.ok((await exchange(url, `CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n${after}`)).length <= 1);
});

test('two hundred requests sent at once are answered in their order', async () => {
  const each = (id: number): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\n${token}\r\nTrackingID: request-${id}\r\n\r\n`;
  const ids = Array.from({ length: 200 }, (_, id) => id);
  const answers = await exchange(url, ids.map(each).join('') + after);
  assert.deepEqual(
    answers.map(({ headers }) => headers.trackingid),
    [...ids.map((id) => `request-${id}`), 'after'],
  );
});

test('after all of this the server serves as before', async () => {
  assert.equal((await clientOf(url)({ path, as: 'john' })).status, 200);
});
