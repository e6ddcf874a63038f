import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, idOf, john, people } from '../helpers/directory-people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

test('200 says who the caller is', onlyOwnServer, async () => {
  const { status, body } = await request({ path: `${people}/me`, as: 'colleague' });
  assert.equal(status, 200);
  const { created, lastModified, ...rest } = body;
  assert.deepEqual(rest, {
    id: idOf(john),
    emails: [john],
    displayName: 'John Andersen',
    firstName: 'John',
    lastName: 'Andersen',
    orgId: Buffer.from('ciscospark://us/ORGANIZATION/1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01')
      .toString('base64')
      .replace(/=+$/, ''),
    roles: [],
    siteUrls: ['example', 'site1-example', 'site2-example', 'site3-example', 'site4-example'].map(
      (name) => `${name}.webex.com`,
    ),
    administeredSiteUrls: [],
    loginEnabled: true,
    type: 'person',
  });
  assert.equal(created, lastModified);
});

test('200 with the role of a full administrator', onlyOwnServer, async () => {
  const { body } = await request({ path: `${people}/me`, as: 'boss' });
  assert.deepEqual(body.roles, ['Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg']);
  assert.equal(body.administeredSiteUrls.length, 5);
});

test('403 without a scope', async () => {
  assertRefused(await request({ path: `${people}/me`, as: 'john' }), 403, 'token.scope');
});

test('401 without a token', async () => {
  assertRefused(await request({ path: `${people}/me` }), 401, 'token.missing');
});
