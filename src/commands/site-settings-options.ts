/** A flag for every site setting, made from the schema of the settings. */
import type { Command } from 'commander';
import { SiteSettings } from '../directory/site-settings.ts';
import { flagOf } from '../platform/config.ts';
import { UsageError } from './io.ts';

interface SettingSchema {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly items?: { readonly enum?: readonly string[] };
}

type Form = 'text' | 'number' | 'boolean' | 'list' | 'json';

const placeholders: Readonly<Record<Form, string>> = {
  text: '<text>',
  number: '<number>',
  boolean: '<true|false>',
  list: '<list>',
  json: '<json>',
};

const settings = Object.entries(SiteSettings.properties) as unknown as [string, SettingSchema][];

export function addSettingsOptions(command: Command): Command {
  command.option(
    '--settings <json>',
    'several settings as a JSON object, in the names of the import file; the flags below win',
  );
  for (const [name, schema] of settings) {
    const form = formOf(schema);
    const choices = form === 'list' ? ` Of: ${schema.items!.enum!.join(',')}.` : '';
    const standard = Array.isArray(schema.default) && form === 'list' ? '' : ` Default: ${shown(schema)}.`;
    command.option(`${flagOf(name)} ${placeholders[form]}`, `${schema.description}${choices}${standard}`);
  }
  return command;
}

function shown({ default: initial }: SettingSchema): string {
  return initial === '' ? 'empty' : JSON.stringify(initial);
}

function formOf({ type, items }: SettingSchema): Form {
  if (type === 'string') return 'text';
  if (type === 'integer') return 'number';
  if (type === 'boolean') return 'boolean';
  return items?.enum === undefined ? 'json' : 'list';
}

/** The settings that the flags give. A value of another form stays text, for the check of the schema to name. */
export function settingsOf(options: Readonly<Record<string, unknown>>): Partial<SiteSettings> {
  const given: Record<string, unknown> = {};
  if (options.settings !== undefined) {
    const value = parseJson('--settings', options.settings as string);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError('--settings must be a JSON object, such as {"hostPinLength": 6}.');
    }
    Object.assign(given, value);
  }
  for (const [name, schema] of settings) {
    const text = options[name];
    if (typeof text === 'string') given[name] = settingFrom(formOf(schema), flagOf(name), text);
  }
  return given as Partial<SiteSettings>;
}

function settingFrom(form: Form, flag: string, text: string): unknown {
  if (form === 'number') return /^\d{1,9}$/.test(text) ? Number(text) : text;
  if (form === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (form === 'list') return text.split(',').map((item) => item.trim());
  return form === 'json' ? parseJson(flag, text) : text;
}

function parseJson(flag: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${flag} must be JSON, in quotes that your shell leaves alone: ${flag} '…'.`);
  }
}
