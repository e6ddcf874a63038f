import type { Command } from 'commander';
import { limitOf } from '../platform/retention.ts';
import { pruneVersions } from '../preferences/history/pruning-store.ts';
import { type Io, type OpenDatabase, UsageError } from './io.ts';
import { show, withDatabase } from './output.ts';
import { addSettings, configOf } from './settings.ts';

type Options = Readonly<Record<string, string | boolean>>;

export function addHistoryCommands(program: Command, open: OpenDatabase, io: Io): void {
  const history = program.command('history').description('Prune the history of changes.');
  const prune = history
    .command('prune')
    .description(
      'Remove versions of preferences that were replaced, or whose user left the site, longer ago than history is kept; those in force stay.',
    )
    .option('--json', 'print how many were removed as JSON');
  addSettings(prune, ['historyRetentionDays']).action(async (options: Options) => {
    const { historyRetentionDays } = configOf(options);
    if (historyRetentionDays === 0) {
      throw new UsageError('History is kept for ever. Say for how many days with --history-retention-days.');
    }
    const limit = limitOf(historyRetentionDays, Date.now());
    await withDatabase(open, async (database) => {
      let removed = 0;
      for await (const count of pruneVersions(database, limit)) removed += count;
      const versions = removed === 1 ? '1 version that was' : `${removed} versions that were`;
      const facts = { replacedBefore: limit, removed };
      show(io, options.json === true, facts, `Removed ${versions} replaced before ${limit}.`);
    });
  });
}
