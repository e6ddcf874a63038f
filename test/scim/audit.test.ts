/** What the audit log is told when people are administered, by the People API and by SCIM. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer, site1 } from '../helpers/bodies.ts';
import { addPeopleTokens, create, update } from '../helpers/directory-people.ts';
import { groupSchema, provision, startScim } from '../helpers/scim.ts';

const client = await startScim();
await addPeopleTokens(client.database);

/** The actions on a target, in the order in which they were written. */
async function actionsOn(targetName: string): Promise<string[]> {
  const sql = 'select action, detail from audit_events where target_name = ? order by created, action';
  const rows = await client.database.all(sql, [targetName]);
  return rows.map(({ action, detail }) => (detail === '' ? String(action) : `${action}: ${detail}`));
}

test('people who are added, changed and deleted', onlyOwnServer, async () => {
  const displayName = 'Pat Logged';
  const body = { emails: ['pat@logged.example'], displayName, siteUrls: [site1] };
  const { id } = await create(client.request, body);
  await update(client.request, id, { displayName });
  await update(client.request, id, { displayName, firstName: 'P', administeredSiteUrls: [site1] });
  await update(client.request, id, { displayName, loginEnabled: false });
  await client.request({ method: 'DELETE', path: `/v1/people/${id}`, as: 'boss' });
  assert.deepEqual((await actionsOn(displayName)).sort(), [
    `role-granted: an administrator of ${site1}`,
    'user-created',
    'user-deactivated',
    'user-deleted',
    'user-updated: firstName',
  ]);
});

test('groups, and the roles they give', onlyOwnServer, async () => {
  const displayName = 'Sam Grouped';
  const { id } = await provision(client, 'sam@logged.example', { displayName });
  const group = `site-administrators:${site1}`;
  const members = [{ value: id }];
  const { body } = await client.send('POST', '/Groups', {
    schemas: [groupSchema],
    displayName: group,
    members,
  });
  await client.send('DELETE', `/Groups/${body.id}`);
  assert.deepEqual(await actionsOn(group), ['group-created', 'group-deleted']);
  assert.deepEqual((await actionsOn(displayName)).sort(), [
    `role-granted: an administrator of ${site1}`,
    `role-removed: an administrator of ${site1}`,
    'user-created',
  ]);
});
