/** The key design of the distributed schema: what is spread over nodes, and that requests about one user ask one node. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../src/platform/database.ts';
import { distributedTables, distributionStatements, referenceTables } from '../src/platform/distribute.ts';
import { migrations } from '../src/platform/migrations.ts';
import { clientOf, type Request } from './helpers/client.ts';
import { openDatabase, startServer } from './helpers/server.ts';

/** On the coordinator alone: asked when a server starts. */
const localTables = ['schema_migrations', 'database_facts', 'latest_writer'];
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

/** A database that keeps the statements it was asked for. */
function recording(database: Database, statements: Set<string>): Database {
  return new Proxy(database, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const [first] = args;
        if (name === 'get' || name === 'all') statements.add(first as string);
        if (name === 'insert') statements.add((first as { sql: string }).sql);
        if (name === 'write') for (const { sql } of first as { sql: string }[]) statements.add(sql);
        return value.apply(target, args);
      };
    },
  });
}

const site = 'example.webex.com';
const preferences = '/v1/meetingPreferences';
const requests: Request[] = [
  { path: preferences, as: 'john' },
  { path: `${preferences}/history`, as: 'john' },
  ...['personalMeetingRoom', 'audio', 'video', 'schedulingOptions', 'sites'].map((section) => ({
    path: `${preferences}/${section}`,
    as: 'john',
  })),
  { method: 'PUT', path: `${preferences}/video`, as: 'john', body: { videoDevices: [] } },
  { method: 'PUT', path: `${preferences}/sites?defaultSite=true`, as: 'john', body: { siteUrl: site } },
  {
    method: 'POST',
    path: `${preferences}/schedulingOptions/delegateEmails/insert`,
    as: 'john',
    body: { emails: ['admin@example.com'] },
  },
  {
    method: 'POST',
    path: '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
    as: 'admin',
    body: {
      siteUrl: site,
      personalMeetingRoomIds: [{ email: 'john.andersen@example.com', systemGenerated: true }],
    },
  },
];

test('statements about the preferences of one user name the distribution column', async () => {
  const statements = new Set<string>();
  const server = await startServer({ database: recording(await openDatabase(), statements) });
  const request = clientOf(server.url);
  for (const each of requests) assert.equal((await request(each)).status, 200, each.path);
  const aboutPreferences = [...statements].filter((sql) => /\bpreferences\b/.test(sql));
  assert.ok(aboutPreferences.length >= 2);
  for (const sql of aboutPreferences) assert.match(sql, /user_id = (\?|given\.user_id|u\.id)/, sql);
});
