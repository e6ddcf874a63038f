/** What another server changed in the directory binds the very next request, even one that has begun with what memory says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Database, directoryChanged } from '../../src/platform/database.ts';
import { site3, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { patch } from '../helpers/history.ts';
import { openAt } from '../helpers/open.ts';
import { addPerson } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const url = await demoUrl();
const other = await openAt(url);
const { database } = await startServer({ database: await openAt(url) });
const request = clientOf((await startServer({ database: database! })).url);
const path = `/v1/meetingPreferences/audio?siteUrl=${site3}`;
let people = 0;

/** Somebody with a token who has just read their audio preferences, so that the server has them in memory. */
async function somebody(): Promise<{ name: string; id: string }> {
  people += 1;
  const name = `foresight${people}`;
  const id = await addPerson(database!, name, { sites: [site4, site3] });
  assert.equal((await request({ path, as: name })).status, 200);
  return { name, id };
}

/** Reads and changes at the same time, so that all of them meet the same fence. */
function readAndChange(name: string): Promise<Answer[]> {
  const change = patch(request, name, 'audio', { otherTeleconferenceDescription: name }, { siteUrl: site3 });
  return Promise.all([request({ path, as: name }), change, request({ path, as: name })]);
}

async function versionsOf(from: Database, id: string): Promise<unknown> {
  return (await from.get('select count(*) as total from preferences where user_id = ?', [id]))?.total;
}

test('a token that another server revoked', async () => {
  const { name, id } = await somebody();
  const sql = "update tokens set revoked = '2026-01-01T00:00:00.000Z' where user_id = ?";
  await other.write([{ sql, values: [id] }, directoryChanged]);
  for (const answer of await readAndChange(name)) assertRefused(answer, 401, 'token.valid');
  assert.equal(await versionsOf(other, id), 0);
});

test('a site that another server took away', async () => {
  const { name, id } = await somebody();
  const sql = 'delete from memberships where user_id = ? and site_url = ?';
  await other.write([{ sql, values: [id, site3] }, directoryChanged]);
  for (const answer of await readAndChange(name)) assertRefused(answer, 404, 'subject.site');
  assert.equal(await versionsOf(other, id), 0);
});

test('a site that another server gave anew', async () => {
  const { name, id } = await somebody();
  const sql = 'update sites set settings = \'{"audioTypes":["none"]}\' where site_url = ?';
  await other.write([{ sql, values: [site3] }, directoryChanged]);
  const [read, changed] = await readAndChange(name);
  assert.deepEqual([read!.body.defaultAudioType, changed!.body.defaultAudioType], ['none', 'none']);
  assert.equal(await versionsOf(other, id), 1);
});

test('a site that another server gave anew allows what memory would have refused', async () => {
  const { name } = await somebody();
  const give = async (audioTypes: string): Promise<void> => {
    const sql = 'update sites set settings = ? where site_url = ?';
    await other.write([{ sql, values: [`{"audioTypes":${audioTypes}}`, site3] }, directoryChanged]);
  };
  await give('["none"]');
  assert.equal((await request({ path, as: name })).body.defaultAudioType, 'none');
  await give('["none","voipOnly"]');
  const changed = await patch(request, name, 'audio', { defaultAudioType: 'voipOnly' }, { siteUrl: site3 });
  assert.equal(changed.status, 200, changed.text);
});

test('a role that another server took away, for a change that writes more than a version', async () => {
  const { name, id } = await somebody();
  const roles = { administers: [site3], fullAdministrator: true };
  const administrator = await addPerson(database!, 'former', { sites: [site3], ...roles });
  const query = { siteUrl: site3, userEmail: `${name}@example.com` };
  const change = () => patch(request, 'former', 'audio', { otherTeleconferenceDescription: 'theirs' }, query);
  assert.equal((await change()).status, 200);
  await other.write([
    { sql: 'update users set full_administrator = 0 where id = ?', values: [administrator] },
    directoryChanged,
  ]);
  assertRefused(await change(), 403, 'subject.own');
  assert.equal(await versionsOf(other, id), 1);
});
