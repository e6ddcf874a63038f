import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, site1 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite, strictSettings, strictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const { url } = await startServer({ database });
const request = clientOf(url);

function support(as: string, query: Record<string, string> = {}) {
  return request({ path: pathOf('siteSupport', query), as });
}

test('200 with everything that a site supports unless it was told otherwise', async () => {
  const { status, body } = await support('john');
  assert.equal(status, 200);
  assert.deepEqual(body, {
    siteUrl: 'site4-example.webex.com',
    hostPinLength: 4,
    audioTypes: ['webexAudio', 'voipOnly', 'otherTeleconferenceService', 'none'],
    globalCallIn: true,
    tollFreeCallIn: true,
    joinBeforeHost: true,
  });
});

test('200 with what a strict site supports', async () => {
  const { body } = await support('rita');
  assert.deepEqual(body, { siteUrl: strictSite, ...strictSettings, joinBeforeHost: true });
});

test('200 for the site that siteUrl names', async () => {
  assert.equal((await support('john', { siteUrl: site1 })).body.siteUrl, site1);
});

test('200 for an administrator who asks for somebody else', async () => {
  const { body } = await support('admin', { userEmail: 'john.andersen@example.com', siteUrl: site1 });
  assert.equal(body.siteUrl, site1);
});

test('403 for somebody else, 404 for the site of others', async () => {
  assertRefused(await support('john', { userEmail: 'admin@example.com' }), 403, 'subject.own');
  assertRefused(await support('john', { siteUrl: strictSite }), 404, 'subject.site');
});
