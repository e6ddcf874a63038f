/** Paths, methods and HTTP itself: what is wrong before any operation is asked. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const request = clientOf(url);
const path = '/v1/meetingPreferences/video';

test('request.path: there is an operation at the path', async () => {
  const unknown = [
    '/nowhere',
    '/v1',
    '/v1/meetingPreference',
    `${path}s`,
    `${path}/x`,
    '/V1/meetingPreferences/video',
  ];
  for (const other of [...unknown, '/v1/admin/meetingPreferences', '/v1/meetings//globalCallinNumbers']) {
    for (const method of ['GET', 'PUT', 'POST']) {
      assertRefused(await request({ method, path: other, as: 'john' }), 404, 'request.path');
    }
  }
  for (const same of [path, `${path}/`, path.replaceAll('/', '//')]) {
    assert.equal((await request({ path: same, as: 'john' })).status, 200);
  }
});

test('request.method: the operation answers the method', async () => {
  const before = (await request({ path, as: 'john' })).text;
  for (const method of ['POST', 'DELETE']) {
    const answer = await request({ method, path, as: 'john', body: { videoDevices: [] } });
    assertRefused(answer, 405, 'request.method');
    assert.equal(answer.headers.get('allow'), 'GET, HEAD, PATCH, PUT');
  }
  assert.equal((await request({ path, as: 'john' })).text, before);
  const insert = '/v1/meetingPreferences/schedulingOptions/delegateEmails/insert';
  for (const method of ['GET', 'PUT']) {
    const answer = await request({ method, path: insert, as: 'john' });
    assertRefused(answer, 405, 'request.method');
    assert.equal(answer.headers.get('allow'), 'POST');
  }
});

test('request.if-match: a change is made only to what If-Match names', async () => {
  const body = { videoDevices: [{ deviceName: 'a', deviceAddress: 'a@example.com', isDefault: true }] };
  const seen = (await request({ path, as: 'marcus' })).headers.get('etag')!;
  const put = (etag: string) =>
    request({ method: 'PUT', path, as: 'marcus', body, headers: { 'if-match': etag } });
  assert.equal((await put(seen)).status, 200);
  const before = await request({ path, as: 'marcus' });
  const answer = await put(seen);
  assertRefused(answer, 412, 'request.if-match');
  assert.match(answer.body.message, /read it again/);
  assert.equal((await request({ path, as: 'marcus' })).headers.get('etag'), before.headers.get('etag'));
  assert.equal((await put(before.headers.get('etag')!)).status, 200);
});

test('request.idempotency-key: a key is 1 to 255 printable ASCII characters, for one request', async () => {
  const insert = '/v1/meetingPreferences/schedulingOptions/delegateEmails/insert';
  const post = (key: string, email: string) =>
    request({
      method: 'POST',
      path: insert,
      as: 'marcus',
      body: { emails: [email] },
      headers: { 'idempotency-key': key },
    });
  for (const key of ['', ' ', 'ü', 'x'.repeat(256), 'a\tb']) {
    assertRefused(await post(key, 'a@example.com'), 400, 'request.idempotency-key');
  }
  for (const key of ['x', '"a b", ~!', 'x'.repeat(255)]) {
    assert.equal((await post(key, 'a@example.com')).status, 200);
    assertRefused(await post(key, 'b@example.com'), 422, 'request.idempotency-key');
  }
});

test('request.http: a URL has up to 8 KiB', async () => {
  const withLength = (length: number) => `${path}?max=`.padEnd(length, '1');
  assert.equal((await request({ path: withLength(8192), as: 'john' })).status, 200);
  assertRefused(await request({ path: withLength(8193), as: 'john' }), 414, 'request.http');
});

test('request.http: headers have up to 16 KiB', async () => {
  const withHeader = (length: number) => ({ path, as: 'john', headers: { 'x-padding': 'x'.repeat(length) } });
  assert.equal((await request(withHeader(15 * 1024))).status, 200);
  assertRefused(await request(withHeader(16 * 1024)), 431, 'request.http');
});

/** Sends text as it is and resolves with all that comes back. */
async function raw(text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  // Not ended: the server takes a half-closed connection for one that is gone.
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

test('request.http: the request is well-formed and names one host', async () => {
  const head = `GET ${path} HTTP/1.1\r\nauthorization: Bearer anteroom-dev-john\r\nconnection: close\r\n`;
  for (const rest of [
    'host: a\r\nhost: a\r\n\r\n',
    '\r\n',
    'host: a\r\nno colon\r\n\r\n',
    'host: a\r\nx: \0\r\n\r\n',
  ]) {
    const answer = await raw(head + rest);
    assert.match(answer, /^HTTP\/1\.1 400 /);
    const body = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    assert.deepEqual(body.errors[0].rule, 'request.http');
    assert.match(answer, new RegExp(`^trackingid: ${body.trackingId}\r$`, 'm'));
  }
  assert.match(await raw(`${head}host: a\r\n\r\n`), /^HTTP\/1\.1 200 /);
});

test('request.token-rate: as many requests with a token are taken as the setting says', async () => {
  const limited = clientOf((await startServer({ tokenRate: 1, tokenBurst: 2 })).url);
  for (const as of ['john', 'marcus']) {
    for (let count = 0; count < 2; count += 1) assert.equal((await limited({ path, as })).status, 200);
    assertRefused(await limited({ path, as }), 429, 'request.token-rate');
  }
});

test('request.address-rate: as many requests from an address are taken as the setting says', async () => {
  const limited = clientOf(
    (await startServer({ addressRate: 1, addressBurst: 2, trustProxy: 'loopback' })).url,
  );
  for (const address of ['192.0.2.1', '2001:db8::1']) {
    const from = { path, as: 'john', headers: { 'x-forwarded-for': address } };
    for (let count = 0; count < 2; count += 1) assert.equal((await limited(from)).status, 200);
    assertRefused(await limited(from), 429, 'request.address-rate');
  }
});
