/** Random JSON texts of which it is known what they hold: written from trees, not from values. */
import fc from 'fast-check';

/** A JSON text still to be written; a list of fields can name one twice, as a value cannot. */
export type Tree =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly source: string }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Tree])[] };

const tricky = [
  '',
  '"',
  '\\',
  ':',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\\"',
  '\\u0000',
  '\0',
  '\ud800',
  '\udfff',
  '\u{1F600}',
];
const text = fc.oneof(
  {
    arbitrary: fc.constantFrom('a', 'b', '__proto__', 'length', '\u00e9', 'e\u0301', ...tricky.slice(0, 10)),
    weight: 8,
  },
  { arbitrary: fc.constantFrom(...tricky), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 4 },
);
/** Without names that have to be escaped: JSON.parse may read later ones wrong (nodejs/node#63785). */
const name = text.filter((value) => JSON.stringify(value) === `"${value}"`);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('0', '-0', '1e5', '-1.50E+2', '1e400', '12345678901234567890', '0.1e-7'),
);
const literal = fc.oneof(number, fc.constantFrom('true', 'false', 'null'));

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    text.map((value): Tree => ({ kind: 'text', text: value })),
    literal.map((source): Tree => ({ kind: 'literal', source })),
    fc.array(tie('tree'), { maxLength: 4 }).map((items): Tree => ({ kind: 'list', items })),
    fc
      .array(fc.tuple(name, tie('tree')), { maxLength: 4 })
      .map((fields): Tree => ({ kind: 'object', fields })),
  ),
}));

/** Trees of every shape, some of them inside of so many lists and objects that they are too deep. */
export const randomTree: fc.Arbitrary<Tree> = fc
  .tuple(
    tree,
    fc.oneof(
      { arbitrary: fc.constant(0), weight: 4 },
      { arbitrary: fc.integer({ min: 25, max: 40 }), weight: 1 },
    ),
  )
  .map(([inner, levels]) => {
    let outer = inner;
    for (let level = 0; level < levels; level += 1) {
      outer = level % 2 === 0 ? { kind: 'list', items: [outer] } : { kind: 'object', fields: [['x', outer]] };
    }
    return outer;
  });

export function depthOf(node: Tree): number {
  return node.kind === 'list' || node.kind === 'object' ? 1 + Math.max(0, ...inside(node).map(depthOf)) : 0;
}

export function repeatsField(node: Tree): boolean {
  const names = node.kind === 'object' ? node.fields.map(([name]) => name) : [];
  return new Set(names).size < names.length || inside(node).some(repeatsField);
}

/** Whether there is text with NUL or half a surrogate pair. */
export function hasBadText(node: Tree): boolean {
  if (node.kind === 'text') return isBad(node.text);
  return inside(node).some(hasBadText);
}

function isBad(value: string): boolean {
  return [...value].some((character) => /^[\0\ud800-\udfff]$/.test(character));
}

function inside(node: Tree): readonly Tree[] {
  if (node.kind === 'list') return node.items;
  return node.kind === 'object' ? node.fields.map(([, value]) => value) : [];
}

/** The tree as JSON text; `choice` picks among the ways to write the same: white space, and what is escaped. */
export function write(node: Tree, choice: () => number): string {
  const space = () => ['', '', '', ' ', '\n', '\t\r '][choice() % 6]!;
  const quoted = (value: string) => `"${[...value].map((character) => spelled(character, choice)).join('')}"`;
  const inner = () => {
    if (node.kind === 'text') return quoted(node.text);
    if (node.kind === 'literal') return node.source;
    if (node.kind === 'list') return `[${node.items.map((item) => write(item, choice)).join(',')}${space()}]`;
    const fields = node.fields.map(
      ([name, value]) => `${space()}${quoted(name)}${space()}:${write(value, choice)}`,
    );
    return `{${fields.join(',')}${space()}}`;
  };
  return `${space()}${inner()}${space()}`;
}

function spelled(character: string, choice: () => number): string {
  const mustEscape = character < ' ' || /^["\\\ud800-\udfff]$/.test(character);
  if (!mustEscape && choice() % 5 !== 0) return character;
  const short = '"\\/\b\f\n\r\t'.indexOf(character);
  if (short >= 0 && choice() % 2 === 0) return `\\${'"\\/bfnrt'[short]}`;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
