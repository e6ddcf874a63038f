/** Every way to change the directory tells the other processes, which keep what they read in memory. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { applyDocument } from '../../src/commands/document/apply.ts';
import { deletionsIn } from '../../src/commands/lookup.ts';
import { seedDemo } from '../../src/development/demo.ts';
import { Registry } from '../../src/directory/registry.ts';
import { Directory } from '../../src/directory/store.ts';
import { TokenRegistry } from '../../src/identity/token-registry.ts';
import { Tokens } from '../../src/identity/tokens.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { demoUrl, emptyUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { addToken, demoUserId } from '../helpers/people.ts';

const url = await demoUrl('postgres');
const database = await openAt(url);
const other = await openAt(url);
after(() => Promise.all([database.close(), other.close()]));
const now = '2026-01-01T00:00:00.000Z';
const john = demoUserId('john.andersen@example.com');
const site = 'site4-example.webex.com';
const registry = new Registry(database);
const deletions = deletionsIn(database);
const tokens = new TokenRegistry(database);
const idOf = async (name: string) => {
  const row = await database.get('select id from tokens where name = ?', [name]);
  return row!.id as string;
};

/** In an order in which each finds what it needs. */
const ways: Record<string, () => Promise<unknown>> = {
  'a default site': async () => {
    const directory = new Directory(database);
    await directory.setDefaultSite((await directory.member(john))!, 'example.webex.com', []);
  },
  'room ids': () => new Directory(database).changeRoomIds(site, [{ userId: john, roomId: 'johnny' }], []),
  'settings of a site': async () => {
    const directory = new Directory(database);
    await directory.setSettings(site, (await directory.storedSettings(site))!, { joinBeforeHost: false }, []);
  },
  'an import': () =>
    applyDocument(database, { organizations: [{ name: 'New', sites: [{ siteUrl: 'new.example.com' }] }] }),
  'a new token': () => addToken(database, john, 'new', {}),
  'a revoked token': async () => tokens.revoke(await idOf('new'), now),
  'a deleted token': async () => tokens.delete(await idOf('new')),
  'a deleted user': () => deletions.deleteUser(demoUserId('brenda.song@example.com')),
  'a deleted site': () => deletions.deleteSite('site1-example.webex.com'),
  'a deleted organization': async () =>
    deletions.deleteOrganization((await registry.organization('Other'))!.id),
};

for (const [name, change] of Object.entries(ways)) {
  test(`${name}: another process notices`, async () => {
    await other.fence();
    const before = other.outsideWrites();
    await change();
    await other.fence();
    assert.ok(other.outsideWrites() > before);
  });
}

test('the demo organization: another process notices', async () => {
  const empty = await emptyUrl('postgres');
  const [one, two] = [await openAt(empty), await openAt(empty)];
  await two.fence();
  const before = two.outsideWrites();
  await seedDemo(one, now);
  await two.fence();
  assert.ok(two.outsideWrites() > before);
  await Promise.all([one.close(), two.close()]);
});

test("the last use of a token is nobody else's business", async () => {
  await other.fence();
  const before = other.outsideWrites();
  const caller = await new Tokens(database, Date.now, true).callerOf('anteroom-dev-john');
  assert.equal(caller?.userId, john);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const row = await database.get('select last_used from tokens where id = ?', [caller!.tokenId]);
    if (row!.last_used !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await other.fence();
  assert.equal(other.outsideWrites(), before);
});

/** What all suites on PostgreSQL rely on: without the notice, the database of a test refuses the unit. */
test('a unit that does not tell is refused in tests', async () => {
  const values = [randomUUID()];
  const units = [
    "insert into organizations (id, name, created) values (?, 'silent', '')",
    "update sites set settings = '{}' where site_url <> ?",
    "update users set display_name = 'silent' where id <> ?",
    'delete from memberships where user_id <> ?',
    'update tokens set revoked = ?',
  ];
  for (const sql of units) {
    await assert.rejects(database.write([{ sql, values }]), /without directoryChanged/, sql);
  }
  await database.write([{ sql: units[0]!, values }, directoryChanged]);
});
