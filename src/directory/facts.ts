/** What a database knows about itself. */
import type { Database, Statement } from '../platform/database.ts';

/** Under this fact a database remembers that it was made for development. */
export const demoFact = 'demo-organization';

export function factStatement(name: string, value: string): Statement {
  return { sql: 'insert into database_facts (name, value) values (?, ?)', values: [name, value], changes: 1 };
}

/** Whether this database has, or had, the demo organization in it. */
export async function isDemo(database: Database): Promise<boolean> {
  const sql = 'select 1 as found from database_facts where name = ?';
  return (await database.get(sql, [demoFact])) !== undefined;
}

/** Whether there is no organization in this database yet. */
export async function isEmpty(database: Database): Promise<boolean> {
  return (await database.get('select 1 as found from organizations limit 1', [])) === undefined;
}
