/** Seals the secrets of a column with the key in force, beside running servers. */
import { type Database, directoryChanged, type Row, type Statement, type Value } from './database.ts';

/** A column of texts, each of which is a secret as a whole. */
export interface SealedColumn {
  readonly table: string;
  /** The columns of the primary key, in its order. */
  readonly key: readonly [string, string];
  readonly column: string;
  /** What each text is bound to. */
  readonly contextOf: (first: string, second: string) => string;
}

const rowsPerUnit = 100;

/** A small unit a step; yields how many texts each sealed. Begun again, it passes over what is done. */
export async function* resealColumn(
  database: Database,
  { table, key: [first, second], column, contextOf }: SealedColumn,
): AsyncGenerator<number> {
  const select = `select ${first} as first, ${second} as second, ${column} as text from ${table}
    where (${first}, ${second}) > (?, ?) and ${column} is not null order by ${first}, ${second} limit ?`;
  // One that was changed meanwhile was sealed by whoever changed it.
  const update = `update ${table} set ${column} = ? where ${first} = ? and ${second} = ? and ${column} = ?`;
  let last: readonly Value[] = ['', ''];
  for (;;) {
    const rows: readonly Row[] = await database.all(select, [...last, rowsPerUnit]);
    const unit = rows.flatMap((row): Statement[] => {
      const [one, other, text] = [row.first, row.second, row.text] as [string, string, string];
      const sealed = database.secrets.reseal(text, contextOf(one, other));
      return sealed === text ? [] : [{ sql: update, values: [sealed, one, other, text] }];
    });
    // What is kept in memory of memberships holds all the same; but whoever changes the directory says so.
    if (unit.length > 0) await database.write([...unit, directoryChanged]);
    yield unit.length;
    const end = rows.at(-1);
    if (end === undefined || rows.length < rowsPerUnit) return;
    last = [end.first!, end.second!];
  }
}
