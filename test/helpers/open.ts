import { loadConfig } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { openDatabase } from '../../src/platform/open.ts';

/** Opens a database as a server does; whoever opens it closes it. */
export function openAt(url: string): Promise<Database> {
  return openDatabase(loadConfig({ databaseUrl: url }, {}, {}));
}
