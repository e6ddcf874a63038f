/** A schema of the engine tests' own, because the engine knows nothing of meetings; and PostgreSQL databases that have it. */
import { after } from 'node:test';
import { insertion, type Statement } from '../../src/platform/database.ts';
import { PostgresDatabase } from '../../src/platform/postgres.ts';
import type { PostgresOptions } from '../../src/platform/postgres-connection.ts';
import { unopenedUrl } from '../helpers/databases.ts';

export const migrations = [
  {
    version: 1,
    name: 'test',
    sql: `create table directory_version (version bigint not null);
      insert into directory_version values (1);
      create table facts (name text primary key, value integer not null);
      create table owners (name text primary key);
      create table notes (owner text not null references owners (name), position bigint not null,
        words text not null check (words <> 'forbidden'), primary key (owner, position))`,
  },
];

/** Notes of an owner are numbered without a gap. */
export const notes = insertion({
  table: 'notes',
  columns: { owner: 'text', position: 'bigint', words: 'text' },
  subjectColumns: 1,
  where: `given.position = 1 or exists (select 1 from notes before where before.owner = given.owner
    and before.position = given.position - 1)`,
});

export const put = (name: string, value: number): Statement => ({
  sql: 'insert into facts (name, value) values (?, ?)',
  values: [name, value],
});
export const step = (name: string, from: number): Statement => ({
  sql: 'update facts set value = value + 1 where name = ? and value = ?',
  values: [name, from],
  changes: 1,
});
export const own = (name: string): Statement => ({
  sql: 'insert into owners (name) values (?)',
  values: [name],
});

export function optionsFor(url: string, statementTimeoutMs = 2_000, poolSize = 10): PostgresOptions {
  return { url, poolSize, statementTimeoutMs };
}

/** A database with this schema, closed after the test file. */
export async function openPostgres(url?: string, statementTimeoutMs?: number): Promise<PostgresDatabase> {
  const options = optionsFor(url ?? (await unopenedUrl('postgres')), statementTimeoutMs);
  const database = await PostgresDatabase.open(options, migrations);
  after(() => database.close());
  return database;
}
