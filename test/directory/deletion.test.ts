/** What becomes of preferences when memberships end: nothing is in force, nobody inherits, administrators can look back. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { deletionsIn } from '../../src/commands/lookup.ts';
import { leaveSiteStatements, operator } from '../../src/directory/deletion-store.ts';
import {
  membershipStatements,
  organizationStatement,
  siteStatement,
  userStatement,
} from '../../src/directory/registration.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { pruneVersions } from '../../src/preferences/history/pruning-store.ts';
import { pathOf, site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { historyPage, patch, revert, siteHistoryPage } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addSite, addToken, addUser, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const url = await demoUrl();
const [database, elsewhere] = [await openAt(url), await openAt(url)];
const { url: serverUrl } = await startServer({ database });
after(() => Promise.all([database.close(), elsewhere.close()]));
const request = clientOf(serverUrl);
/** As a command does it, beside the server. */
const deletions = deletionsIn(elsewhere);
const organizationId = '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01';
const now = '2026-01-01T00:00:00.000Z';
const sections = ['personalMeetingRoom', 'audio', 'video', 'schedulingOptions'];

async function newPerson(name: string, sites = [site4, site1]): Promise<{ id: string; email: string }> {
  const email = `${name}@example.com`;
  const id = await addUser(elsewhere, { email, sites });
  await addToken(elsewhere, id, name);
  return { id, email };
}

/** The user again, with the id and the membership they had. */
async function comeBack(id: string, email: string, siteUrl = site4): Promise<void> {
  const names = { displayName: 'Back', firstName: 'Back', lastName: '' };
  const user = { id, organizationId, email, ...names, fullAdministrator: false, defaultSiteUrl: siteUrl };
  const membership = { userId: id, siteUrl, siteAdministrator: false, roomId: undefined };
  await elsewhere.write([
    userStatement(user, now),
    ...membershipStatements(membership, {}, randomBytes),
    directoryChanged,
  ]);
}

async function topicOf(as: string): Promise<string> {
  const { body } = await request({ path: pathOf('personalMeetingRoom'), as });
  return body.topic;
}

/** What is in force of a user: site, section and document. */
async function inForce(id: string): Promise<string[]> {
  const rows = await database.all(
    `select p.site_url, p.section, p.document from preferences p where p.user_id = ? and p.document <> ''
      and p.section not in ('sites', 'personalMeetingRoomId') and not exists (select 1 from preferences later
        where later.user_id = p.user_id and later.site_url = p.site_url and later.section = p.section
          and later.revision > p.revision)`,
    [id],
  );
  return rows.map((row) => `${row.site_url} ${row.section} ${row.document}`);
}

test('a deleted user: nothing is in force, tokens are gone, administrators read the history', async () => {
  const { id, email } = await newPerson('ann');
  for (const topic of ['one', 'two']) await patch(request, 'ann', 'personalMeetingRoom', { topic });
  assert.equal((await inForce(id)).length, 1);
  assert.equal(await deletions.deleteUser(id), true);
  assert.equal(await deletions.deleteUser(id), false);
  assert.deepEqual(await inForce(id), []);
  assertRefused(await request({ path: pathOf('audio'), as: 'ann' }), 401);
  for (const page of [
    await historyPage(request, 'admin', { userEmail: 'ANN@example.com' }),
    await siteHistoryPage(request, 'admin', { siteUrl: site4, max: '2' }),
    await siteHistoryPage(request, 'admin', { siteUrl: site4, userEmail: email }),
  ]) {
    assert.equal(page.status, 200, page.text);
    const [latest, first] = page.body.items;
    assert.deepEqual([latest.userEmail, latest.before, latest.after.topic], [email, { topic: 'one' }, 'two']);
    assert.deepEqual([first.after.topic, first.after.hostPin], ['one', '****']);
  }
  assertRefused(await request({ path: pathOf('audio', { userEmail: email }), as: 'admin' }), 404);
  assertRefused(await historyPage(request, 'other-admin', { userEmail: email }), 404, 'subject.user');
  assertRefused(await historyPage(request, 'john', { userEmail: email }), 403);
  const never = await historyPage(request, 'admin', { userEmail: email, siteUrl: 'site2-example.webex.com' });
  assertRefused(never, 404, 'subject.user');
});

test('whoever gets the id again begins anew, and so does their own history', async () => {
  const { id, email } = await newPerson('ben');
  await patch(request, 'ben', 'personalMeetingRoom', { topic: 'old' });
  const [{ id: change }] = (await historyPage(request, 'ben')).body.items;
  await deletions.deleteUser(id);
  await comeBack(id, email);
  await addToken(elsewhere, id, 'ben');
  assert.notEqual(await topicOf('ben'), 'old');
  assert.deepEqual((await historyPage(request, 'ben')).body.items, []);
  assertRefused(await revert(request, 'ben', change), 404, 'history.known');
  const answer = await patch(request, 'ben', 'personalMeetingRoom', { topic: 'new' });
  assert.equal(answer.status, 200);
  const [item, ...others] = (await historyPage(request, 'ben')).body.items;
  assert.deepEqual([item.after, others], [{ topic: 'new' }, []]);
  const whole = (await historyPage(request, 'admin', { userEmail: email })).body.items;
  assert.deepEqual(
    whole.map(({ after }: { after: { topic: string } }) => after.topic),
    ['new', 'old'],
  );
});

