/** PostgreSQL databases to copy from: copying takes a tenth of the time that making them takes. */
import pg from 'pg';
import { seedDemo } from '../../src/development/demo.ts';
import type { Row } from '../../src/platform/database.ts';
import { assertDirectoryChanges } from './directory-watch.ts';
import { openAt } from './open.ts';

export const templates = { empty: 'anteroom_empty', demo: 'anteroom_demo' };

/** Makes them on the server at `url`, with an eye on units that change the directory and do not say so. */
export async function prepareTemplates(url: string): Promise<void> {
  const { empty, demo } = templates;
  await runSql(url, `create database ${empty}`);
  await (await openAt(withDatabase(url, empty))).close();
  await runSql(withDatabase(url, empty), ...assertDirectoryChanges);
  await runSql(url, `create database ${demo} template ${empty}`);
  await seedAt(withDatabase(url, demo));
}

/** Puts the demo organization into an empty database. */
export async function seedAt(url: string): Promise<void> {
  const database = await openAt(url);
  await seedDemo(database, new Date().toISOString());
  await database.close();
}

/** The URL of another database of the same server. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Runs statements one after the other; the rows of the last one. */
export async function runSql(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
