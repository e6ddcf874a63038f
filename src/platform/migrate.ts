import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Client } from 'pg';
import { UnusableDatabase } from './database.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/*
 * Forward only, and all missing migrations in one transaction: a process that is killed in the middle leaves the old
 * schema, and of several that start together one migrates while the others wait.
 */

/** Reads `NNNN-name.sql` files in order; the number is the version of the schema after it. */
export function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql: readFileSync(new URL(file, folder), 'utf8'),
    }));
}

/**
 * Brings the schema of a SQLite file up to date: a second starter waits for the first. One that is up to date is opened
 * without a lock, so that nobody waits for an import.
 */
export function migrateSqlite(connection: DatabaseSync, migrations: readonly Migration[], now: string): void {
  const hasHistory = connection.prepare(findHistory).get() !== undefined;
  if (hasHistory && missing(migrations, versionOf(connection)).length === 0) return;
  connection.exec('begin immediate');
  try {
    connection.exec(createHistory);
    for (const migration of missing(migrations, versionOf(connection))) {
      connection.exec(migration.sql);
      connection.prepare(numbersToMarks(noteMigration)).run(migration.version, migration.name, now);
    }
    connection.exec('commit');
  } catch (error) {
    // The engine itself has undone it where the disk failed.
    if (connection.isTransaction) connection.exec('rollback');
    throw error;
  }
}

function versionOf(connection: DatabaseSync): number {
  return (connection.prepare(findVersion).get() as { version: number }).version;
}

/** Brings the schema of a PostgreSQL database up to date: a second starter waits for the lock of the first. */
export async function migratePostgres(
  client: Client,
  migrations: readonly Migration[],
  now: string,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(${migrationLock})`);
    await client.query(createHistory);
    const { rows } = await client.query<{ version: number }>(findVersion);
    for (const migration of missing(migrations, rows[0]!.version)) {
      await client.query(inBinaryOrder(migration.sql));
      await client.query(noteMigration, [migration.version, migration.name, now]);
    }
    await client.query('commit');
  } catch (error) {
    // On a connection that broke there is nothing left to undo, and the first error is the one to tell.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/**
 * Text compares by its bytes, as in SQLite, whatever language the database was made for: lists have one order everywhere,
 * and no update of the system's languages spoils an index. (In a migration, the word has no other meaning.)
 */
function inBinaryOrder(sql: string): string {
  return sql.replace(/\btext\b/g, 'text collate "C"');
}

const createHistory =
  'create table if not exists schema_migrations (version integer primary key, name text not null, applied text not null)';
const findHistory = "select 1 from sqlite_master where name = 'schema_migrations'";
const findVersion = 'select coalesce(max(version), 0) as version from schema_migrations';
const noteMigration = 'insert into schema_migrations (version, name, applied) values ($1, $2, $3)';

/** Any number that no other program on the same database takes: "anteroom" in the digits of a telephone, cut to fit. */
const migrationLock = 26_837_666;

function numbersToMarks(sql: string): string {
  return sql.replace(/\$\d/g, '?');
}

/** The migrations that a schema of `version` lacks; refuses one that is newer than this program. */
function missing(migrations: readonly Migration[], version: number): Migration[] {
  const newest = migrations.at(-1)!.version;
  if (version > newest) {
    throw new UnusableDatabase(
      `The database has schema ${version}, this program knows up to ${newest}. Start the newer program, or choose another database with --database-url.`,
    );
  }
  return migrations.filter((migration) => migration.version > version);
}
