/** What groups give their members, by their names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantOf, sitesAfter } from '../../src/scim/grants.ts';
import { onlyOwnServer, pathOf, site1, site4 } from '../helpers/bodies.ts';
import { patch as patchSection } from '../helpers/history.ts';
import { addToken } from '../helpers/people.ts';
import { assertScimRefused, groupSchema, provision, startScim } from '../helpers/scim.ts';

const client = await startScim();
const { send, patch, request } = client;

async function newGroup(displayName: string, ...userIds: string[]): Promise<string> {
  const members = userIds.map((value) => ({ value }));
  const answer = await send('POST', '/Groups', { schemas: [groupSchema], displayName, members });
  assert.equal(answer.status, 201, answer.text);
  return `/Groups/${answer.body.id}`;
}

/** The sites of the person with the token, those they administer with a star. */
async function sitesOf(id: string): Promise<string[]> {
  const sql = 'select site_url, site_administrator from memberships where user_id = ? order by site_url';
  const rows = await client.database.all(sql, [id]);
  return rows.map((row) => `${row.site_url}${row.site_administrator === 1 ? '*' : ''}`);
}

test('a name gives a site, or its administration', () => {
  assert.deepEqual(grantOf('site:a.example.com'), { siteUrl: 'a.example.com', siteAdministrator: false });
  const administration = { siteUrl: 'a.example.com', siteAdministrator: true };
  assert.deepEqual(grantOf(' Site-Administrators:A.example.com '), administration);
  for (const name of ['site', 'site:', 'sites:a.b', 'site:a b', 'Everybody', 'site:https://a']) {
    assert.equal(grantOf(name), undefined, name);
  }
});

test('what no group gave stays, what two gave stays with one', () => {
  const a = { siteUrl: 'a', siteAdministrator: false };
  const b = { siteUrl: 'b', siteAdministrator: true };
  assert.deepEqual(sitesAfter([a, b], [], []), [a, b]);
  assert.deepEqual(sitesAfter([a, b], [a], []), [b]);
  assert.deepEqual(sitesAfter([a, b], [b], [{ ...b, siteAdministrator: false }]), [
    a,
    { ...b, siteAdministrator: false },
  ]);
  assert.deepEqual(sitesAfter([a], [a, a], [a]), [a]);
  assert.deepEqual(sitesAfter([], [], [a, { ...a, siteAdministrator: true }]), [
    { ...a, siteAdministrator: true },
  ]);
});

test('members join, administer and leave with their groups', onlyOwnServer, async () => {
  const { id } = await provision(client, 'ann@groups.example');
  const members = await newGroup(`site:${site4}`, id);
  assert.deepEqual(await sitesOf(id), [site4]);
  const administrators = await newGroup(`site-administrators:${site4.toUpperCase()}`, id);
  assert.deepEqual(await sitesOf(id), [`${site4}*`]);
  await send('DELETE', administrators);
  assert.deepEqual(await sitesOf(id), [site4]);
  await addToken(client.database, id, 'ann');
  await patchSection(request, 'ann', 'personalMeetingRoom', { topic: 'old' });
  await patch(members, { op: 'remove', path: 'members' });
  assert.deepEqual(await sitesOf(id), []);
  await patch(members, { op: 'add', path: 'members', value: [{ value: id }] });
  const { body } = await request({ path: pathOf('personalMeetingRoom'), as: 'ann' });
  assert.notEqual(body.topic, 'old');
  await send('PUT', members, {
    schemas: [groupSchema],
    displayName: `site:${site1}`,
    members: [{ value: id }],
  });
  assert.deepEqual(await sitesOf(id), [site1]);
});

test('a group of a site that is not the organization’s is refused', onlyOwnServer, async () => {
  for (const site of ['other-example.webex.com', 'nowhere.example.com']) {
    const answer = await send('POST', '/Groups', { schemas: [groupSchema], displayName: `site:${site}` });
    assertScimRefused(answer, 400, 'invalidValue');
  }
});

test('names are taken once, in any case', onlyOwnServer, async () => {
  await newGroup('Everybody');
  const answer = await send('POST', '/Groups', { schemas: [groupSchema], displayName: 'EVERYBODY' });
  assertScimRefused(answer, 409, 'uniqueness');
});

test('many at once: everybody who was added is a member, and on the site', onlyOwnServer, async () => {
  const group = await newGroup(`site-administrators:${site1}`);
  const people = await Promise.all(
    ['m1', 'm2', 'm3', 'm4', 'm5'].map((name) => provision(client, `${name}@groups.example`)),
  );
  const answers = await Promise.all(
    people.map(({ id }) => patch(group, { op: 'add', path: 'members', value: [{ value: id }] })),
  );
  for (const { status, text } of answers) assert.equal(status, 200, text);
  for (const { id } of people) assert.deepEqual(await sitesOf(id), [`${site1}*`]);
  const { body } = await client.get(group);
  assert.equal(body.members.length, 5);
});

test('a deleted user is a member of nothing', onlyOwnServer, async () => {
  const { id } = await provision(client, 'gone@groups.example');
  const group = await newGroup('Leavers', id);
  await send('DELETE', `/Users/${id}`);
  assert.deepEqual((await client.get(group)).body.members, []);
});
