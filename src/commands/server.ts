/** The commands that run the server: dev, serve and reset. */
import type { Command } from 'commander';
import { type Config, type SettingName, settings } from '../platform/config.ts';
import type { Io } from './io.ts';
import { addSettings, configOf } from './settings.ts';

const serverSettings = (Object.keys(settings) as SettingName[]).filter(
  (name) => name !== 'memory' && name !== 'allowRemote' && name !== 'secretsKey',
);

/** Development has a file of its own, so that nobody serves the demo organization by mistake. */
const developmentDefaults: Partial<Config> = {
  databaseUrl: 'sqlite:data/development.db',
  // Tests and load generators are what it is for.
  addressRate: 0,
  tokenRate: 0,
};

type Options = Readonly<Record<string, string | boolean>>;

export function addServerCommands(program: Command, io: Io, version: string): void {
  const dev = program
    .command('dev')
    .description('Run the server for development, with the demo organization and its well-known tokens.');
  const forDevelopment = serverSettings.filter((name) => name !== 'workers');
  addSettings(dev, ['memory', 'allowRemote', ...forDevelopment], developmentDefaults).action(
    async (options: Options) => {
      const { runDevelopment } = await import('./start.ts');
      await runDevelopment(configOf(options, developmentDefaults), io, version);
    },
  );

  const serve = program
    .command('serve')
    .description('Run the server for real users: no demo organization, no well-known token.');
  addSettings(serve, serverSettings).action(async (options: Options) => {
    const config = configOf(options);
    if (config.workers > 1) {
      const { runSupervised } = await import('./supervisor.ts');
      await runSupervised(config, io, version);
    } else {
      const { runProduction } = await import('./start.ts');
      await runProduction(config, io, version);
    }
  });

  const reset = program
    .command('reset')
    .description('Delete the data of development mode, so that it starts with a new demo organization.');
  addSettings(reset, ['databaseUrl'], developmentDefaults).action(async (options: Options) => {
    const { resetDevelopment } = await import('./reset.ts');
    await resetDevelopment(configOf(options, developmentDefaults), io);
  });
}
