/**
 * Units on their way to the writer's thread, as JSON: copying them object by object would cost both threads three times as
 * much. Each text of SQL goes along once. Values are text, finite numbers and null, which JSON keeps as they are.
 */
import type { Statement, Unit, Value } from './database.ts';

type Encoded = readonly [sql: number, changes: number | null, values: readonly Value[]];

export function encodeBatch(units: readonly Unit[]): string {
  const texts = new Map<string, number>();
  const indexOf = (sql: string): number => {
    const known = texts.get(sql);
    if (known !== undefined) return known;
    texts.set(sql, texts.size);
    return texts.size - 1;
  };
  const encoded = units.map((unit) =>
    Array.from(unit, ({ sql, changes, values }): Encoded => [indexOf(sql), changes ?? null, values]),
  );
  return JSON.stringify([[...texts.keys()], encoded]);
}

export function decodeBatch(batch: string): Statement[][] {
  const [texts, units] = JSON.parse(batch) as [string[], Encoded[][]];
  return units.map((unit) =>
    unit.map(([sql, changes, values]) => ({
      sql: texts[sql]!,
      values,
      ...(changes === null ? {} : { changes }),
    })),
  );
}
