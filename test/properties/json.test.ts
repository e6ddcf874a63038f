/** The reader of bodies beside JSON.parse: the same values, less what no client should send. */
import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { test } from 'node:test';
import fc from 'fast-check';
import { ApiError } from '../../src/errors.ts';
import { parseJson } from '../../src/platform/json.ts';
import { depthOf, hasBadText, randomTree, repeatsField, type Tree, write } from '../helpers/random-json.ts';

const numRuns = 20_000;

/** The value, or the rules that the text breaks. */
function outcomeOf(bytes: Buffer): { value: unknown } | { broken: (string | undefined)[] } {
  try {
    return { value: parseJson(bytes) };
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    assert.equal(error.status, 400);
    return { broken: error.faults.map(({ rule }) => rule) };
  }
}

function rulesBrokenBy(tree: Tree): string[] {
  if (depthOf(tree) > 32) return ['body.depth'];
  return [
    ...(repeatsField(tree) ? ['body.duplicate-field'] : []),
    ...(hasBadText(tree) ? ['body.text'] : []),
  ];
}

/** Numbers to choose by, the same ones for the same seed. */
function choices(numbers: readonly number[]): () => number {
  let next = 0;
  return () => numbers[next++ % numbers.length]!;
}

const ways = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });

test('every way to write a value is read as JSON.parse reads it, unless it breaks a rule', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(randomTree, ways, (tree, way) => {
      const json = write(tree, choices(way));
      const outcome = outcomeOf(Buffer.from(json));
      const broken = rulesBrokenBy(tree);
      if (broken.length === 0) assert.deepEqual(outcome, { value: JSON.parse(json) }, json);
      else if (broken[0] !== 'body.duplicate-field') assert.deepEqual(outcome, { broken }, json);
      // The first of two fields with the same name is gone when texts are looked at.
      else assert.ok('broken' in outcome && outcome.broken[0] === broken[0], json);
      for (const rule of broken.length === 0 ? ['none'] : broken) seen.set(rule, (seen.get(rule) ?? 0) + 1);
    }),
    { numRuns },
  );
  for (const rule of ['none', 'body.depth', 'body.duplicate-field', 'body.text']) {
    assert.ok((seen.get(rule) ?? 0) > 100, `too few for ${rule}`);
  }
});

test('a text that JSON.parse refuses is refused, and the other way round', () => {
  const seen = { accepted: 0, refused: 0 };
  const snippet = fc.constantFrom(
    '"',
    '\\',
    ':',
    ',',
    '{',
    '}',
    '[',
    ']',
    '0',
    '-',
    'e',
    '.',
    '\\u',
    ' ',
    '\n',
    'null',
    '\uFEFF',
  );
  fc.assert(
    fc.property(randomTree, ways, fc.nat(), fc.nat(3), snippet, (tree, way, at, removed, added) => {
      fc.pre(depthOf(tree) <= 28);
      const json = write(tree, choices(way));
      const start = at % (json.length + 1);
      const bytes = Buffer.from(json.slice(0, start) + added + json.slice(start + removed));
      const outcome = outcomeOf(bytes);
      // As the bytes arrive: cutting a surrogate pair in two made them U+FFFD, and one byte order mark may lead.
      const text = bytes.toString().replace(/^\uFEFF/, '');
      if (!isJson(text)) {
        assert.deepEqual(outcome, { broken: ['body.json'] }, text);
        seen.refused += 1;
      } else if ('value' in outcome) {
        // Another backslash can make a name that JSON.parse gets wrong: see the last test.
        if (!text.includes('\\')) assert.deepEqual(outcome.value, JSON.parse(text));
        seen.accepted += 1;
      } else assert.ok(!outcome.broken.includes('body.json'), text);
    }),
    { numRuns },
  );
  assert.ok(seen.accepted > 500 && seen.refused > 500, JSON.stringify(seen));
});

test('bytes of any kind are a value or a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (array) => {
      const bytes = Buffer.concat([Buffer.from('"'), array, Buffer.from('"')]);
      const outcome = outcomeOf(bytes);
      if (!isUtf8(bytes)) assert.deepEqual(outcome, { broken: ['body.json'] });
      else if ('value' in outcome) assert.deepEqual(outcome.value, JSON.parse(bytes.toString()));
    }),
    { numRuns },
  );
});

test('brackets and colons in texts are no levels and no fields', () => {
  const hostile = [
    `"${'['.repeat(100)}"`,
    '{"a:b:{[":":::"}',
    '["\\\\","\\"{","\\\\\\":[{"]',
    '{"\\\\":1,"\\"":2}',
  ];
  for (const json of hostile) assert.deepEqual(outcomeOf(Buffer.from(json)), { value: JSON.parse(json) });
  for (const json of [']]]]', '}{', '{"a"', '"', '"\\', `${']'.repeat(50)}${'['.repeat(50)}`]) {
    assert.deepEqual(outcomeOf(Buffer.from(json)), { broken: ['body.json'] }, json);
  }
});

test('no earlier text changes how an escaped name is read', () => {
  const read = (json: string) => outcomeOf(Buffer.from(json));
  read('{"enabledA":true,"\\\\u0064elegateE":1}');
  const later = read('{"enabledA":true,"\\u0064elegateEmails" : []}');
  assert.deepEqual(later, { value: { enabledA: true, delegateEmails: [] } });
  read('{"enabledB":true,"\\\\":1}');
  assert.deepEqual(read('{"enabledB":true,"\\u0061":[]}'), { value: { enabledB: true, a: [] } });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
