/** Databases with keys, and all that lies in them. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { loadConfig, sqlitePathOf } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { openDatabase } from '../../src/platform/open.ts';
import { closing, engine } from '../helpers/databases.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { temporaryFolder } from '../helpers/process.ts';

// A key that `anteroom serve` once made in the project's folder is not one of these databases.
process.chdir(temporaryFolder());

export function newKey(): string {
  return randomBytes(32).toString('base64');
}

/** Opens a database with these keys; closed after the test file. */
export async function openWith(databaseUrl: string, ...keys: readonly string[]): Promise<Database> {
  // Patient: what is filled and sealed here in one go is more than a request asks for.
  const env = { ANTEROOM_SECRETS_KEY: keys.join(','), ANTEROOM_DATABASE_TIMEOUT_MS: '60000' };
  const config = loadConfig({ databaseUrl }, {}, env);
  const database = await openDatabase(config);
  // Before it: the servers that were started on it since.
  closing.unshift(() => database.close());
  return database;
}

/** Every byte of the files, with what is still in the log; or every row of every table. */
export async function everythingIn(databaseUrl: string): Promise<string> {
  if (engine === 'sqlite') {
    const path = sqlitePathOf(databaseUrl);
    const files = ['', '-wal'].map((suffix) => path + suffix).filter((file) => existsSync(file));
    return files.map((file) => readFileSync(file, 'latin1')).join('\n');
  }
  const tables = await runSql(
    databaseUrl,
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  let text = '';
  for (const { name } of tables) {
    const rows = await runSql(databaseUrl, `select row_to_json(t)::text as row from ${name} t`);
    text += rows.map(({ row }) => `${name} ${row}\n`).join('');
  }
  return text;
}
