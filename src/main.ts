/** The command line: parses, calls, prints. */
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { CommandError, processIo, UsageError } from './commands/io.ts';
import { addServerCommands } from './commands/server.ts';
import { InvalidSetting } from './platform/config.ts';
import { UnusableDatabase } from './platform/database.ts';

const exit = { failed: 1, badUsage: 2 };

/** Runs one command; ends the process with 1 when it failed, with 2 when it was called wrongly. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const program = await buildProgram(args[0]);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Whatever a command had started, such as a server that listens already, ends with it.
    process.exit(report(error));
  }
}

/** The program with all its commands; those of the directory are loaded only when `command` may be one of them. */
export async function buildProgram(command: string | undefined): Promise<Command> {
  const program = new Command('anteroom')
    .description('An open meeting-preferences server that speaks the Webex Meeting Preferences API.')
    .version(manifest.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Run with --help for all commands and options.');
  addServerCommands(program, processIo, manifest.version);
  if (command !== 'dev' && command !== 'serve') {
    const { addMigrateCommand } = await import('./commands/migrate.ts');
    addMigrateCommand(program, processIo);
    const { addDirectoryCommands } = await import('./commands/directory.ts');
    addDirectoryCommands(program, processIo);
  }
  return program;
}

/** Tells what went wrong in one sentence where it was foreseen, and the exit code for it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exit.badUsage;
  if (error instanceof UsageError || error instanceof InvalidSetting) {
    processIo.err(error.message);
    return exit.badUsage;
  }
  const isForeseen = error instanceof CommandError || error instanceof UnusableDatabase;
  processIo.err(isForeseen ? error.message : `Unexpected: ${(error as Error).stack ?? error}`);
  return exit.failed;
}
