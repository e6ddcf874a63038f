/** All that a database holds, to see whether it is the same as before. */
import type { Database } from '../../../src/platform/database.ts';
import { migrations } from '../../../src/platform/migrations.ts';

const schema = migrations.map(({ sql }) => sql).join('\n');
const tables = [...schema.matchAll(/^create table (\w+)/gm)].map(([, name]) => name!);

/** Rows by table, in an order of their own; without when a token was used last, which every use changes. */
export async function dumpOf(database: Database): Promise<Map<string, string[]>> {
  const dump = new Map<string, string[]>();
  for (const table of tables) {
    // Which process wrote last is no content.
    if (table === 'latest_writer') continue;
    const rows = await database.all(`select * from ${table}`, []);
    dump.set(table, rows.map(({ last_used: _, ...row }) => JSON.stringify(row)).sort());
  }
  return dump;
}
