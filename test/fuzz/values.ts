/** Values that programs are known to stumble over. */
import type { Chance } from './chance.ts';

export const texts: readonly string[] = [
  '',
  ' ',
  '\u200b',
  '\u202ejohn@example.com',
  'john.andersen@example.com',
  'JOHN.ANDERSEN@EXAMPLE.COM',
  'olga@other.example',
  'nobody@example.com',
  'site4-example.webex.com',
  'other-example.webex.com',
  'site1-example.webex.com,example.webex.com',
  '\u212aelvin@example.com',
  'e\u0301',
  '\ufeff',
  '\ud83d\ude00'.repeat(40),
  "' or '1'='1",
  '"; drop table users; --',
  '../../../etc/passwd',
  '%s%n%x',
  '#{7*7}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  '2026-01-31T12:00:00Z',
  '9'.repeat(400),
  '-1',
  '1e308',
  'NaN',
  'true',
  'null',
  '\r\nx-injected: 1',
  '\u0001\u0002\u007f',
  'x'.repeat(3_000),
];

const literals = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '1e400',
  '-1',
  '4325',
  '12345678901234567890',
  '0.1',
  '[]',
  '{}',
];

/** JSON text of anything, now and then of what is no JSON. */
export function jsonOf(chance: Chance, depth = 0): string {
  const kind = chance.below(depth > 3 ? 2 : 5);
  if (kind === 0) return chance.pick(literals);
  if (kind === 1)
    return chance.oneIn(12)
      ? chance.pick(['"\\ud800"', '"\\u0000"', '"\t"', "'x'", 'undefined'])
      : JSON.stringify(chance.pick(texts));
  const count = chance.below(4);
  const inner = Array.from({ length: count }, () => jsonOf(chance, depth + 1));
  if (kind === 2) return `[${inner.join(',')}]`;
  return `{${inner.map((value) => `${JSON.stringify(chance.pick(texts).slice(0, 40))}:${value}`).join(',')}}`;
}

/** The JSON text of `value` with some of what is in it replaced, doubled or left out. */
export function mutatedJson(chance: Chance, value: unknown): string {
  if (chance.oneIn(5)) return jsonOf(chance);
  if (typeof value !== 'object' || value === null)
    return chance.oneIn(2) ? jsonOf(chance) : JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => (chance.oneIn(6) ? [] : [mutatedJson(chance, item)]));
    if (chance.oneIn(6)) items.push(jsonOf(chance));
    return `[${items.join(',')}]`;
  }
  const fields = Object.entries(value).flatMap(([name, inner]) => {
    if (chance.oneIn(10)) return [];
    const field = `${JSON.stringify(name)}:${chance.oneIn(3) ? mutatedJson(chance, inner) : JSON.stringify(inner)}`;
    return chance.oneIn(30) ? [field, field] : [field];
  });
  if (chance.oneIn(10)) fields.push(`${JSON.stringify(chance.pick(texts))}:${jsonOf(chance)}`);
  return `{${fields.join(',')}}`;
}
