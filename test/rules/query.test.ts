import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const request = clientOf((await startServer()).url);
const path = '/v1/meetingPreferences/video';
const john = 'john.andersen@example.com';
const site = 'site4-example.webex.com';

async function assertBreaks(rule: 'query.single' | 'query.text', query: string): Promise<void> {
  const before = (await request({ path, as: 'john' })).text;
  const change = { method: 'PUT', as: 'john', body: { videoDevices: [] } };
  assertRefused(await request({ ...change, path: `${path}?${query}` }), 400, rule);
  assertRefused(await request({ path: `${path}?${query}`, as: 'john' }), 400, rule);
  assert.equal((await request({ path, as: 'john' })).text, before);
}

async function assertAccepted(query: string): Promise<void> {
  const answer = await request({ path: `${path}?${query}`, as: 'john' });
  assert.equal(answer.status, 200, answer.text);
}

test('query.single: userEmail and siteUrl are given once', async () => {
  await assertBreaks('query.single', `siteUrl=${site}&siteUrl=${site}`);
  await assertBreaks('query.single', `userEmail=${john}&siteUrl=${site}&userEmail=`);
  await assertAccepted(`userEmail=${john}&siteUrl=${site}`);
  await assertAccepted('max=1&max=2');
});

test('query.text: userEmail and siteUrl have something in them and no control characters', async () => {
  const controls = Array.from({ length: 0x20 }, (_, code) => `%${code.toString(16).padStart(2, '0')}`);
  for (const bad of ['', '%20', '+', '%C2%A0', ...controls, '%7F', '%C2%85']) {
    await assertBreaks('query.text', `siteUrl=${bad}`);
    await assertBreaks('query.text', `userEmail=${bad}`);
  }
  await assertBreaks('query.text', `siteUrl=${site}%00`);
  await assertBreaks('query.text', `userEmail=john%0A${john}`);
  await assertAccepted(`userEmail=${john.replace('@', '%40')}&siteUrl=${site}`);
});
