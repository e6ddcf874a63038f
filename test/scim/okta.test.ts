/** The requests that Okta's connector sends, in its order and form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, site1, site4 } from '../helpers/bodies.ts';
import { addToken } from '../helpers/people.ts';
import { assertScimRefused, groupSchema, type ScimClient, startScim, userSchema } from '../helpers/scim.ts';

const client: ScimClient = await startScim();
const { get, send, patch, request } = client;
const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const newUser = {
  schemas: [userSchema],
  userName: 'test.user@okta.local',
  name: { givenName: 'Test', familyName: 'User' },
  emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
  displayName: 'Test User',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
};
let userId = '';

test('the connection is tested', onlyOwnServer, async () => {
  const { status, body } = await get('/Users?startIndex=1&count=2');
  assert.equal(status, 200);
  assert.deepEqual(body.schemas, [listSchema]);
  assert.deepEqual([body.totalResults, body.startIndex, body.itemsPerPage], [5, 1, 2]);
  assert.equal(body.Resources.length, 2);
  const groups = await get('/Groups?startIndex=1&count=100');
  assert.deepEqual([groups.body.totalResults, groups.body.Resources], [0, []]);
});

test('a user is looked for, added, and read', onlyOwnServer, async () => {
  const filter = encodeURIComponent('userName eq "test.user@okta.local"');
  const before = await get(`/Users?filter=${filter}&startIndex=1&count=100`);
  assert.deepEqual([before.status, before.body.totalResults, before.body.Resources], [200, 0, []]);
  const created = await send('POST', '/Users', newUser);
  assert.equal(created.status, 201, created.text);
  userId = created.body.id;
  assert.equal(created.headers.get('location'), `${client.url}/scim/v2/Users/${userId}`);
  const { userName, name, active, externalId, emails, password } = created.body;
  assert.deepEqual([userName, active, externalId], [newUser.userName, true, newUser.externalId]);
  assert.deepEqual(name, { formatted: 'Test User', familyName: 'User', givenName: 'Test' });
  assert.deepEqual([emails, password], [[{ value: userName, type: 'work', primary: true }], undefined]);
  assert.deepEqual((await get(`/Users/${userId}`)).body, created.body);
  const found = await get(`/Users?filter=${filter}`);
  assert.deepEqual(found.body.Resources, [created.body]);
  assertScimRefused(await send('POST', '/Users', newUser), 409, 'uniqueness');
});

test('a profile is pushed as a whole', onlyOwnServer, async () => {
  const name = { givenName: 'Another', familyName: 'User' };
  const body = { ...newUser, id: userId, name, displayName: 'Another User', meta: { resourceType: 'User' } };
  const { status, body: updated } = await send('PUT', `/Users/${userId}`, body);
  assert.deepEqual([status, updated.name.givenName, updated.displayName], [200, 'Another', 'Another User']);
});

test('groups are pushed, and give what their names say', onlyOwnServer, async () => {
  const body = { schemas: [groupSchema], displayName: `site:${site4}`, members: [] };
  const created = await send('POST', '/Groups', body);
  assert.equal(created.status, 201, created.text);
  const path = `/Groups/${created.body.id}`;
  const member = { value: userId, display: newUser.userName };
  const added = await patch(path, { op: 'add', path: 'members', value: [member] });
  assert.equal(added.status, 200, added.text);
  assert.deepEqual(added.body.members[0].value, userId);
  await addToken(client.database, userId, 'test-user');
  const { body: sites } = await request({ path: pathOf('sites'), as: 'test-user' });
  assert.deepEqual(sites.sites, [{ siteUrl: site4, default: true }]);
  const { body: user } = await get(`/Users/${userId}`);
  assert.deepEqual([user.groups[0].value, user.groups[0].display], [created.body.id, `site:${site4}`]);
  const renamed = { id: created.body.id, displayName: `site:${site1}` };
  assert.equal((await patch(path, { op: 'replace', value: renamed })).status, 200);
  const { body: moved } = await request({ path: pathOf('sites'), as: 'test-user' });
  assert.deepEqual(moved.sites, [{ siteUrl: site1, default: true }]);
  const removed = await patch(path, { op: 'remove', path: `members[value eq "${userId}"]` });
  assert.deepEqual([removed.status, removed.body.members], [200, []]);
  const replaced = await patch(path, { op: 'replace', path: 'members', value: [member] });
  assert.equal(replaced.body.members.length, 1);
  assert.equal((await send('DELETE', path)).status, 204);
  assertScimRefused(await get(path), 404);
  assert.deepEqual((await get(`/Users/${userId}`)).body.groups, []);
});

test('a user is deactivated and activated again', onlyOwnServer, async () => {
  const read = async () => (await request({ path: '/v1/meetingPreferences/sites', as: 'test-user' })).status;
  const set = (active: boolean) => patch(`/Users/${userId}`, { op: 'replace', value: { active } });
  const off = await set(false);
  assert.deepEqual([off.status, off.body.active, await read()], [200, false, 401]);
  assert.equal((await set(true)).body.active, true);
  // On no site any more, but known.
  assert.equal(await read(), 404);
});

test('an unknown user is a 404', onlyOwnServer, async () => {
  assertScimRefused(await get('/Users/010101001010101011001010101011'), 404);
});

test('a user is deleted', onlyOwnServer, async () => {
  const { status, text } = await send('DELETE', `/Users/${userId}`);
  assert.deepEqual([status, text], [204, '']);
  assertScimRefused(await get(`/Users/${userId}`), 404);
});
