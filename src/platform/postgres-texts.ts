/** Statements as PostgreSQL is sent them: prepared once on each connection, for one read or row or for many at a time. */
import type { Insertion, Value } from './database.ts';

export interface Prepared {
  readonly name: string;
  readonly text: string;
  /** Names of the columns of its answer, once there was one. */
  columns?: readonly string[];
}

/** Of all that uses the same connections: names have to differ there. */
export class PreparedTexts {
  readonly #fenceSql: string;
  readonly #prepared = new Map<string, Prepared>();
  readonly fence: Prepared;

  /** `fenceSql` finds one number, the fence. */
  constructor(fenceSql: string) {
    this.#fenceSql = fenceSql;
    this.fence = this.#prepare('', () => `select (${fenceSql}) as fence`);
  }

  /** The statement for one read. */
  alone(sql: string): Prepared {
    return this.#prepare(sql, () => numbered(sql));
  }

  /**
   * The same statement for many values at a time, given column by column. The first column of its answer is the fence, in
   * the first row alone; the second says, from 1 on, whose row it is, and is null for who has none.
   */
  shared(sql: string, columns: readonly (readonly Value[])[]): Prepared {
    const types = columns.map((column) =>
      column.some((value) => typeof value === 'number') ? 'bigint' : 'text',
    );
    return this.#prepare(`${types.join()} ${sql}`, () => this.#sharedText(sql, types));
  }

  /** For rows that are given column by column, and behind them the fence of each; tells what each that went in is about. */
  insertion(insertion: Insertion): Prepared {
    return this.#prepare(insertion.sql, () => this.#insertionText(insertion));
  }

  #prepare(key: string, textOf: () => string): Prepared {
    let prepared = this.#prepared.get(key);
    if (prepared === undefined) {
      prepared = { name: `shared${this.#prepared.size}`, text: textOf() };
      this.#prepared.set(key, prepared);
    }
    return prepared;
  }

  #insertionText({ table, columns, subjectColumns, where }: Insertion): string {
    const names = Object.keys(columns);
    const arrays = arraysOf([...Object.values(columns), 'bigint']);
    return `insert into ${table} (${names.join(', ')})
    select ${names.map((name) => `given.${name}`).join(', ')}
    from unnest(${arrays}) as given (${names.join(', ')}, fence)
    where (given.fence is null or given.fence = (${this.#fenceSql})) and (${where})
    on conflict do nothing returning ${names.slice(0, subjectColumns).join(', ')}`;
  }

  #sharedText(sql: string, types: readonly string[]): string {
    const names = types.map((_, index) => `value${index + 1}`);
    const inner = fillIn(sql, (index) => `given.value${index}`);
    return `select case when given.shared_index = 1 then (${this.#fenceSql}) end as fence, answer.*
    from unnest(${arraysOf(types)}) with ordinality as given (${names.join(', ')}, shared_index)
    left join lateral (select given.shared_index as answer_index, found.* from (${inner}) as found) as answer on true`;
  }
}

/** The parameters of a statement that is given columns of these types. */
function arraysOf(types: readonly string[]): string {
  return types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
}

/**
 * How reads of a statement share a query: by the rows of a join; as one answer for all, when there is nothing to fill in;
 * or not at all, because a limit cannot differ from row to row of a join.
 */
export function sharing(sql: string): 'rows' | 'answer' | 'none' {
  if (!sql.includes('?')) return 'answer';
  return /limit \?/.test(sql) ? 'none' : 'rows';
}

/** `?` as `$1`, `$2` and so on. */
export function numbered(sql: string): string {
  return fillIn(sql, (index) => `$${index}`);
}

/** `sql` with its question marks replaced; they are counted from 1. */
function fillIn(sql: string, replacement: (index: number) => string): string {
  let index = 0;
  return sql.replaceAll('?', () => {
    index += 1;
    return replacement(index);
  });
}
