import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Command } from 'commander';
import { directoryText } from './document/writing.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { withDatabase } from './output.ts';

export function addExportCommands(program: Command, open: OpenDatabase, io: Io): void {
  program
    .command('export')
    .summary('Write organizations with all they have to a file.')
    .description(
      'Write organizations with their sites, users, tokens, groups and programs in the format that import reads: YAML when the name ends in .yaml or .yml, JSON otherwise. ' +
        'The file holds the first PINs of personal rooms and is a secret: only this user may read it. Preferences are not part of it.',
    )
    .argument('[file]', 'the file, which is replaced; standard output when left out')
    .action((file: string | undefined) =>
      withDatabase(open, async (database) => {
        const format = /\.ya?ml$/i.test(file ?? '') ? 'yaml' : 'json';
        const pieces = inChunks(directoryText(database, format));
        if (file === undefined) for await (const chunk of pieces) io.out(chunk);
        else {
          await writeFile(file, pieces);
          io.err(`Exported to ${file}. It holds PINs: keep it secret.`);
        }
      }),
    );
}

const chunkLength = 65_536;

/** Whole lines, many at a time, each chunk without its last line break. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    const end = text.length < chunkLength ? -1 : text.lastIndexOf('\n');
    if (end < 0) continue;
    yield text.slice(0, end);
    text = text.slice(end + 1);
  }
  yield text.replace(/\n$/, '');
}

/** Replaces the file once all of it is on the disk; what was there before stays when that fails. */
async function writeFile(file: string, chunks: AsyncIterable<string>): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(unfinished, 'wx', 0o600);
    for await (const chunk of chunks) writeSync(descriptor, `${chunk}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(unfinished, file);
  } catch (error) {
    if (descriptor !== undefined) rmSync(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}.`);
  }
}
