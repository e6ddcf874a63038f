/** The commands about who and what exists; all work on the database directly, beside a running server as well. */
import type { Command } from 'commander';
import type { Config } from '../platform/config.ts';
import { openDatabase } from '../platform/open.ts';
import { addExportCommands } from './export.ts';
import { addHistoryCommands } from './history.ts';
import { addImportCommands } from './import.ts';
import { addIntegrationCommands } from './integration.ts';
import type { Io, OpenDatabase } from './io.ts';
import { addServiceAccountCommands } from './machine-account.ts';
import { addOrganizationCommands } from './organization.ts';
import { addSecretsCommands } from './secrets.ts';
import { addSettings, configOf, databaseSettings } from './settings.ts';
import { addSigningKeyCommands } from './signing-key.ts';
import { addSiteCommands } from './site.ts';
import { addTokenCommands } from './token.ts';
import { addUserCommands } from './user.ts';
import { addUserSignInCommands } from './user-sign-in.ts';
import { addUserSubjectCommands } from './user-subject.ts';

/** In the order in which the help shows them. */
const groups = [
  addImportCommands,
  addExportCommands,
  addOrganizationCommands,
  addSiteCommands,
  addUserCommands,
  addUserSignInCommands,
  addUserSubjectCommands,
  addTokenCommands,
  addIntegrationCommands,
  addServiceAccountCommands,
  addSigningKeyCommands,
  addHistoryCommands,
  addSecretsCommands,
];

export function addDirectoryCommands(program: Command, io: Io): void {
  let config: Config | undefined;
  const open: OpenDatabase = () => openDatabase(config!, { inPlace: true });
  const others = new Set(program.commands);
  for (const add of groups) add(program, open, io);
  for (const command of program.commands.filter((added) => !others.has(added)).flatMap(leavesOf)) {
    addSettings(command, databaseSettings).hook('preAction', () => {
      config = configOf(command.opts());
    });
  }
}

/** The commands that do something, of one that only groups them. */
function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}
