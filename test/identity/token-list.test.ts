/** The list of tokens of an organization costs the same, however many tokens others have. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { demoOrganizations } from '../../src/development/demo.ts';
import { organizationStatement, userStatement } from '../../src/directory/registration.ts';
import { loadConfig, sqlitePathOf } from '../../src/platform/config.ts';
import { type Database, directoryChanged, type Statement, type Value } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { openDatabase } from '../../src/platform/open.ts';
import { PostgresDatabase } from '../../src/platform/postgres.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { type TokenPageQuery, TokenStore } from '../../src/tokens/store.ts';
import { demoUrl, engine, unopenedUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';
import { otherAdmin } from '../helpers/tokens.ts';

const now = '2026-01-01T00:00:00.000Z';
const organizationId = demoOrganizations[0]!.id;
/** As a command opens it: so many tokens at once may take longer than a request may. */
const patient = { inPlace: true };
const database = await openDatabase(loadConfig({ databaseUrl: await demoUrl() }, {}, {}), patient);
after(() => database.close());

/** Tokens of an administrator, all older than those of the demo. */
const many = (count: number, email: string): Statement => ({
  sql: `insert into tokens (hash, id, user_id, organization_id, name, scopes, created)
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
    select u.id || n, u.id || n, u.id, u.organization_id, 'number ' || n, 'spark:people_read', '${now}'
    from numbers cross join users u where u.id = ?`,
  values: [demoUserId(email)],
  changes: count,
});
await database.write([many(6_000, 'admin@example.com'), many(60_000, otherAdmin), directoryChanged]);
// PostgreSQL counts by itself, but later; SQLite plans without.
if (engine === 'postgres') await database.write([{ sql: 'analyze', values: [] }]);

const question = { after: undefined, limit: 101, now };

/** What a page asks the engine, and the engine's plan for it. */
async function plansOf(query: TokenPageQuery): Promise<{ plans: string[]; found: number }> {
  const asked: (readonly [string, readonly Value[]])[] = [];
  const recorder = new Proxy(database, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== 'get' && name !== 'all') return value;
      return (sql: string, values: readonly Value[]) => {
        asked.push([sql, values]);
        return value.call(target, sql, values);
      };
    },
  });
  const { length: found } = await new TokenStore(recorder).page(organizationId, query);
  const plans: string[] = [];
  for (const [sql, values] of asked) {
    const rows = await database.all(`explain ${engine === 'sqlite' ? 'query plan' : ''} ${sql}`, values);
    plans.push(rows.map((row) => row['QUERY PLAN'] ?? row.detail).join('\n'));
  }
  return { plans, found };
}

const byOrganization = {
  sqlite:
    /SEARCH (t|tokens) USING (COVERING )?INDEX tokens_of_organization \(organization_id=\? AND .*created/,
  postgres:
    /Index (Only )?Scan Backward using tokens_of_organization on tokens[\s\S]*Index Cond: \(\(organization_id = /,
};
const sorted = /TEMP B-TREE|Sort Key/;

test('a page is one query, which goes through the index of the organization and sorts nothing', async () => {
  for (const place of [undefined, { created: now, id: 'z' }]) {
    const { plans, found } = await plansOf({ ...question, after: place });
    assert.equal(plans.length, 1);
    assert.match(plans[0]!, byOrganization[engine]);
    assert.doesNotMatch(plans[0]!, sorted);
    assert.equal(found, 101);
  }
});

test('a search looks at a few thousand tokens of the organization at once, by the same index', async () => {
  for (const sifted of [{ search: 'nowhere' }, { isActive: false }, { search: 'nowhere', isActive: true }]) {
    const { plans, found } = await plansOf({ ...question, ...sifted });
    assert.equal(found, 0);
    // Twice a place ahead, and what lies before it: the tokens of the other organization would make it many more.
    assert.equal(plans.length, 4);
    for (const plan of plans) assert.match(plan, /tokens_of_organization/);
    for (const plan of plans) assert.doesNotMatch(plan, /SCAN (t|tokens)\b|Seq Scan on tokens/);
  }
});

test('those of one person come from the index of that person', async () => {
  const { plans, found } = await plansOf({ ...question, userEmail: 'john.andersen@example.com' });
  assert.ok(found > 0);
  assert.equal(plans.length, 1);
  assert.match(plans[0]!, /tokens_of_user/);
});

test('tokens from before there was a list get the organization of their holder', async () => {
  const url = await unopenedUrl();
  const older = await openOlder(url);
  const [own, other] = ['1f8a1c52-0000-4d0b-9f57-2f6f0f3f8a01', '1f8a1c52-0000-4d0b-9f57-2f6f0f3f8a02'];
  for (const id of [own, other]) {
    const names = { email: `${id}@example.com`, displayName: 'Pat', firstName: 'Pat', lastName: '' };
    const role = { fullAdministrator: true, defaultSiteUrl: undefined };
    const sql = 'insert into tokens (hash, id, user_id, name, scopes, created) values (?, ?, ?, ?, ?, ?)';
    await older.write([
      organizationStatement({ id, name: id }, now),
      userStatement({ id, organizationId: id, ...names, ...role }, now),
      { sql, values: [id, `token of ${id}`, id, 'old', 'spark:people_read', now] },
      directoryChanged,
    ]);
  }
  await older.close();
  const newer = await openAt(url);
  const found = await new TokenStore(newer).page(own, question);
  await newer.close();
  assert.deepEqual(
    found.map(({ id }) => id),
    [`token of ${own}`],
  );
});

/** As the version before the one with the list left it. */
async function openOlder(url: string): Promise<Database> {
  const known = migrations.filter(({ version }) => version < 9);
  return engine === 'sqlite'
    ? new SqliteDatabase({ path: sqlitePathOf(url), migrations: known })
    : PostgresDatabase.open({ url, poolSize: 5, statementTimeoutMs: 2_000 }, known);
}
