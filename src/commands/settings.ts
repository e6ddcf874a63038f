import { type Command, Option } from 'commander';
import {
  type Config,
  flagOf,
  loadConfig,
  type SettingName,
  settings,
  variableOf,
} from '../platform/config.ts';

/** The settings that say where the data is. */
export const databaseSettings: readonly SettingName[] = ['databaseUrl', 'secretsKeyFile'];

/** Gives a command a flag for each of the settings; `defaults` are the command's own. */
export function addSettings(
  command: Command,
  names: readonly SettingName[],
  defaults: Partial<Config> = {},
): Command {
  for (const name of names) {
    const { says, placeholder } = settings[name];
    const initial = defaults[name] ?? settings[name].default;
    const flags = placeholder === undefined ? flagOf(name) : `${flagOf(name)} <${placeholder}>`;
    const standard = placeholder === undefined || String(initial) === '' ? '' : ` Default: ${initial}.`;
    command.addOption(new Option(flags, `${says}${standard} Also: ${variableOf(name)}.`));
  }
  return command;
}

/** The settings of a command that was called with `options`. */
export function configOf(
  options: Readonly<Record<string, string | boolean>>,
  defaults: Partial<Config> = {},
): Config {
  return loadConfig(options, defaults);
}
