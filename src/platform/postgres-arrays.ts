/** Columns of many rows as arrays, in the form in which PostgreSQL reads them (its manual, section 8.15.6). */
import type { Value } from './database.ts';

/**
 * The text of an array of texts or numbers. The driver would look for something to escape in each element twice; few have
 * anything.
 */
export function arrayOf(values: readonly Value[]): string {
  return `{${values.map(elementOf).join(',')}}`;
}

function elementOf(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (!value.includes('"') && !value.includes('\\')) return `"${value}"`;
  return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}

/** The values of rows, column by column. */
export function columnsOf(rows: readonly { readonly values: readonly Value[] }[]): Value[][] {
  return rows[0]!.values.map((_, column) => rows.map(({ values }) => values[column]!));
}