test('somebody off a site and on it again begins anew there', async () => {
  const { id, email } = await newPerson('cleo');
  await patch(request, 'cleo', 'personalMeetingRoom', { topic: 'old' });
  await patch(request, 'cleo', 'schedulingOptions', { delegateEmails: ['brenda.song@example.com'] });
  await elsewhere.write([...leaveSiteStatements(id, site4, operator, now), directoryChanged]);
  assert.deepEqual(await inForce(id), []);
  const rows = await database.all('select delegate_key from delegations where user_id = ?', [id]);
  assert.deepEqual(rows, []);
  const past = await historyPage(request, 'admin', { userEmail: email });
  assert.deepEqual([past.status, past.body.items.length], [200, 2]);
  await comeBack(id, email);
  assert.notEqual(await topicOf('cleo'), 'old');
  const { body } = await request({ path: pathOf('schedulingOptions'), as: 'cleo' });
  assert.deepEqual(body.delegateEmails, []);
});

test('a site that is made again shows nothing of the one before', async () => {
  const siteUrl = 'again.example.com';
  await addSite(elsewhere, siteUrl);
  const { id, email } = await newPerson('dora', [siteUrl, site4]);
  await patch(request, 'dora', 'personalMeetingRoom', { topic: 'old' });
  await deletions.deleteSite(siteUrl);
  assert.equal((await request({ path: pathOf('audio'), as: 'dora' })).status, 200);
  const other = randomUUID();
  await elsewhere.write([
    organizationStatement({ id: other, name: 'Heirs' }, now),
    siteStatement({ siteUrl, organizationId: other, settings: {} }, now),
    directoryChanged,
  ]);
  await deletions.deleteUser(id);
  const documents = "select 1 from preferences where site_url = ? and document <> ''";
  assert.deepEqual(await database.all(documents, [siteUrl]), []);
  await deletions.deleteOrganization(other);
  await addSite(elsewhere, siteUrl);
  await comeBack(id, email, siteUrl);
  await addToken(elsewhere, id, 'dora');
  assert.notEqual(await topicOf('dora'), 'old');
});

test('a deleted delegate is on nobody’s list any more, which is a change of each list', async () => {
  const { id, email } = await newPerson('eva');
  const brenda = 'brenda.song@example.com';
  const lists = { marcus: [brenda, 'EVA@example.com'], brenda: [email] };
  for (const [as, delegateEmails] of Object.entries(lists)) {
    await patch(request, as, 'schedulingOptions', { delegateEmails });
  }
  const actor = {
    userId: demoUserId('admin@example.com'),
    tokenId: 'some-token',
    trackingId: 'some-request',
  };
  await deletions.deleteUser(id, actor);
  for (const [as, expected] of Object.entries({ marcus: [brenda], brenda: [] })) {
    const { body } = await request({ path: pathOf('schedulingOptions'), as });
    assert.deepEqual(body.delegateEmails, expected);
    const [{ after, changedBy, trackingId }] = (await historyPage(request, as, { max: '1' })).body.items;
    assert.deepEqual(after, { delegateEmails: expected });
    assert.deepEqual([changedBy.email, changedBy.onBehalf], ['admin@example.com', true]);
    assert.equal(trackingId, 'some-request');
  }
  const rows = await database.all('select user_id from delegations where delegate_key = ?', [email]);
  assert.deepEqual(rows, []);
});

for (const round of [1, 2, 3]) {
  test(`writes under way while a user is deleted leave nothing in force, nor does their return (${round})`, async () => {
    const name = `racer${round}`;
    const { id, email } = await newPerson(name);
    await patch(request, name, 'audio', { enabledTollFree: true });
    const writes = Array.from({ length: 60 }, (_, index) => {
      const siteUrl = index % 2 === 0 ? site4 : site1;
      const section = sections[index % 3 === 0 ? 3 : index % 4]!;
      const bodies: Record<string, unknown> = {
        personalMeetingRoom: { topic: `topic ${index}` },
        audio: { enabledTollFree: index % 4 === 0 },
        video: { videoDevices: [] },
        schedulingOptions: { delegateEmails: [`delegate${index}@example.com`] },
      };
      return patch(request, name, section, bodies[section], { siteUrl });
    });
    const deleted = deletions.deleteUser(id);
    const statuses = new Set((await Promise.all(writes)).map(({ status }) => status));
    assert.equal(await deleted, true);
    assert.deepEqual(
      [...statuses].filter((status) => ![200, 401, 404].includes(status)),
      [],
    );
    assert.deepEqual(await inForce(id), []);
    assert.deepEqual(await database.all('select 1 from delegations where user_id = ?', [id]), []);
    await comeBack(id, email);
    assert.deepEqual(await inForce(id), []);
  });
}

test('history that is not kept takes the deleted along', async () => {
  const { id, email } = await newPerson('fred');
  await patch(request, 'fred', 'personalMeetingRoom', { topic: 'gone' });
  await deletions.deleteUser(id);
  for await (const _ of pruneVersions(elsewhere, '2999-01-01T00:00:00.000Z'));
  assert.deepEqual(await database.all('select 1 from preferences where user_id = ?', [id]), []);
  assertRefused(await historyPage(request, 'admin', { userEmail: email }), 404, 'subject.user');
});
