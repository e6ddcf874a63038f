import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, sectionOf, site1, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

async function telephonyOf(as: string, siteUrl: string) {
  return (await sectionOf(request, 'personalMeetingRoom', as, siteUrl).read()).telephony;
}

function withoutTrackingId({ body: { trackingId: _, ...rest } }: Answer): object {
  return rest;
}

test("200 at the link of a room, with the site's numbers", async () => {
  for (const siteUrl of [site1, site4]) {
    const { links, callInNumbers } = await telephonyOf('john', siteUrl);
    for (const as of ['john', 'john-read', 'marcus', 'admin', 'site-admin']) {
      const answer = await request({ path: links[0].href, as });
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, { callInNumbers });
    }
  }
});

test('200 with the numbers of the site that the room is on', onlyOwnServer, async () => {
  const siteUrl = 'numbers-example.webex.com';
  const callInNumbers = [{ label: 'FR', callInNumber: '+33123456789', tollType: 'toll' as const }];
  await addSite(server.database!, siteUrl, { callInNumbers });
  await addPerson(server.database!, 'fleur', { sites: [siteUrl] });
  const path = (await telephonyOf('fleur', siteUrl)).links[0].href;
  assert.deepEqual((await request({ path, as: 'fleur' })).body, { callInNumbers });
  assertRefused(await request({ path, as: 'marcus' }), 404, 'meeting.known');
});

test('401 without a token', async () => {
  const { links } = await telephonyOf('john', site4);
  assertRefused(await request({ path: links[0].href }), 401, 'token.missing');
});

test('404 for a meeting of another organization, in the words for one that does not exist', async () => {
  const { links } = await telephonyOf('john', site4);
  const unknown = `/v1/meetings/${'0'.repeat(32)}/globalCallinNumbers`;
  const refusals = await Promise.all(
    [links[0].href, unknown].map((path) => request({ path, as: 'other-admin' })),
  );
  for (const refusal of refusals) assertRefused(refusal, 404, 'meeting.known');
  assert.deepEqual(withoutTrackingId(refusals[0]!), withoutTrackingId(refusals[1]!));
  for (const name of ["'", '%00', 'x'.repeat(500), '%F0%9F%98%80']) {
    const path = `/v1/meetings/${name}/globalCallinNumbers`;
    assert.equal((await request({ path, as: 'john' })).status, 404, name);
  }
});
