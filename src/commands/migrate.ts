import type { Command } from 'commander';
import { shownUrl } from '../platform/config.ts';
import { openDatabase } from '../platform/open.ts';
import { type Io, UsageError } from './io.ts';
import { addSettings, configOf, databaseSettings } from './settings.ts';

/** `anteroom migrate`: brings the schema up to date without starting a server, and distributes it when asked to. */
export function addMigrateCommand(program: Command, io: Io): void {
  const migrate = program
    .command('migrate')
    .description(
      'Bring the schema of the database up to date, as every start does, without starting a server.',
    )
    .option('--distributed <citus>', 'Also spread the tables over the nodes of a Citus cluster.');
  addSettings(migrate, databaseSettings).action(async (options: Record<string, string>) => {
    const config = configOf(options);
    const { distributed } = options;
    if (distributed !== undefined && distributed !== 'citus') {
      throw new UsageError(`--distributed must be citus, not "${distributed}".`);
    }
    const isPostgres = !config.databaseUrl.startsWith('sqlite:');
    if (distributed !== undefined && !isPostgres) {
      throw new UsageError(
        '--distributed needs a --database-url that leads to the coordinator of a Citus cluster.',
      );
    }
    const database = await openDatabase(config, { inPlace: true, withoutSecrets: true });
    await database.close();
    io.out(`The schema of ${shownUrl(config.databaseUrl)} is up to date.`);
    if (distributed === undefined) return;
    const { distributeOnCitus } = await import('../platform/distribute.ts');
    const { databaseUrl: url, databasePoolSize: poolSize, databaseTimeoutMs: statementTimeoutMs } = config;
    const statements = await distributeOnCitus({ url, poolSize, statementTimeoutMs });
    io.out(statements.length === 0 ? 'Its tables are distributed already.' : statements.join('\n'));
  });
}
