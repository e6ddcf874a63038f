/** Insertions as SQLite carries them out fastest. */
import type { Insertion } from './database.ts';

const texts = new WeakMap<Insertion, string>();

/**
 * The statement for one row. Where the condition does not hold, the first column would become null, which it may not be
 * ({@link Insertion.columns}), and the row is passed over: `insert … select` out of the table itself puts each row into a
 * temporary table first, and takes a quarter longer.
 *
 * The casts change no value. Without them SQLite holds parameters against the conditions of partial indexes, and makes a
 * new plan for every row.
 */
export function insertionText(insertion: Insertion): string {
  let text = texts.get(insertion);
  if (text === undefined) {
    text = textFor(insertion);
    texts.set(insertion, text);
  }
  return text;
}

function textFor({ table, columns, where }: Insertion): string {
  const names = Object.keys(columns);
  const condition = where.replace(
    /\bgiven\.(\w+)/g,
    (_, name) => `cast(?${names.indexOf(name) + 1} as ${columns[name]})`,
  );
  const [first, ...others] = names.map((_, index) => `?${index + 1}`);
  const values = [`case when ${condition} then ${first} end`, ...others];
  return `insert or ignore into ${table} (${names.join(', ')}) values (${values.join(', ')})`;
}
