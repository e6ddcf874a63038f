/** The key design of the distributed schema: what is spread over nodes, and that requests about one user ask one node. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { distributedTables, distributionStatements, referenceTables } from '../src/platform/distribute.ts';
import { migrations } from '../src/platform/migrations.ts';
import { sqlTextsAbout } from './helpers/sql-texts.ts';

/** On the coordinator alone: asked when a server starts. */
const localTables = ['schema_migrations', 'database_facts', 'latest_writer'];
const root = new URL('../', import.meta.url);
const schema = migrations.map(({ sql }) => sql).join('\n');

test('every table has its place', () => {
  const tables = [...schema.matchAll(/create table (\w+)/g)].map(([, name]) => name!);
  const placed = [...referenceTables, ...Object.keys(distributedTables), ...localTables];
  assert.deepEqual([...tables, 'schema_migrations'].sort(), placed.sort());
});

test('a table is told of after those that it refers to, and once', () => {
  const order = distributionStatements().map((statement) => /'(\w+)'/.exec(statement)![1]!);
  for (const [, table, columns] of schema.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)) {
    for (const [, other] of columns!.matchAll(/references (\w+)/g)) {
      assert.ok(order.indexOf(other!) < order.indexOf(table!), `${table} before ${other}`);
    }
  }
  assert.deepEqual(distributionStatements(new Set(order)), []);
});

test('the key of every distributed table begins with its distribution column', () => {
  for (const [table, column] of Object.entries(distributedTables)) {
    const columns = new RegExp(`create table ${table} \\(([\\s\\S]*?)\\n\\);`).exec(schema)![1]!;
    assert.match(columns, new RegExp(`primary key \\(${column}[,)]`), table);
  }
});

/** A statement as its selects, the inner ones taken out of the outer ones. */
function selectsIn(sql: string): string[] {
  const inner = /\((\s*select\b(?:[^()]|\([^()]*\))*)\)/;
  const found = inner.exec(sql);
  return found === null ? [sql] : [...selectsIn(sql.replace(found[0], '…')), ...selectsIn(found[1]!)];
}

/** Whether all that is read or changed of spread tables lies on the node of one user or organization. */
function namesKey(sql: string): boolean {
  return selectsIn(sql).every((select) =>
    Object.entries(distributedTables).every(([table, column]) => {
      if (!new RegExp(`\\b(from|into|update|join)\\s+${table}\\b`).test(select)) return true;
      return new RegExp(`\\b${column} = (\\?|\\w+\\.(user_)?id)|insert into \\w+ \\(${column},`).test(select);
    }),
  );
}

/** What asks all nodes, as docs/guides/distributed.md tells it. */
const ofAllNodes: Readonly<Record<string, RegExp>> = {
  'the history of a whole site':
    /select (changed|user_id.*) from preferences where site_url = \? (\$|and changed >=)/,
  'reverting a batch of room ids': /where batch_id = \?/,
  'deleting a user: who has them as delegate': /from delegations d join users/,
  'deleting a site or an organization':
    /^delete from (preferences|delegations) where site_url (= \?|in \(.*\))( and document <> '')?$/,
  'removing old history': /from preferences (p where p\.site_url = \?|where site_url > \?)/,
  'removing old events of the audit log': /from audit_events where created < \?/,
  'forgetting idempotency keys': /from idempotent_requests where reserved < \?/,
  'sealing with another key':
    /from preferences where section in \(.*\(user_id, site_url, section, revision\) >/,
};

test('every statement about a spread table names its key, but for those that the guide says ask all nodes', () => {
  const texts = sqlTextsAbout(Object.keys(distributedTables));
  assert.ok(texts.length > 40, `${texts.length} statements were found`);
  const guide = readFileSync(new URL('docs/guides/distributed.md', root), 'utf8');
  const without = texts.filter(({ sql }) => !namesKey(sql)).map(({ sql }) => sql.replace(/\s+/g, ' '));
  for (const [request, pattern] of Object.entries(ofAllNodes)) {
    assert.ok(
      without.some((sql) => pattern.test(sql)),
      `nothing is about ${request}`,
    );
    assert.match(guide, new RegExp(`^\\| ${request} \\| (all|.*all) \\|$`, 'm'));
  }
  for (const sql of without) {
    assert.ok(
      Object.values(ofAllNodes).some((pattern) => pattern.test(sql)),
      sql,
    );
  }
});

test('an insertion begins with the distribution column of its table, which is never null', () => {
  const sources = globSync('src/**/*.ts', { cwd: root }).map((file) =>
    readFileSync(new URL(file, root), 'utf8'),
  );
  const insertions = sources.flatMap((source) => [
    ...source.matchAll(/table: '(\w+)',\s*columns: \{\s*(\w+):/g),
  ]);
  const firstOf = Object.fromEntries(insertions.map(([, table, first]) => [table!, first!]));
  assert.deepEqual(Object.keys(firstOf).sort(), ['audit_events', 'idempotent_requests', 'preferences']);
  for (const [table, first] of Object.entries(firstOf)) {
    assert.equal(first, distributedTables[table as keyof typeof distributedTables]);
    assert.match(schema, new RegExp(`create table ${table} \\(\\n  ${first} text not null`));
  }
});
