import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UnusableDatabase } from './database.ts';
import { isLocked } from './sqlite-commit.ts';

export const memoryPath = ':memory:';

/** How long a writer waits for another process's transaction before it gives up. */
const busyTimeoutMs = 5_000;

const pragmas = `pragma page_size = 4096;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma wal_autocheckpoint = 32000;
  pragma cache_size = -16000;`;

/**
 * Opens a file (made when missing, with its folder) or a private memory database.
 * Durable: with a write-ahead log and `synchronous=full` every commit is on the disk when it returns.
 *
 * Each change dirties a page of its own in the index of versions, and a whole page goes to the log: with pages of 4 KiB a
 * change takes the writer three quarters of the time that it takes with 8. The log is copied back at 128 MB rather than 4:
 * until then many pages change again, and a copy, for whose end changes wait, ends with one fsync, however long. At 16 MB a
 * change costs a sixth more among ten thousand users, and a quarter more among five million. To read so long a log anew
 * after a crash takes 40 ms.
 */
export function openConnection(path: string): DatabaseSync {
  try {
    if (path !== memoryPath) mkdirSync(dirname(path), { recursive: true });
    const connection = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    connection.exec(pragmas);
    return connection;
  } catch (error) {
    throw unusableFile(path, error);
  }
}

/** What keeps a file from being used, in a sentence. */
export function unusableFile(path: string, error: unknown): UnusableDatabase {
  return new UnusableDatabase(sentenceFor(path, error as Error & { code?: string; errcode?: number }));
}

function sentenceFor(path: string, error: Error & { code?: string; errcode?: number }): string {
  const folder = dirname(path);
  if (error.errcode === 26)
    return `${path} is not an Anteroom database. Choose another file with --database-url.`;
  if (isLocked(error))
    return `${path} is locked by another program. Stop it, or choose another file with --database-url.`;
  const isAccess =
    error.errcode === 14 ||
    error.errcode === 8 ||
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code ?? '');
  if (isAccess)
    return `The folder ${folder} cannot be written to. Give this user the right to, or choose another place with --database-url.`;
  return `The database ${path} cannot be opened (${error.message}). Choose another file with --database-url.`;
}
