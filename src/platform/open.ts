import type { Config } from './config.ts';
import { sqlitePathOf } from './config.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';

export interface OpenOptions {
  /**
   * For command-line tools, which have nobody to hold up: SQLite commits on the calling thread, PostgreSQL may take its
   * time for a statement.
   */
  readonly inPlace?: boolean;
}

/** Deleting a large organization takes minutes; an hour means that nobody will answer any more. */
const patientTimeoutMs = 3_600_000;

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'memory' | 'databasePoolSize' | 'databaseTimeoutMs'>;

/** Opens the database that the settings name, with the schema up to date. Throws UnusableDatabase. */
export async function openDatabase(
  config: DatabaseConfig,
  { inPlace = false }: OpenOptions = {},
): Promise<Database> {
  const url = config.memory ? 'sqlite::memory:' : config.databaseUrl;
  if (url.startsWith('sqlite:')) {
    const { SqliteDatabase } = await import('./sqlite.ts');
    return new SqliteDatabase({ path: sqlitePathOf(url), migrations, inPlace });
  }
  const { PostgresDatabase } = await import('./postgres.ts');
  const { databasePoolSize: poolSize, databaseTimeoutMs } = config;
  const statementTimeoutMs = inPlace ? patientTimeoutMs : databaseTimeoutMs;
  return PostgresDatabase.open({ url, poolSize, statementTimeoutMs }, migrations);
}
