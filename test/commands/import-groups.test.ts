/** Groups, and who may sign in: what an import makes of them, and an export tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf } from '../helpers/client.ts';
import { addToken } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { anteroom, importText, newPath, openPath, rows } from './command-line.ts';
import { ann, bob, document, otherUuid, site, testCases, uuid } from './faults.ts';

const group = { displayName: 'Engineering', externalId: '00g1', members: [ann.email] };
const members = `select g.display_name, u.email from provisioned_groups g
  join provisioned_group_members m on m.group_id = g.id join users u on u.id = m.user_id order by 1, 2`;
const sentences = 'select action, target_name from audit_events order by created, action, target_name';

async function imported(path: string, organization: object): Promise<string> {
  const { out, error } = await importText(path, JSON.stringify(document(organization)));
  assert.equal(error, undefined);
  return out;
}

test('members that are listed join, the others stay; twice is once', async () => {
  const path = newPath('a.db');
  assert.match(await imported(path, { users: [ann, bob], groups: [group] }), /1 group \(1 new\)/);
  const again = { groups: [{ displayName: 'ENGINEERING', members: ['Bob@Example.com'] }] };
  assert.match(await imported(path, again), /1 group \(1 changed\)/);
  const both = [
    { display_name: 'ENGINEERING', email: ann.email },
    { display_name: 'ENGINEERING', email: bob.email },
  ];
  assert.deepEqual(await rows(path, members), both);
  assert.match(await imported(path, again), /1 group \(1 unchanged\)/);
  assert.match(await imported(path, { groups: [{ displayName: 'ENGINEERING' }] }), /1 group \(1 unchanged\)/);
  assert.deepEqual(await rows(path, members), both);
  assert.deepEqual(await rows(path, sentences), [
    { action: 'group-created', target_name: 'Engineering' },
    { action: 'group-updated', target_name: 'ENGINEERING' },
  ]);
});

test('an id lets a file rename a group', async () => {
  const path = newPath('a.db');
  await imported(path, { users: [ann], groups: [{ ...group, id: uuid }] });
  await imported(path, { groups: [{ displayName: 'Everybody', id: uuid }] });
  assert.deepEqual(
    await rows(path, 'select id, display_name, name_key, external_id from provisioned_groups'),
    [{ id: uuid, display_name: 'Everybody', name_key: 'everybody', external_id: '00g1' }],
  );
});

test('what SCIM tells of a group that an import changed', async () => {
  const path = newPath('a.db');
  await imported(path, { users: [{ ...ann, fullAdministrator: true }, bob], groups: [group] });
  const database = await openPath(path);
  const { url } = await startServer({ database });
  const [administrator] = await database.all("select id from users where email = 'ann@example.com'", []);
  await addToken(database, administrator!.id as string, 'scim', { scopes: ['identity:people_rw'] });
  const send = clientOf(url);
  const headers = { 'content-type': 'application/scim+json', accept: 'application/scim+json' };
  const before = await send({ path: '/scim/v2/Groups', as: 'scim', headers });
  const [{ id, meta }] = before.body.Resources;
  await imported(path, { groups: [{ displayName: 'Engineering', members: [bob.email] }] });
  const { body } = await send({ path: `/scim/v2/Groups/${id}`, as: 'scim', headers });
  assert.ok(body.meta.lastModified > meta.lastModified);
  assert.equal(body.members.length, 2);
  assert.equal(body.externalId, '00g1');
});

test('whoever is not active keeps everything and is let in no more, until a file says so', async () => {
  const path = newPath('a.db');
  await imported(path, { users: [{ ...ann, externalId: '00u1', sites: [site] }] });
  const database = await openPath(path);
  const [{ id }] = (await database.all('select id from users', [])) as [{ id: string }];
  await addToken(database, id, 'ann');
  const request = clientOf((await startServer({ database })).url);
  const status = async (): Promise<number> => (await request({ path: '/v1/people/me', as: 'ann' })).status;
  assert.equal(await status(), 200);
  const created = await request({ path: '/v1/people/me', as: 'ann' });
  await imported(path, { users: [{ ...ann, active: false }] });
  assert.equal(await status(), 401);
  // What the file leaves out stays as it is.
  assert.match(await imported(path, { users: [ann] }), /1 user \(1 unchanged\)/);
  assert.equal(await status(), 401);
  await imported(path, { users: [{ ...ann, active: true }] });
  const back = await request({ path: '/v1/people/me', as: 'ann' });
  assert.equal(back.status, 200);
  assert.ok(back.body.lastModified > (created.body.lastModified ?? created.body.created));
  assert.deepEqual(await rows(path, 'select active, external_id from users'), [
    { active: 1, external_id: '00u1' },
  ]);
  assert.deepEqual(await rows(path, sentences), [
    { action: 'user-deactivated', target_name: 'Ann' },
    { action: 'user-activated', target_name: 'Ann' },
  ]);
});

test('an export tells of groups by addresses, and of who is not active', async () => {
  const path = newPath('a.db');
  const users = [{ ...ann, active: false, externalId: '00u1' }, bob];
  const groups = [{ ...group, members: [bob.email, ann.email] }, { displayName: 'Empty' }];
  await imported(path, { users, groups });
  const { organizations } = JSON.parse((await anteroom(path, 'export')).out);
  const [organization] = organizations;
  assert.deepEqual(
    organization.users.map(({ active, externalId }: Record<string, unknown>) => [active, externalId]),
    [
      [false, '00u1'],
      [true, undefined],
    ],
  );
  const [{ id: emptyId }, { id }] = organization.groups;
  assert.deepEqual(organization.groups, [
    { displayName: 'Empty', id: emptyId, members: [] },
    { displayName: 'Engineering', id, externalId: '00g1', members: [ann.email, bob.email] },
  ]);
});

const place = 'organizations[0].groups';
testCases([
  [
    'a group twice, in other letters',
    document({ groups: [{ displayName: 'A' }, { displayName: 'a' }] }),
    [
      `${place}[1].displayName`,
      /The group "a" stands at organizations\[0\]\.groups\[0\]\.displayName already/,
    ],
  ],
  [
    'a group id twice',
    document({
      groups: [
        { displayName: 'A', id: uuid },
        { displayName: 'B', id: uuid },
      ],
    }),
    [`${place}[1].id`, /stands at/],
  ],
  [
    'a member twice',
    document({ users: [ann], groups: [{ ...group, members: [ann.email, 'ANN@example.com'] }] }),
    [`${place}[0].members[1]`, /The member "ANN@example.com" stands at/],
  ],
  [
    'a member who is nobody',
    document({ users: [ann], groups: [{ ...group, members: [bob.email] }] }),
    [`${place}[0].members[0]`, /bob@example\.com is no user of the organization/],
  ],
  [
    'a member of another organization',
    {
      organizations: [
        { name: 'Example', users: [ann] },
        { name: 'Other', groups: [group] },
      ],
    },
    ['organizations[1].groups[0].members[0]', /is no user of the organization/],
  ],
  [
    'active in words',
    document({ users: [{ ...ann, active: 'no' }] }),
    ['organizations[0].users[0].active', /must be true or false, not "no"/],
  ],
]);

test('a group that another one is in the database', async () => {
  const path = newPath('a.db');
  const other = { name: 'Other', groups: [{ displayName: 'Theirs', id: otherUuid }] };
  const example = { name: 'Example', groups: [{ displayName: 'Ours', id: uuid }] };
  await importText(path, JSON.stringify({ organizations: [example, other] }));
  for (const [given, part] of [
    [{ displayName: 'Mine', id: otherUuid }, /belongs to a group in another organization/],
    [
      { displayName: 'OURS', id: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d03' },
      new RegExp(`has the id ${uuid} already`),
    ],
  ] as const) {
    const { err, error } = await importText(path, JSON.stringify(document({ groups: [given] }), null, 2));
    assert.match(error!.message, /Nothing was imported/);
    assert.match(err, part);
  }
});
