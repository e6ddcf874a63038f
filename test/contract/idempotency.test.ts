/** Idempotency-Key on the operations that POST: done once, answered as often as it is asked. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { pathOf, scheduling, site1, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const insert = pathOf('schedulingOptions/delegateEmails/insert');
const remove = pathOf('schedulingOptions/delegateEmails/delete');
const refresh = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
const newIds = {
  siteUrl: site4,
  personalMeetingRoomIds: [{ email: 'john.andersen@example.com', systemGenerated: true }],
};

function post(path: string, body: unknown, key: string, as = 'john', more = {}): Promise<Answer> {
  return request({ method: 'POST', path, as, body, headers: { 'idempotency-key': key, ...more } });
}

async function reset(...delegateEmails: string[]): Promise<void> {
  const body = { ...scheduling, delegateEmails };
  const answer = await request({ method: 'PUT', path: pathOf('schedulingOptions'), as: 'john', body });
  assert.equal(answer.status, 200);
}

async function delegates(): Promise<string[]> {
  return (await request({ path: pathOf('schedulingOptions'), as: 'john' })).body.delegateEmails;
}

function assertSame(again: Answer, first: Answer): void {
  assert.equal(again.status, first.status);
  for (const name of ['etag', 'content-type', 'www-authenticate']) {
    assert.equal(again.headers.get(name), first.headers.get(name), name);
  }
  if (first.status < 300) assert.equal(again.text, first.text);
  else assert.deepEqual(again.body.errors, first.body.errors);
}

test('200 again with the same text and ETag, and without doing it again', async () => {
  await reset('a@example.com');
  const key = randomUUID();
  const first = await post(insert, { emails: ['b@example.com'] }, key);
  assert.deepEqual(first.body, { emails: ['a@example.com', 'b@example.com'] });
  await reset('c@example.com');
  assertSame(await post(insert, { emails: ['b@example.com'] }, key), first);
  assert.deepEqual(await delegates(), ['c@example.com']);
  assert.notEqual((await post(insert, { emails: ['b@example.com'] }, randomUUID())).text, first.text);
});

test('204 again, and without doing it again', async () => {
  await reset('a@example.com');
  const key = randomUUID();
  const first = await post(remove, { emails: ['a@example.com'] }, key);
  assert.equal(first.status, 204);
  await reset('a@example.com');
  assertSame(await post(remove, { emails: ['a@example.com'] }, key), first);
  assert.deepEqual(await delegates(), ['a@example.com']);
});

test('200 with the same new room ids, whatever they were', async () => {
  const key = randomUUID();
  const first = await post(refresh, newIds, key, 'admin');
  assert.equal(first.status, 200, first.text);
  assertSame(await post(refresh, newIds, key, 'admin'), first);
  assert.notEqual((await post(refresh, newIds, randomUUID(), 'admin')).text, first.text);
});

test('400 and 403 again, even when it could be done by now', async () => {
  const key = randomUUID();
  const wrong = { emails: ['a@example.com', 'marcus'] };
  const first = await post(insert, wrong, key);
  assertRefused(first, 400, 'scheduling.delegate-email');
  const again = await post(insert, wrong, key);
  assertRefused(again, 400, 'scheduling.delegate-email');
  assertSame(again, first);
  assert.notEqual(again.body.trackingId, first.body.trackingId);
  const forbidden = await post(refresh, newIds, key, 'other-admin');
  assertRefused(forbidden, 403, 'subject.managed-site');
  assertSame(await post(refresh, newIds, key, 'other-admin'), forbidden);
});

test('412 is not remembered: the same request may succeed later', async () => {
  await reset('a@example.com');
  const key = randomUUID();
  const body = { emails: ['b@example.com'] };
  assertRefused(await post(insert, body, key, 'john', { 'if-match': '"old"' }), 412, 'request.if-match');
  const etag = (await request({ path: pathOf('schedulingOptions'), as: 'john' })).headers.get('etag')!;
  const answer = await post(insert, body, key, 'john', { 'if-match': etag });
  assert.equal(answer.status, 200, answer.text);
  assertSame(await post(insert, body, key, 'john', { 'if-match': etag }), answer);
});

test('422 when the key came with another body, query or path; nothing changes', async () => {
  await reset('a@example.com');
  const key = randomUUID();
  const body = { emails: ['b@example.com'] };
  const first = await post(insert, body, key);
  const before = await delegates();
  for (const answer of [
    await post(insert, { emails: ['c@example.com'] }, key),
    await post(insert, { ...body, more: true }, key),
    await post(`${insert}?siteUrl=${site1}`, body, key),
    await post(remove, body, key),
  ]) {
    assertRefused(answer, 422, 'request.idempotency-key');
    assert.match(answer.body.message, /another one/);
  }
  assert.deepEqual(await delegates(), before);
  assertSame(await post(insert, body, key), first);
});

test('the keys of two users have nothing to do with each other', async () => {
  const key = randomUUID();
  const body = { emails: ['b@example.com'] };
  await reset('a@example.com');
  const first = await post(insert, body, key);
  const other = await post(insert, { emails: ['x@example.com'] }, key, 'marcus');
  assert.equal(other.status, 200, other.text);
  assertSame(await post(insert, body, key), first);
});

test('a key only counts for those who may call', async () => {
  const key = randomUUID();
  const body = { emails: ['b@example.com'] };
  await post(insert, body, key);
  const headers = { 'idempotency-key': key };
  assertRefused(await request({ method: 'POST', path: insert, body, headers }), 401, 'token.missing');
});

test('other methods pass over the header', async () => {
  const key = randomUUID();
  for (const joinBeforeHostMinutes of [5, 10]) {
    const body = { joinBeforeHostMinutes };
    const headers = { 'idempotency-key': key };
    const path = pathOf('schedulingOptions');
    const answer = await request({ method: 'PATCH', path, as: 'john', body, headers });
    assert.equal(answer.body.joinBeforeHostMinutes, joinBeforeHostMinutes);
  }
});

test('64 at once with one key: done once, the others wait and then get the same', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 64 }, () => post(refresh, newIds, key, 'admin')));
  const done = answers.filter(({ status }) => status === 200);
  assert.ok(done.length > 0);
  for (const answer of answers.filter(({ status }) => status !== 200)) {
    assertRefused(answer, 409);
    assert.equal(answer.headers.get('retry-after'), '1');
  }
  const texts = new Set(done.map(({ text }) => text));
  assert.equal(texts.size, 1);
  assert.ok(texts.has((await post(refresh, newIds, key, 'admin')).text));
  const room = await request({ path: pathOf('personalMeetingRoom', { siteUrl: site4 }), as: 'john' });
  const { personalMeetingRoomId } = done[0]!.body.personalMeetingRoomIds[0];
  assert.ok(room.body.personalMeetingRoomLink.endsWith(`/${personalMeetingRoomId}`));
});
