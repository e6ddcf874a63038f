/** The commands of the directory on real databases of the engine under test, in this process. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addDirectoryCommands } from '../../src/commands/directory.ts';
import type { Io } from '../../src/commands/io.ts';
import type { Database, Row } from '../../src/platform/database.ts';
import { emptyUrl, engine } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { temporaryFolder } from '../helpers/process.ts';

export interface Ended {
  readonly out: string;
  readonly err: string;
  /** What the command failed with. */
  readonly error: Error | undefined;
}

const folder = temporaryFolder();

/** A path in a folder of its own, where nothing is yet. */
export function newPath(name: string): string {
  return join(mkdtempSync(join(folder, 'case-')), name);
}

/** A file with this text. */
export function fileWith(name: string, text: string): string {
  const path = newPath(name);
  writeFileSync(path, text);
  return path;
}

const urls = new Map<string, Promise<string>>();

/** The URL of the database that a test calls `path`: the file there, or one on the server that stands for it. */
export function urlOfPath(path: string): Promise<string> {
  if (engine === 'sqlite') return Promise.resolve(`sqlite:${path}`);
  const url = urls.get(path) ?? emptyUrl();
  urls.set(path, url);
  return url;
}

/** Opens the database that a test calls `path`. */
export async function openPath(path: string): Promise<Database> {
  return openAt(await urlOfPath(path));
}

/** What is typed next, line by line, or comes from standard input; commands take it from here. */
export const input: string[] = [];

/** Runs a command line on the database that the test calls `path`. */
export async function anteroom(path: string, ...args: string[]): Promise<Ended> {
  return anteroomOn(false, path, ...args);
}

/** The same, where a person may watch standard error. */
export async function anteroomOn(isTerminal: boolean, path: string, ...args: string[]): Promise<Ended> {
  const lines = { out: [] as string[], err: [] as string[] };
  const io: Io = {
    out: (text) => void lines.out.push(text),
    err: (text) => void lines.err.push(text),
    isTerminal,
    readAll: async () => input.shift() ?? '',
    readHidden: async () => (isTerminal ? (input.shift() ?? '') : undefined),
  };
  const program = new Command('anteroom').exitOverride().configureOutput({ writeErr: () => {} });
  addDirectoryCommands(program, io);
  let error: Error | undefined;
  try {
    await program.parseAsync([...args, '--database-url', await urlOfPath(path)], { from: 'user' });
  } catch (thrown) {
    error = thrown as Error;
  }
  return { out: lines.out.join('\n'), err: lines.err.join('\n'), error };
}

/** The parsed output of a command with --json; throws what the command failed with. */
// biome-ignore lint/suspicious/noExplicitAny: what a command prints is for the test to judge
export async function json(path: string, ...args: string[]): Promise<any> {
  const { out, error } = await anteroom(path, ...args, '--json');
  if (error !== undefined) throw error;
  return JSON.parse(out);
}

/** Rows of the database, for what no command shows. */
export async function rows(path: string, sql: string): Promise<Row[]> {
  const database = await openPath(path);
  try {
    return (await database.all(sql, [])).map((row) => ({ ...row }));
  } finally {
    await database.close();
  }
}

export async function importText(path: string, text: string, name = 'directory.json'): Promise<Ended> {
  return anteroom(path, 'import', fileWith(name, text));
}
