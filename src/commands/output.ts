/** How the commands show what they found, for people or for programs. */
import type { Command } from 'commander';
import { Conflict, type Database, Unavailable } from '../platform/database.ts';
import { CommandError, type Io, type OpenDatabase, UsageError } from './io.ts';

/** The flags that every list has. */
export interface ListOptions {
  readonly limit: number;
  readonly offset: number;
  readonly json?: boolean;
}

/** Opens the database for `work`, and closes it whatever happens. What it could not do becomes a sentence. */
export async function withDatabase<T>(
  open: OpenDatabase,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await open();
  try {
    return await work(database);
  } catch (error) {
    throw explained(error);
  } finally {
    await database.close();
  }
}

function explained(error: unknown): unknown {
  if (error instanceof Conflict) {
    return new CommandError(
      'Somebody else changed the directory at the same time. Nothing was written; run the command again.',
    );
  }
  if (error instanceof Unavailable) {
    return new CommandError(
      'The database cannot be used right now: the disk is full, or another program is writing. Nothing was written.',
    );
  }
  return error;
}

/** One JSON document for programs, or sentences for people. */
export function show(io: Io, isJson: boolean | undefined, value: unknown, text: string): void {
  io.out(isJson ? JSON.stringify(value, null, 2) : text);
}

/** `1 site`, `2 sites`. */
export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/**
 * A page of a list: `rows` as a table under their names, and how many there are in all; `name` is the name of one.
 * As JSON, the page is under that name, beside `total`; `forPeople` shortens a row for the table.
 */
export function showList<T extends object>(
  io: Io,
  { json, offset }: ListOptions,
  name: string,
  { rows, total }: { rows: readonly T[]; total: number },
  forPeople: (row: T) => object = (row) => row,
): void {
  const all = counted(total, name);
  if (json) io.out(JSON.stringify({ [`${name}s`]: rows, total }, null, 2));
  else if (rows.length === 0) io.out(total === 0 ? `There are no ${name}s.` : `There are only ${all}.`);
  else {
    const shown = rows.length === total ? '' : `, ${offset + 1} to ${offset + rows.length} shown`;
    io.out(`${table(rows.map(forPeople))}\n\n${all}${shown}.`);
  }
}

/** Columns by the names of the first row. */
function table(rows: readonly object[]): string {
  const names = Object.keys(rows[0]!);
  const lines = [names, ...rows.map((row) => Object.values(row).map(cell))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** Gives a list its flags. */
export function addListOptions(command: Command): Command {
  return command
    .option('--limit <number>', 'how many to show, at most 10000', wholeNumber('--limit', 1, 10_000), 100)
    .option('--offset <number>', 'how many to pass over first', wholeNumber('--offset', 0, 999_999_999), 0)
    .option('--json', 'print the page and the total as JSON');
}

/** The value of a flag that takes a whole number from `minimum` to `maximum`. */
function wholeNumber(flag: string, minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    throw new UsageError(`${flag} must be a whole number from ${minimum} to ${maximum}, not "${text}".`);
  };
}

/** For flags that may be given several times. */
export function collect(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** Deleting takes what cannot be brought back: it is asked for twice. `what` says what is lost. */
export function askForYes(isSure: boolean | undefined, what: string): void {
  if (!isSure) throw new UsageError(`This deletes ${what}, for good. Add --yes to do it.`);
}
