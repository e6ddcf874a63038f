import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, site1, site3, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const userEmail = 'marcus.hoffmann@example.com';

async function makeDefault(as: string, siteUrl: string): Promise<void> {
  const path = pathOf('sites', { defaultSite: 'true' });
  assert.equal((await request({ method: 'PUT', path, as, body: { siteUrl } })).status, 200);
}

test('200 with all sites of the user, exactly one of them the default', async () => {
  await makeDefault('john', site4);
  const { status, body } = await request({ path: pathOf('sites'), as: 'john' });
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['sites']);
  for (const site of body.sites) assert.deepEqual(Object.keys(site), ['siteUrl', 'default']);
  const expected = [1, 2, 3, 4]
    .map((number) => `site${number}-example.webex.com`)
    .concat('example.webex.com');
  const urls = body.sites.map(({ siteUrl }: { siteUrl: string }) => siteUrl);
  assert.deepEqual(urls.sort(), expected.sort());
  const defaults = body.sites.filter((site: { default: boolean }) => site.default);
  assert.deepEqual(defaults, [{ siteUrl: site4, default: true }]);
});

test('200 with the same list for a siteUrl of the user', async () => {
  const { body } = await request({ path: pathOf('sites'), as: 'john' });
  const answer = await request({ path: pathOf('sites', { siteUrl: site1 }), as: 'john' });
  assert.deepEqual(answer.body, body);
});

test("200 for an administrator: all sites of the user, with the user's default", async () => {
  await makeDefault('marcus', site3);
  const { body } = await request({ path: pathOf('sites'), as: 'marcus' });
  for (const siteUrl of [undefined, site1]) {
    const answer = await request({ path: pathOf('sites', { userEmail, siteUrl }), as: 'admin-read' });
    assert.deepEqual(answer.body, body);
  }
});

test(
  '404 for a user of the organization who is on another site: siteUrl finds them',
  onlyOwnServer,
  async () => {
    await makeDefault('admin', site4);
    const email = 'nadia@example.com';
    await addUser(server.database!, { email, sites: [site1] });
    const missed = await request({ path: pathOf('sites', { userEmail: email }), as: 'admin' });
    assertRefused(missed, 404, 'subject.user');
    assert.match(missed.body.message, /siteUrl/);
    const found = await request({ path: pathOf('sites', { userEmail: email, siteUrl: site1 }), as: 'admin' });
    assert.deepEqual(found.body, { sites: [{ siteUrl: site1, default: true }] });
  },
);
