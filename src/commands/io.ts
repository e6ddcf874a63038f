/** What a command may do to the world outside: say something, and open the database. */
import { text } from 'node:stream/consumers';
import type { Database } from '../platform/database.ts';
import { hiddenLine } from './hidden-line.ts';

/** The command was called wrongly: exit code 2. The message is a sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command could not do what it was asked: exit code 1. The message is a sentence for people. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface Io {
  /** A line, or several, for standard output. */
  out(text: string): void;
  /** A line, or several, for standard error. */
  err(text: string): void;
  /** Whether a person watches standard error. */
  readonly isTerminal: boolean;
  /** All of standard input. */
  readAll(): Promise<string>;
  /** What a person types after `prompt` without seeing it; undefined where nobody is at a keyboard. */
  readHidden(prompt: string): Promise<string | undefined>;
}

/** Opens the configured database, with commits in place. */
export type OpenDatabase = () => Promise<Database>;

export const processIo: Io = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  isTerminal: process.stderr.isTTY === true,
  readAll: () => text(process.stdin),
  readHidden: async (prompt) => (process.stdin.isTTY ? hiddenLine(prompt) : undefined),
};
