/** Changes that cannot be taken back because somebody is no longer where they were: who it is, is told. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deletionsIn } from '../../src/commands/lookup.ts';
import { leaveSiteStatements, operator } from '../../src/directory/deletion-store.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { pathOf, site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { latestChange, refreshRooms, revert } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const url = await demoUrl();
const [database, elsewhere] = [await openAt(url), await openAt(url)];
const request = clientOf((await startServer({ database })).url);
after(() => Promise.all([database.close(), elsewhere.close()]));

async function leaveSite(userId: string, siteUrl: string): Promise<void> {
  const now = new Date().toISOString();
  await elsewhere.write([...leaveSiteStatements(userId, siteUrl, operator, now), directoryChanged]);
}

test('a batch of room ids names everybody who left the site or was deleted, and changes nobody', async () => {
  const [left, stays, deleted] = ['left@example.com', 'stays@example.com', 'deleted@example.com'] as const;
  const ids = new Map<string, string>();
  for (const email of [left, stays, deleted]) {
    ids.set(email, await addUser(elsewhere, { email, sites: [site4, site1] }));
  }
  await refreshRooms(request, site4, { [left]: 'one-1', [stays]: 'one-2', [deleted]: 'one-3' });
  await refreshRooms(request, site4, { [left]: 'two-1', [stays]: 'two-2', [deleted]: 'two-3' });
  const of = { siteUrl: site4, userEmail: stays };
  const batch = await latestChange(request, 'admin', 'personalMeetingRoomId', of);
  await leaveSite(ids.get(left)!, site4);
  await deletionsIn(elsewhere).deleteUser(ids.get(deleted)!);

  for (const force of [false, true]) {
    const refused = await revert(request, 'admin', batch.id, of, { force });
    assert.equal(refused.status, 409, refused.text);
    const faults: { rule: string; description: string }[] = refused.body.errors;
    assert.deepEqual(
      faults.map(({ rule, description }) => `${rule} ${/\S+@\S+/.exec(description)?.[0]}`).sort(),
      [`history.reversible ${deleted}`, `history.reversible ${left}`],
    );
  }
  const latest = await latestChange(request, 'admin', 'personalMeetingRoomId', of);
  assert.equal(latest.id, batch.id);
});

test('a default site that is no longer one of theirs is named', async () => {
  const email = 'moved@example.com';
  const id = await addUser(elsewhere, { email, sites: [site4, site1] });
  const path = pathOf('sites', { defaultSite: 'true', userEmail: email });
  const changed = await request({ method: 'PUT', path, as: 'admin', body: { siteUrl: site1 } });
  assert.equal(changed.status, 200);
  const change = await latestChange(request, 'admin', 'sites', { userEmail: email });
  await leaveSite(id, site4);
  const refused = await revert(request, 'admin', change.id, { userEmail: email, siteUrl: site1 });
  assertRefused(refused, 409, 'history.reversible');
  assert.match(refused.text, new RegExp(site4));
});
