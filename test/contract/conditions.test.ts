/** ETag, If-None-Match and If-Match (RFC 9110 sections 8.8.3 and 13). */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { audio, onlyOwnServer, pathOf, room, scheduling, site1, site4, video } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { exchange } from '../helpers/raw.ts';
import { startServer } from '../helpers/server.ts';

const databaseUrl = await demoUrl();
const database = await openAt(databaseUrl);
after(() => database.close());
const { url } = await startServer({ database });
const request = clientOf(url);
const as = 'john';
const names = ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions', 'sites'];

function get(name: string, headers: Record<string, string> = {}): Promise<Answer> {
  return request({ path: pathOf(name), as, headers });
}

function etagOf({ headers }: Answer): string {
  const etag = headers.get('etag');
  assert.match(etag ?? '', /^"[\x21\x23-\x7e]+"$/, 'a strong ETag');
  return etag!;
}

test('200 with a strong ETag on GET and HEAD of every section, and of no other answer', async () => {
  for (const name of names) {
    const answer = await get(name);
    const head = await request({ method: 'HEAD', path: pathOf(name), as });
    assert.equal(head.status, 200);
    assert.equal(etagOf(head), etagOf(answer));
    assert.equal(etagOf(await get(name)), etagOf(answer));
  }
  assert.equal((await get('')).headers.get('etag'), null);
  assert.equal((await get('audio', { authorization: 'Bearer x' })).headers.get('etag'), null);
});

test('304 when the client has it already: one tag, a list, a weak one, or any', async () => {
  for (const name of names) {
    const etag = etagOf(await get(name));
    for (const sent of [etag, `"other", ${etag}`, `W/"x",W/${etag} , "y"`, '*', ' * ']) {
      for (const method of ['GET', 'HEAD']) {
        const headers = { 'if-none-match': sent };
        const answer = await request({ method, path: pathOf(name), as, headers });
        assert.equal(answer.status, 304, sent);
        assert.equal(answer.text, '');
        assert.equal(etagOf(answer), etag);
        assert.equal(answer.headers.get('content-type'), null);
        assert.notEqual(answer.headers.get('trackingid'), null);
      }
    }
    for (const sent of ['"other"', etag.replaceAll('"', ''), '""', 'W/"x"', `"${etag.slice(1, -2)}"`]) {
      const answer = await get(name, { 'if-none-match': sent });
      assert.equal(answer.status, 200, sent);
      assert.notEqual(answer.text, '');
    }
  }
});

test('304 carries no body: the connection can be used for the next request', async () => {
  const etag = etagOf(await get('audio'));
  const head = `GET ${pathOf('audio')} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer anteroom-dev-john\r\n`;
  const answers = await exchange(
    url,
    `${head}if-none-match: ${etag}\r\n\r\n${head}connection: close\r\n\r\n`,
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [304, 200],
  );
  assert.equal(answers[0]!.headers['content-length'], undefined);
});

test('the token is judged before If-None-Match, and the subject too', async () => {
  const headers = { 'if-none-match': '*' };
  assertRefused(await request({ path: pathOf('audio'), headers }), 401, 'token.missing');
  const path = pathOf('audio', { userEmail: 'brenda.song@example.com' });
  assertRefused(await request({ path, as: 'marcus', headers }), 403, 'subject.own');
});

const changes: readonly [name: string, body: object][] = [
  ['personalMeetingRoom', { ...room, topic: 'Another' }],
  ['audio', { ...audio, audioPin: '0808' }],
  ['video', { videoDevices: [video.videoDevices[0]] }],
  ['schedulingOptions', { ...scheduling, delegateEmails: ['x@example.com'] }],
];

test('the ETag differs whenever a section was changed, and is the one that the change was answered with', async () => {
  for (const [name, body] of changes) {
    const seen = new Set([etagOf(await get(name))]);
    for (const method of ['PUT', 'PATCH', 'PUT']) {
      const changed = { ...body, ...(name === 'video' ? {} : { unknown: method }) };
      const answer = await request({ method, path: pathOf(name), as, body: changed });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(etagOf(await get(name)), etagOf(answer));
      seen.add(etagOf(answer));
    }
    assert.equal(seen.size, 4, 'even the same text again is a new version');
  }
  const post = (verb: string) =>
    request({
      method: 'POST',
      path: pathOf(`schedulingOptions/delegateEmails/${verb}`),
      as,
      body: { emails: ['y@example.com'] },
    });
  const inserted = await post('insert');
  assert.equal(etagOf(inserted), etagOf(await get('schedulingOptions')));
  assert.equal((await post('delete')).status, 204);
  assert.notEqual(etagOf(inserted), etagOf(await get('schedulingOptions')));
});

test('the ETag of a room differs when only its id changed', async () => {
  const before = await get('personalMeetingRoom');
  const refreshed = await request({
    method: 'POST',
    path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
    as: 'admin',
    body: {
      siteUrl: site4,
      personalMeetingRoomIds: [{ email: 'john.andersen@example.com', systemGenerated: true }],
    },
  });
  assert.equal(refreshed.status, 200, refreshed.text);
  const after = await get('personalMeetingRoom', { 'if-none-match': etagOf(before) });
  assert.equal(after.status, 200);
  assert.notEqual(after.text, before.text);
  assert.notEqual(etagOf(after), etagOf(before));
  const stale = { 'if-match': etagOf(before) };
  const path = pathOf('personalMeetingRoom');
  const answer = await request({ method: 'PATCH', path, as, body: { topic: 'x' }, headers: stale });
  assertRefused(answer, 412, 'request.if-match');
});

test('the ETag of a room differs when only the settings of the site changed', onlyOwnServer, async () => {
  const before = await get('personalMeetingRoom');
  const sql = 'update sites set settings = ? where site_url = ?';
  const settings = JSON.stringify({ sipDomain: 'sip.example.com' });
  // Through another connection, as the command line does it.
  const outside = await openAt(databaseUrl);
  await outside.write([{ sql, values: [settings, site4], changes: 1 }, directoryChanged]);
  await outside.close();
  const after = await get('personalMeetingRoom', { 'if-none-match': etagOf(before) });
  assert.equal(after.status, 200);
  assert.match(after.body.sipAddress, /@sip\.example\.com$/);
});

test('the ETag of the sites differs when the default one does', async () => {
  const etags = [];
  for (const siteUrl of [site1, site4, site1, site4]) {
    const path = pathOf('sites', { defaultSite: 'true' });
    const answer = await request({ method: 'PUT', path, as, body: { siteUrl } });
    etags.push(etagOf(await get('sites')));
    assert.equal(etagOf(answer), etags.at(-1));
  }
  assert.notEqual(etags[0], etags[1]);
  assert.deepEqual(etags.slice(2), etags.slice(0, 2));
});
