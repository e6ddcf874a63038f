import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Database } from '../platform/database.ts';
import { applyDocument } from './document/apply.ts';
import { documentFaults } from './document/checking.ts';
import { type DocumentFault, pathText } from './document/fault.ts';
import { type DocumentText, readDocumentText } from './document/reading.ts';
import type { DirectoryDocument } from './document/schema.ts';
import { type Counts, entryKinds } from './document/statements.ts';
import { CommandError, type Io, type OpenDatabase } from './io.ts';
import { counted, show, withDatabase } from './output.ts';
import { progressBar } from './progress.ts';

interface ImportOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addImportCommands(program: Command, open: OpenDatabase, io: Io): void {
  program
    .command('import')
    .summary('Bring organizations with all they have in from a file.')
    .description(
      'Bring organizations, sites with settings, users with their sites, roles and tokens, groups and programs in from a JSON or YAML file. ' +
        'All of it is checked first, and all faults are listed with their lines: then nothing is written. ' +
        'What exists is brought up to date, what the file does not list is left alone, and importing twice changes nothing.',
    )
    .argument('<file>', 'the file; - for standard input')
    .option('--dry-run', 'check the file and say what would change, but write nothing')
    .option('--json', 'print the counts as JSON')
    .action((file: string, options: ImportOptions) =>
      withDatabase(open, (database) => importFile(database, file, options, io)),
    );
}

async function importFile(
  database: Database,
  file: string,
  { dryRun = false, json }: ImportOptions,
  io: Io,
): Promise<void> {
  const name = file === '-' ? 'standard input' : file;
  const text = readDocumentText(readBytes(file), file);
  if (text.faults.length > 0) {
    for (const { line, sentence } of text.faults) io.err(`${name}:${line}: ${sentence}`);
    throw refused(name, text.faults.length);
  }
  refuseFaults(name, text, documentFaults(text.value), io);
  const { faults, counts } = await applyDocument(database, text.value as DirectoryDocument, {
    dryRun,
    progress: progressBar(io, 'Importing'),
  });
  refuseFaults(name, text, faults, io);
  show(io, json, { ...counts, dryRun }, summary(counts, dryRun));
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'it does not exist',
      EACCES: 'this user may not read it',
      EISDIR: 'it is a folder',
      ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
    };
    throw new CommandError(`${file} cannot be read: ${reasons[code ?? ''] ?? message}.`);
  }
}

/** Lists the faults in the order of their lines, and gives up when there is any. */
function refuseFaults(name: string, text: DocumentText, faults: readonly DocumentFault[], io: Io): void {
  if (faults.length === 0) return;
  const lines = text.linesOf(faults);
  const listed = faults.map(({ path, sentence }, index) => ({ line: lines[index]!, path, sentence }));
  for (const { line, path, sentence } of listed.sort((a, b) => a.line - b.line)) {
    const place = path.length === 0 ? '' : `${pathText(path)}: `;
    io.err(`${name}:${line}: ${place}${sentence}`);
  }
  throw refused(name, faults.length);
}

function refused(name: string, count: number): CommandError {
  return new CommandError(
    `Nothing was imported: ${name} has ${count === 1 ? 'a fault' : `${count} faults`}.`,
  );
}

function summary(counts: Counts, dryRun: boolean): string {
  const parts = Object.entries(entryKinds).flatMap(([kind, word]) => {
    const { created, changed, unchanged } = counts[kind as keyof Counts];
    const total = created + changed + unchanged;
    if (total === 0) return [];
    const details = Object.entries({ new: created, changed, unchanged }).filter(([, count]) => count > 0);
    return [`${counted(total, word)} (${details.map(([what, count]) => `${count} ${what}`).join(', ')})`];
  });
  const what = parts.length === 0 ? 'nothing' : parts.join(', ');
  return dryRun ? `Nothing was written. The file would import ${what}.` : `Imported ${what}.`;
}
