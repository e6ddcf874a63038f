import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { addStrictSite } from '../helpers/strict-site.ts';

const database = await openDatabase();
await addStrictSite(database);
const request = clientOf((await startServer({ database })).url);

async function numbersLink(as: string): Promise<string> {
  const { body } = await request({ path: '/v1/meetingPreferences/personalMeetingRoom', as });
  return body.telephony.links[0].href;
}

test('meeting.known: the meeting is one on a site of the caller, and nobody learns of others', async () => {
  const own = await numbersLink('john');
  const unknown = own.replace(/[0-9a-f]{32}/, '0'.repeat(32));
  const hidden = [
    unknown,
    await numbersLink('rita'),
    await numbersLink('other-olga'),
    own
      .toUpperCase()
      .replace(/^\/V1\/MEETINGS/, '/v1/meetings')
      .replace('GLOBALCALLINNUMBERS', 'globalCallinNumbers'),
  ];
  const messages = new Set<string>();
  for (const path of [
    ...hidden,
    '/v1/meetings/x/globalCallinNumbers',
    '/v1/meetings/%00/globalCallinNumbers',
  ]) {
    const answer = await request({ path, as: 'john' });
    assertRefused(answer, 404, 'meeting.known');
    messages.add(answer.body.message);
  }
  assert.equal(messages.size, 1);
  for (const as of ['john', 'marcus', 'admin']) {
    const { body } = await request({ path: own, as });
    assert.deepEqual(
      body.callInNumbers.map(({ label }: { label: string }) => label),
      ['US Toll'],
    );
  }
});
