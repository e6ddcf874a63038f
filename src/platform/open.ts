import type { Config } from './config.ts';
import { sqlitePathOf } from './config.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';
import { type SecretsConfig, secretsOf } from './secret-keys.ts';

export interface OpenOptions {
  /**
   * For command-line tools, which have nobody to hold up: SQLite commits on the calling thread, PostgreSQL may take its
   * time for a statement.
   */
  readonly inPlace?: boolean;
  /** For what reads and writes no secrets: then it needs no key. */
  readonly withoutSecrets?: boolean;
}

/** Deleting a large organization takes minutes; an hour means that nobody will answer any more. */
const patientTimeoutMs = 3_600_000;

type DatabaseConfig = Pick<Config, 'databasePoolSize' | 'databaseTimeoutMs'> & SecretsConfig;

/** Opens the database that the settings name, with the schema up to date. Throws UnusableDatabase. */
export async function openDatabase(
  config: DatabaseConfig,
  { inPlace = false, withoutSecrets = false }: OpenOptions = {},
): Promise<Database> {
  const database = await engineOf(config, inPlace);
  if (withoutSecrets) return database;
  try {
    database.secrets = await secretsOf(database, config);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function engineOf(config: DatabaseConfig, inPlace: boolean): Promise<Database> {
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
