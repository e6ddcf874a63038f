/** Spreads the tables of a PostgreSQL database over the nodes of a Citus cluster. */
import pg from 'pg';
import { UnusableDatabase } from './database.ts';
import { connectionConfig, type PostgresOptions } from './postgres-connection.ts';
import { unusable } from './postgres-errors.ts';

/**
 * Copied to every node, because every node joins them or has foreign keys to them; in the order of those keys. They are
 * small beside the preferences, and change rarely.
 */
export const referenceTables = [
  'directory_version',
  'organizations',
  'sites',
  'users',
  'memberships',
  'integrations',
  'oauth_grants',
  'oauth_records',
  'tokens',
  'signing_keys',
  'sign_in_sessions',
  'local_accounts',
  'sign_in_attempts',
  'openid_sign_ins',
  'linked_subjects',
  'deleted_users',
  'provisioned_groups',
  'provisioned_group_members',
] as const;

/** Spread over the nodes by this column: all rows of a user lie on one node, and all events of an organization. */
export const distributedTables = {
  preferences: 'user_id',
  idempotent_requests: 'user_id',
  delegations: 'user_id',
  audit_events: 'organization_id',
} as const;

/** What is told to the coordinator, in order. Tables that are distributed already are passed over. */
export function distributionStatements(distributed: ReadonlySet<string> = new Set()): string[] {
  const missing = (table: string): boolean => !distributed.has(table);
  return [
    ...referenceTables.filter(missing).map((table) => `select create_reference_table('${table}')`),
    ...Object.entries(distributedTables)
      .filter(([table]) => missing(table))
      .map(([table, column]) => `select create_distributed_table('${table}', '${column}')`),
  ];
}

/**
 * Distributes the tables through the coordinator that `options` lead to, whose schema is up to date. Returns the
 * statements that were needed. Throws UnusableDatabase when the server has no Citus.
 */
export async function distributeOnCitus(options: PostgresOptions): Promise<string[]> {
  const client = new pg.Client({ ...connectionConfig(options), statement_timeout: 0 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw unusable(options.url, error);
  }
  try {
    const extension = await client.query("select 1 from pg_extension where extname = 'citus'");
    if (extension.rowCount === 0) {
      throw new UnusableDatabase(
        'This database has no Citus: run `create extension citus` on the coordinator first, or leave --distributed out.',
      );
    }
    const { rows } = await client.query<{ name: string }>(
      'select logicalrelid::text as name from pg_dist_partition',
    );
    const statements = distributionStatements(new Set(rows.map(({ name }) => name)));
    for (const statement of statements) await client.query(statement);
    return statements;
  } finally {
    await client.end();
  }
}
