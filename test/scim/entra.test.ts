/** The requests that the provisioning service of Microsoft Entra sends, in its forms. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertScimRefused, groupSchema, startScim, userSchema } from '../helpers/scim.ts';

const client = await startScim();
const { get, send, patch } = client;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const filterOf = (filter: string): string => `filter=${encodeURIComponent(filter)}`;

const newUser = {
  schemas: [userSchema, enterprise],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userName: 'Test_User_ab6490ee@testuser.com',
  active: true,
  displayName: 'lennay',
  emails: [{ primary: true, type: 'work', value: 'Test_User_ab6490ee@testuser.com' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
  roles: [],
  title: 'Chef',
  [enterprise]: { department: 'Kitchen', employeeNumber: '7' },
};
let user = { id: '' };

test('the connection is tested with somebody who is not there', onlyOwnServer, async () => {
  const { status, body } = await get(`/Users?${filterOf(`userName eq "${randomUUID()}"`)}`);
  assert.deepEqual([status, body.totalResults, body.Resources], [200, 0, []]);
});

test('a user is added, and found by what matches', onlyOwnServer, async () => {
  const { status, body } = await send('POST', '/Users', newUser);
  assert.equal(status, 201);
  user = body;
  for (const filter of [
    'userName eq "test_user_AB6490ee@testuser.com"',
    `externalId eq "${newUser.externalId}"`,
    `emails[type eq "work"].value eq "${newUser.userName}"`,
    `emails.value eq "${newUser.userName}" and active eq true`,
    `userName eq "${newUser.userName}" or userName eq "nobody@example.com"`,
    'displayName sw "LENN"',
    `id eq "${user.id}" and userName pr`,
  ]) {
    const found = await get(`/Users?${filterOf(filter)}`);
    assert.deepEqual(found.body.Resources, [user], filter);
  }
  for (const filter of [`externalId eq "${newUser.externalId.toUpperCase()}"`, 'active eq false']) {
    assert.deepEqual((await get(`/Users?${filterOf(filter)}`)).body.Resources, [], filter);
  }
});

test(
  'attributes are patched by their paths, and those that are not kept are passed over',
  onlyOwnServer,
  async () => {
    const { status, body, text } = await patch(
      `/Users/${user.id}`,
      { op: 'Replace', path: 'displayName', value: 'newDisplayName' },
      { op: 'Replace', path: 'name.givenName', value: 'updatedGivenName' },
      { op: 'Add', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@microsoft.com' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
      { op: 'Replace', path: `${enterprise}:department`, value: 'Bar' },
      { op: 'Replace', path: 'title', value: 'Waiter' },
    );
    assert.equal(status, 200, text);
    assert.equal(body.displayName, 'newDisplayName');
    assert.deepEqual([body.name.givenName, body.name.familyName], ['updatedGivenName', 'updatedFamilyName']);
    assert.deepEqual([body.userName, body.emails[0].value], [newUser.userName, newUser.userName]);
    const renamed = await patch(`/Users/${user.id}`, {
      op: 'Replace',
      path: 'userName',
      value: '5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com',
    });
    assert.match(renamed.body.userName, /^5b50642d/);
    assert.equal(renamed.body.emails[0].value, renamed.body.userName);
  },
);

test('somebody is disabled with text in the place of a boolean', onlyOwnServer, async () => {
  for (const [value, active] of [
    ['False', false],
    ['True', true],
    [false, false],
  ] as const) {
    const { status, body } = await patch(`/Users/${user.id}`, { op: 'Replace', path: 'active', value });
    assert.deepEqual([status, body.active], [200, active]);
  }
});

test(
  'groups: added, found without their members, members added and removed by value',
  onlyOwnServer,
  async () => {
    const body = {
      schemas: [groupSchema, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'displayName',
      meta: { resourceType: 'Group' },
    };
    const created = await send('POST', '/Groups', body);
    assert.equal(created.status, 201, created.text);
    const path = `/Groups/${created.body.id}`;
    const found = await get(`/Groups?excludedAttributes=members&${filterOf('displayName eq "displayName"')}`);
    assert.equal(found.body.totalResults, 1);
    assert.deepEqual(
      ['members' in found.body.Resources[0], found.body.Resources[0].id],
      [false, created.body.id],
    );
    assert.equal('members' in (await get(`${path}?excludedAttributes=members`)).body, false);
    const members = [{ $ref: null, value: user.id }];
    const added = await patch(path, { op: 'Add', path: 'members', value: members });
    assert.deepEqual(
      added.body.members.map(({ value }: { value: string }) => value),
      [user.id],
    );
    const again = await patch(path, { op: 'Add', path: 'members', value: members });
    assert.equal(again.body.members.length, 1);
    const renamed = await patch(path, { op: 'Replace', path: 'displayName', value: 'newName' });
    assert.equal(renamed.body.displayName, 'newName');
    const removed = await patch(path, { op: 'Remove', path: 'members', value: members });
    assert.deepEqual([removed.status, removed.body.members], [200, []]);
    assert.equal((await send('DELETE', path)).status, 204);
  },
);

test('a user is deleted for good', onlyOwnServer, async () => {
  assert.equal((await send('DELETE', `/Users/${user.id}`)).status, 204);
  assertScimRefused(await send('DELETE', `/Users/${user.id}`), 404);
});
