/** Seals the secrets of a column with the key in force, beside running servers. */
import { type Database, directoryChanged, type Row, type Statement, type Value } from './database.ts';

/** A column of texts, each of which is a secret as a whole. */
export interface SealedColumn {
  readonly table: string;
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
  /** What comes before every key. */
  readonly start: readonly Value[];
  readonly column: string;
  /** What the text in the row with this key is bound to. */
  readonly contextOf: (key: readonly Value[]) => string;
}

const rowsPerUnit = 100;

/** A small unit a step; yields how many texts each sealed. Begun again, it passes over what is done. */
export async function* resealColumn(
  database: Database,
  { table, key, start, column, contextOf }: SealedColumn,
): AsyncGenerator<number> {
  const keys = key.join(', ');
  const select = `select ${keys}, ${column} as text from ${table}
    where (${keys}) > (${key.map(() => '?').join(', ')}) and ${column} is not null order by ${keys} limit ?`;
  // One that was changed meanwhile was sealed by whoever changed it.
  const ofRow = [...key, column].map((name) => `${name} = ?`).join(' and ');
  const update = `update ${table} set ${column} = ? where ${ofRow}`;
  const keyIn = (row: Row): Value[] => key.map((name) => row[name]!);
  let last = start;
  for (;;) {
    const rows: readonly Row[] = await database.all(select, [...last, rowsPerUnit]);
    const unit = rows.flatMap((row): Statement[] => {
      const text = row.text as string;
      const sealed = database.secrets.reseal(text, contextOf(keyIn(row)));
      return sealed === text ? [] : [{ sql: update, values: [sealed, ...keyIn(row), text] }];
    });
    // What is kept in memory of memberships holds all the same; but whoever changes the directory says so.
    if (unit.length > 0) await database.write([...unit, directoryChanged]);
    yield unit.length;
    const end = rows.at(-1);
    if (end === undefined || rows.length < rowsPerUnit) return;
    last = keyIn(end);
  }
}
