import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isDemo } from '../directory/facts.ts';
import { type Config, sqlitePathOf } from '../platform/config.ts';
import { openDatabase } from '../platform/open.ts';
import { CommandError, type Io } from './io.ts';

/** `anteroom reset`: deletes a development database that nobody uses; refuses every other. */
export async function resetDevelopment(config: Config, io: Io): Promise<void> {
  if (!config.databaseUrl.startsWith('sqlite:')) {
    throw new CommandError(
      'reset deletes files of the embedded database: drop other databases with their own tools.',
    );
  }
  const path = sqlitePathOf(config.databaseUrl);
  if (!existsSync(path)) {
    io.out(`There is nothing to reset: ${path} does not exist.`);
    return;
  }
  const database = await openDatabase(config, { inPlace: true, withoutSecrets: true });
  const holdsDemo = await isDemo(database);
  await database.close();
  if (!holdsDemo) throw new CommandError(`${path} is not a development database: reset does not touch it.`);
  if (isInUse(path)) throw new CommandError(`${path} is in use. Stop the server first.`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  io.out(`${path} is deleted: the next start makes a new demo organization.`);
}

/** An exclusive lock is to be had only when no other process has the file open. */
function isInUse(path: string): boolean {
  const connection = new DatabaseSync(path, { timeout: 0 });
  try {
    connection.exec('pragma locking_mode = exclusive; begin exclusive; rollback;');
    return false;
  } catch {
    return true;
  } finally {
    connection.close();
  }
}
