import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, site3 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const john = 'john.andersen@example.com';

test('200 with what somebody has who never changed anything, but for the PINs', async () => {
  const answer = await request({ path: pathOf('defaults', { siteUrl: site3 }), as: 'brenda' });
  assert.equal(answer.status, 200, answer.text);
  const { body: current } = await request({ path: pathOf('', { siteUrl: site3 }), as: 'brenda' });
  for (const [section, fields] of Object.entries<object>(answer.body))
    for (const [name, value] of Object.entries(fields)) assert.deepEqual(value, current[section][name], name);
  assert.deepEqual(Object.keys(answer.body), ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions']);
  assert.doesNotMatch(answer.text, /Pin/);
});

test('200 with the same after a change', async () => {
  const path = pathOf('defaults', { siteUrl: site3 });
  const before = await request({ path, as: 'john' });
  const body = { topic: 'Changed', enabledAutoLock: !before.body.personalMeetingRoom.enabledAutoLock };
  const change = { path: pathOf('personalMeetingRoom', { siteUrl: site3 }), as: 'john', body };
  assert.equal((await request({ ...change, method: 'PATCH' })).status, 200);
  assert.deepEqual((await request({ path, as: 'john' })).body, before.body);
});

test('200 for an administrator who names somebody else', async () => {
  const own = await request({ path: pathOf('defaults', { siteUrl: site3 }), as: 'john' });
  const seen = await request({
    path: pathOf('defaults', { siteUrl: site3, userEmail: john }),
    as: 'admin-read',
  });
  assert.deepEqual(seen.body, own.body);
});

test('403 for somebody else without being an administrator', async () => {
  const path = pathOf('defaults', { userEmail: john });
  assertRefused(await request({ path, as: 'marcus' }), 403, 'subject.own');
});

test('404 for a site the user is not on', async () => {
  const path = pathOf('defaults', { siteUrl: 'other-example.webex.com' });
  assertRefused(await request({ path, as: 'john' }), 404, 'subject.site');
});
