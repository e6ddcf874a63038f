/**
 * Measures `anteroom import` and `export` with many users on two sites each:
 * `node bench/import.ts [users] [json|yaml]`. Not part of the comparison that `npm run bench` makes.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addExportCommands } from '../src/commands/export.ts';
import { addImportCommands } from '../src/commands/import.ts';
import { processIo } from '../src/commands/io.ts';
import { migrations } from '../src/platform/migrations.ts';
import { SqliteDatabase } from '../src/platform/sqlite.ts';

const users = Number(process.argv[2] ?? 100_000);
const extension = process.argv[3] ?? 'json';
const folder = mkdtempSync(join(tmpdir(), 'anteroom-import-'));

function directoryOf(count: number): object {
  const siteUrls = ['one.example.com', 'two.example.com'];
  return {
    organizations: [
      {
        name: 'Large',
        sites: siteUrls.map((siteUrl) => ({ siteUrl })),
        users: Array.from({ length: count }, (_, index) => ({
          email: `user${index}@example.com`,
          displayName: `User ${index}`,
          sites: siteUrls.map((siteUrl) => ({ siteUrl })),
        })),
      },
    ],
  };
}

async function run(database: string, ...args: string[]): Promise<void> {
  const program = new Command();
  const open = async () => new SqliteDatabase({ path: join(folder, database), migrations, inPlace: true });
  addImportCommands(program, open, processIo);
  addExportCommands(program, open, processIo);
  const start = performance.now();
  await program.parseAsync(args, { from: 'user' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${args[0]}: ${seconds} s, at most ${memory} MiB so far`);
}

try {
  const file = join(folder, 'large.json');
  const exported = join(folder, `exported.${extension}`);
  writeFileSync(file, JSON.stringify(directoryOf(users), null, 2));
  await run('first.db', 'import', file);
  await run('first.db', 'import', file);
  await run('first.db', 'export', exported);
  await run('second.db', 'import', exported);
  console.log(`${Math.round(statSync(exported).size / 1e6)} MB of ${extension}`);
} finally {
  rmSync(folder, { recursive: true });
}
