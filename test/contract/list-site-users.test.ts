import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directoryChanged } from '../../src/platform/database.ts';
import { onlyOwnServer, site1, site3 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

function list(query: Record<string, string> = {}, as: string | undefined = 'admin-read'): Promise<Answer> {
  return request({ path: `/v1/admin/meetingPreferences/users?${new URLSearchParams(query)}`, as });
}

function emailsIn({ body }: Answer): string[] {
  return body.items.map(({ email }: { email: string }) => email);
}

test('200 with everybody on the site, by address', async () => {
  const answer = await list({ siteUrl: site3 });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.siteUrl, site3);
  assert.ok(emailsIn(answer).includes('john.andersen@example.com'));
  assert.ok(!emailsIn(answer).includes('site-admin@example.com'));
  assert.ok(!emailsIn(answer).some((email) => email.endsWith('other.example')));
  assert.deepEqual(emailsIn(answer), emailsIn(answer).toSorted());
  assert.equal(answer.body.total, answer.body.items.length);
});

test('200 with the room ids and roles of the site, of the default site when none is named', async () => {
  const { body } = await list({ search: 'ALEX' });
  assert.equal(body.siteUrl, 'site4-example.webex.com');
  const [{ displayName, personalMeetingRoomId, siteAdministrator, personId }] = body.items;
  assert.deepEqual([displayName, siteAdministrator], ['Alex Admin', true]);
  assert.match(personalMeetingRoomId, /^\w+$/);
  assert.match(personId, /^[A-Za-z0-9_-]{70,}$/);
});

test('200 with those whose address or name has the text in it, which is no pattern', async () => {
  assert.deepEqual(emailsIn(await list({ search: 'hoff' })), ['marcus.hoffmann@example.com']);
  assert.deepEqual(emailsIn(await list({ search: 'a Song' })), ['brenda.song@example.com']);
  for (const search of ['%', '_', '!']) assert.deepEqual(emailsIn(await list({ search })), []);
});

test('200 in pages that meet', onlyOwnServer, async () => {
  for (let index = 0; index < 7; index += 1)
    await addUser(server.database!, { email: `page${index}@example.com`, sites: [site1] });
  const found: string[] = [];
  let after: string | undefined;
  do {
    const answer = await list({ siteUrl: site1, search: 'PAGE', max: '3', ...(after && { after }) });
    assert.ok(answer.body.items.length <= 3);
    found.push(...emailsIn(answer));
    after = answer.body.next;
  } while (after !== undefined);
  assert.deepEqual(
    found,
    Array.from({ length: 7 }, (_, index) => `page${index}@example.com`),
  );
});

test('200 without machines, which are nobody', onlyOwnServer, async () => {
  const before = await list({ siteUrl: site1 });
  const id = await addUser(server.database!, { email: 'machine@example.com', sites: [site1] });
  const sql = "update users set kind = 'machine' where id = ?";
  await server.database!.write([{ sql, values: [id], changes: 1 }, directoryChanged]);
  assert.deepEqual(emailsIn(await list({ siteUrl: site1 })), emailsIn(before));
});

test('400 for parameters that are none', async () => {
  assertRefused(await list({ max: '0' }), 400, 'site-users.max');
  assertRefused(await list({ search: ' ', max: '1001' }), 400, 'query.text', 'site-users.max');
  const twice = '/v1/admin/meetingPreferences/users?search=a&search=b';
  assertRefused(await request({ path: twice, as: 'admin' }), 400, 'query.single');
});

test('401 without a token', async () => {
  assertRefused(await request({ path: '/v1/admin/meetingPreferences/users' }), 401, 'token.missing');
});

test('403 for whoever does not administer the site, whether or not it exists', async () => {
  assertRefused(await list({}, 'john'), 403, 'token.scope');
  for (const siteUrl of ['other-example.webex.com', 'nowhere.example']) {
    const answer = await list({ siteUrl });
    assertRefused(answer, 403, 'subject.managed-site');
    assert.match(answer.body.message, /with this siteUrl/);
  }
  assertRefused(await list({ siteUrl: site1 }, 'site-admin'), 403, 'subject.managed-site');
});
