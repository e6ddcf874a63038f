import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleId } from '../../src/rules.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { notTexts } from '../helpers/section-rules.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite, strictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);
const path = '/v1/meetingPreferences/sites';

function put(query: string, body: object) {
  return request({ method: 'PUT', path: path + query, as: 'john', body });
}

async function assertBreaks(rule: RuleId, query: string, body: object): Promise<void> {
  const before = (await request({ path, as: 'john' })).text;
  const answer = await put(query, body);
  assertRefused(answer, 400, rule);
  assert.equal((await request({ path, as: 'john' })).text, before);
}

async function assertDefault(siteUrl: string): Promise<void> {
  const { body } = await request({ path, as: 'john' });
  const defaults = body.sites.filter((site: { default: boolean }) => site.default);
  assert.deepEqual(defaults, [{ siteUrl, default: true }]);
}

test('sites.default-site: the query says defaultSite=true, in any case', async () => {
  const siteUrl = 'site1-example.webex.com';
  const bad = [
    '',
    '?defaultSite',
    '?defaultSite=',
    '?defaultSite=false',
    '?defaultSite=1',
    '?defaultSite=yes',
  ];
  const more = [
    '?defaultSite=true&defaultSite=true',
    '?DefaultSite=true',
    '?defaultSite=true%20',
    '?defaultSite=%22true%22',
  ];
  for (const query of [...bad, ...more]) await assertBreaks('sites.default-site', query, { siteUrl });
  await assertBreaks('sites.default-site', '', { siteUrl, defaultSite: true });
  for (const value of ['true', 'True', 'TRUE', 'tRuE']) {
    const answer = await put(`?defaultSite=${value}`, { siteUrl });
    assert.deepEqual(answer.body, { siteUrl, default: true });
  }
  await assertDefault(siteUrl);
});

test('sites.site-url: the site is text', async () => {
  for (const siteUrl of notTexts) await assertBreaks('sites.site-url', '?defaultSite=true', { siteUrl });
  assert.equal((await put('?defaultSite=true', { siteUrl: 'site2-example.webex.com' })).status, 200);
  await assertDefault('site2-example.webex.com');
});

test('sites.own-site: the site is one of the user, and the answer names it otherwise', async () => {
  const others = [strictSite, 'other-example.webex.com', 'no.example', '', ' ', 'site3-example.webex.com.'];
  for (const siteUrl of [...others, 'https://site3-example.webex.com', 'x'.repeat(1000)]) {
    await assertBreaks('sites.own-site', '?defaultSite=true', { siteUrl });
  }
  const refused = await put('?defaultSite=true', { siteUrl: strictSite });
  assert.ok(refused.body.message.includes(strictSite));
  const answer = await put('?defaultSite=true', { siteUrl: 'SITE3-example.webex.com' });
  assert.deepEqual(answer.body, { siteUrl: 'site3-example.webex.com', default: true });
  await assertDefault('site3-example.webex.com');
});
