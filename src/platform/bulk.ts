/** Looks up many rows by their keys: a few hundred at a time, not one by one. */
import type { Database, Row, Value } from './database.ts';

/** Far below what any engine allows in one statement. */
const keysPerQuery = 500;
const placeholders = Array.from({ length: keysPerQuery }, () => '?').join(', ');

/**
 * The rows of all `keys`, in no order. `sql` has the word `:keys` where their list goes, behind the places of `values`:
 * `… where site_url = ? and room_key in (:keys)`.
 */
export async function rowsOfKeys(
  database: Database,
  sql: string,
  keys: Iterable<string>,
  values: readonly Value[] = [],
): Promise<Row[]> {
  const distinct = [...new Set(keys)];
  const text = sql.replace(':keys', placeholders);
  const rows: Row[] = [];
  for (let start = 0; start < distinct.length; start += keysPerQuery) {
    const some = distinct.slice(start, start + keysPerQuery);
    // The last key again fills the rest: one text of the statement is one prepared statement.
    while (some.length < keysPerQuery) some.push(distinct.at(-1)!);
    for (const row of await database.all(text, [...values, ...some])) rows.push(row);
  }
  return rows;
}
