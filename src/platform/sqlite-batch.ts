/**
 * Units on their way to the writer's thread, as one text: copying them object by object would cost both threads three
 * times as much, and as JSON most of the time would go into the quotes of documents. Each text of SQL goes along once.
 */
import type { Statement, Unit, Value } from './database.ts';

/** Stands for a value that is null. Texts are told by their length, which is never negative. */
const isNull = -1;
/** A number follows, as it is. */
const isNumber = -2;
/** Stands for a statement that may change any number of rows. */
const anyChanges = -1;

/** One line of JSON that tells what there is, then all texts without anything in between. Numbers have to be finite. */
export function encodeBatch(units: readonly Unit[]): string {
  const statements = new Map<string, number>();
  const plan: number[] = [];
  const texts: string[] = [];
  for (const unit of units) {
    const start = plan.push(0) - 1;
    for (const { sql, changes = anyChanges, values } of unit) {
      const index = statements.get(sql) ?? statements.size;
      if (index === statements.size) statements.set(sql, index);
      plan[start]! += 1;
      plan.push(index, changes, values.length);
      for (const value of values) {
        if (value === null) plan.push(isNull);
        else if (typeof value === 'number') plan.push(isNumber, value);
        else {
          plan.push(value.length);
          texts.push(value);
        }
      }
    }
  }
  return `${JSON.stringify([[...statements.keys()], plan])}\n${texts.join('')}`;
}

export function decodeBatch(batch: string): Statement[][] {
  const end = batch.indexOf('\n');
  const [statements, plan] = JSON.parse(batch.slice(0, end)) as [string[], number[]];
  const units: Statement[][] = [];
  let position = end + 1;
  for (let index = 0; index < plan.length; ) {
    const unit: Statement[] = [];
    for (let missing = plan[index++]!; missing > 0; missing -= 1) {
      const sql = statements[plan[index++]!]!;
      const changes = plan[index++]!;
      const values: Value[] = [];
      for (let more = plan[index++]!; more > 0; more -= 1) {
        const length = plan[index++]!;
        if (length >= 0) {
          values.push(batch.slice(position, position + length));
          position += length;
        } else values.push(length === isNull ? null : plan[index++]!);
      }
      unit.push(changes === anyChanges ? { sql, values } : { sql, values, changes });
    }
    units.push(unit);
  }
  return units;
}
