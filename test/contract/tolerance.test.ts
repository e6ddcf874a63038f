/** What clients are seen to send, and what is answered all the same (contract section 5). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, room, sectionOf, site1, site3, site4, video } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, addUser, demoUserId } from '../helpers/people.ts';
import { asAnswer, exchange, rawRequest } from '../helpers/raw.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const { url } = server;
const request = clientOf(url);
const path = pathOf('video', { siteUrl: site3 });
const token = 'Authorization: Bearer anteroom-dev-john';
const section = sectionOf(request, 'video', 'john', site3);

async function get(target: string, ...headers: string[]) {
  return asAnswer(await rawRequest(url, [`GET ${target} HTTP/1.1`, 'Host: x', token, ...headers]));
}

test('slashes doubled or at the end are answered in place', async () => {
  await section.put(video);
  for (const target of [
    '//v1/meetingPreferences/video',
    '/v1//meetingPreferences///video',
    '/v1/meetingPreferences/video/',
    '//v1//meetingPreferences//video//',
    'http://elsewhere.example/v1/meetingPreferences/video/',
  ]) {
    const answer = await get(`${target}?siteUrl=${site3}`);
    assert.equal(answer.status, 200, target);
    assert.deepEqual(answer.body, video);
    assert.equal(answer.headers.get('location'), null);
  }
  const lines = [`PUT //v1/meetingPreferences/video/?siteUrl=${site3} HTTP/1.1`, 'Host: x', token];
  const put = await rawRequest(url, [...lines, 'Content-Type: application/json'], JSON.stringify(video));
  assert.equal(put.status, 200);
  assertRefused(await get('//v1//nowhere//'), 404, 'request.path');
});

test('a GET ignores its body and the type of it', async () => {
  await section.put(video);
  const lines = [`GET ${path} HTTP/1.1`, 'Host: x', token];
  for (const kind of ['application/json', 'text/plain', '']) {
    for (const body of ['', '{', '{"videoDevices":[]}', 'x'.repeat(100_000)]) {
      const answer = asAnswer(await rawRequest(url, [...lines, `Content-Type: ${kind}`], body));
      assert.equal(answer.status, 200, `${kind} ${body.slice(0, 30)}`);
      assert.deepEqual(answer.body, video);
    }
  }
});

test('JSON with any charset parameter and in any case, and any Accept or none', async () => {
  for (const kind of [
    'application/json',
    'Application/JSON;Charset=UTF-8',
    'application/json ; charset="utf-8"',
    'application/json;charset=iso-8859-1',
    'application/json;',
    'application/json;odata=verbose; charset=utf-8',
  ]) {
    const answer = await request({
      method: 'PUT',
      path,
      as: 'john',
      body: video,
      headers: { 'content-type': kind },
    });
    assert.equal(answer.status, 200, kind);
    assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8');
  }
  for (const accept of [
    [],
    ['Accept: text/html'],
    ['Accept: nonsense;q=x'],
    ['Accept-Encoding: br, *;q=0'],
  ]) {
    const answer = await get(path, ...accept);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8');
    assert.equal(answer.headers.get('link'), null);
  }
});

test('unknown query parameters are ignored, given once or twice', async () => {
  const plain = await get(path);
  for (const more of [
    'max=10&start=0',
    'max=1&max=2',
    'x',
    '=',
    '&&',
    '__proto__=1',
    'userEmail.x=1',
    'SITEURL=no',
  ]) {
    const answer = await get(`${path}&${more}`);
    assert.equal(answer.status, 200, more);
    assert.deepEqual(answer.body, plain.body);
  }
});

test('a raw @ or + works in userEmail, and a space stands for +', onlyOwnServer, async () => {
  const email = 'anna+meetings@example.com';
  await addToken(server.database!, await addUser(server.database!, { email, sites: [site3] }), 'anna');
  const own = (await request({ path, as: 'anna' })).body;
  for (const written of [
    email,
    encodeURIComponent(email),
    'anna%20meetings@example.com',
    'ANNA+meetings%40example.com',
  ]) {
    for (const as of ['anna', 'admin']) {
      const lines = [`GET ${path}&userEmail=${written} HTTP/1.1`, 'Host: x'];
      const answer = await rawRequest(url, [...lines, `Authorization: Bearer anteroom-dev-${as}`]);
      assert.equal(answer.status, 200, `${written} as ${as}`);
      assert.deepEqual(JSON.parse(answer.text), own);
    }
  }
});

test('defaultSite is true in any case', async () => {
  for (const defaultSite of ['True', 'TRUE', 'true']) {
    const target = pathOf('sites', { defaultSite });
    const answer = await request({ method: 'PUT', path: target, as: 'john', body: { siteUrl: site4 } });
    assert.deepEqual(answer.body, { siteUrl: site4, default: true });
  }
});

test('userEmail or siteUrl in a body never makes a request act on somebody else unnoticed', async () => {
  const marcus = 'marcus.hoffmann@example.com';
  const put = (query: Record<string, string>, more: object) =>
    request({ method: 'PUT', path: pathOf('video', query), as: 'admin', body: { ...video, ...more } });
  const before = await request({ path: pathOf('video'), as: 'admin' });
  for (const [query, more] of [
    [{}, { userEmail: marcus }],
    [{}, { siteUrl: site1 }],
    [{}, { userEmail: 5 }],
    [{ userEmail: 'brenda.song@example.com', siteUrl: site1 }, { userEmail: marcus }],
    [{ siteUrl: site3 }, { siteUrl: site1 }],
  ] as const) {
    assertRefused(await put(query, more), 400, 'body.subject');
  }
  assertRefused(await put({}, { userEmail: marcus, siteUrl: site1 }), 400, 'body.subject', 'body.subject');
  assert.deepEqual((await request({ path: pathOf('video'), as: 'admin' })).body, before.body);
  const same = { userEmail: marcus, siteUrl: site1 };
  const said = { userEmail: marcus.toUpperCase(), siteUrl: site1.toUpperCase() };
  assert.equal((await put(same, said)).status, 200);
  assert.equal((await put(same, { userEmail: null, siteUrl: null })).status, 200);
  const target = `${pathOf('schedulingOptions/delegateEmails/insert')}`;
  const body = { emails: ['x@example.com'], userEmail: marcus };
  assertRefused(await request({ method: 'POST', path: target, as: 'admin', body }), 400, 'body.subject');
});

test('the Host header means nothing', async () => {
  const plain = await get(path);
  for (const host of ['', 'evil.example', '[::1]:99999', 'a b', 'other-example.webex.com']) {
    const answer = await rawRequest(url, [`GET ${path} HTTP/1.1`, `Host: ${host}`, token]);
    assert.equal(answer.status, 200, host);
    assert.deepEqual(JSON.parse(answer.text), plain.body);
  }
  const old = await rawRequest(url, [`GET ${path} HTTP/1.0`, token]);
  assert.equal(old.status, 200);
});

test('header names and the scheme are read in any case', async () => {
  for (const header of ['authorization: bearer', 'AUTHORIZATION: BEARER', 'aUTHORIZATION:  Bearer  ']) {
    const answer = await rawRequest(url, [`GET ${path} HTTP/1.1`, 'hOST: x', `${header} anteroom-dev-john `]);
    assert.equal(answer.status, 200, header);
  }
});

test('a token holds any b64token character and may be 2 KiB long', onlyOwnServer, async () => {
  const john = demoUserId('john.andersen@example.com');
  for (const name of ['aZ09-._~+/==', 'x'.repeat(2048 - 'anteroom-dev-'.length)]) {
    await addToken(server.database!, john, name);
    assert.equal((await request({ path, as: name })).status, 200);
  }
});

test('requests sent without waiting are answered in their order', async () => {
  await section.put(video);
  const head = `HTTP/1.1\r\nHost: x\r\n${token}\r\n`;
  const body = JSON.stringify({ videoDevices: [] });
  const [first, second, third, fourth] = await exchange(
    url,
    `GET ${path} ${head}Content-Length: 5\r\n\r\n{{{{{` +
      `PUT ${path} ${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
      `GET /nowhere ${head}\r\n` +
      `GET ${pathOf('sites')} ${head}Connection: close\r\n\r\n`,
  );
  assert.equal(first!.status, 200);
  assert.deepEqual(JSON.parse(second!.text), { videoDevices: [] });
  assert.equal(third!.status, 404);
  assert.equal(JSON.parse(fourth!.text).sites.length, 5);
});

test('browsers of other origins may call, and see what they need', async () => {
  const origin = 'Origin: https://app.example';
  const asked = ['Access-Control-Request-Method: PUT', 'Access-Control-Request-Headers: authorization'];
  const preflight = await rawRequest(url, [`OPTIONS ${path} HTTP/1.1`, 'Host: x', origin, ...asked]);
  assert.equal(preflight.status, 204);
  assert.ok(['*', 'https://app.example'].includes(preflight.headers['access-control-allow-origin'] ?? ''));
  const listed = (name: string) => (preflight.headers[name] ?? '').toLowerCase().split(/, */);
  for (const method of ['get', 'put', 'post'])
    assert.ok(listed('access-control-allow-methods').includes(method));
  for (const header of [
    'authorization',
    'content-type',
    'trackingid',
    'spark-user-agent',
    'cisco-no-http-redirect',
    'if-match',
  ]) {
    assert.ok(listed('access-control-allow-headers').includes(header), header);
  }
  for (const target of [path, '/nowhere', pathOf('', { siteUrl: 'no' })]) {
    const { headers } = await get(target, origin);
    assert.ok(headers.get('access-control-allow-origin') !== null);
    const exposed = (headers.get('access-control-expose-headers') ?? '').split(/, */);
    assert.deepEqual(exposed.sort(), ['etag', 'link', 'retry-after', 'trackingid']);
  }
});

test('a GET body of the whole room goes back as it came, with all that is read-only', async () => {
  const own = sectionOf(request, 'personalMeetingRoom', 'john', site3);
  const { body } = await own.put(room);
  assert.deepEqual((await own.put(body)).body, body);
});
