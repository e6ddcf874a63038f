/** Tests of one rule of a section: what breaks it is refused and changes nothing, what is next to that is accepted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuleId, rules } from '../../src/rules.ts';
import { assertRefused, type Client } from './client.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Cases {
  /** Fields that, put over the valid ones, break this rule once and no other. */
  readonly refused: readonly Fields[];
  /** Fields that, put over the valid ones, break nothing. */
  readonly accepted: readonly Fields[];
  /** Who changes their own section; John when left out. */
  readonly as?: string;
}

export type RuleTest = (name: `${RuleId}: ${string}`, cases: Cases) => void;

/** The rule tests of the section at `path`, whose fields `valid` has. */
export function ruleTests(request: Client, path: string, valid: Fields): RuleTest {
  return (name, { refused, accepted, as = 'john' }) => {
    const rule = name.slice(0, name.indexOf(':')) as RuleId;
    const read = async () => (await request({ path, as })).text;
    const put = (fields: Fields) => request({ method: 'PUT', path, as, body: { ...valid, ...fields } });
    test(name, async () => {
      // A neighbour first: were the refused one stored as it is now, nothing would seem to change.
      await assertAccepted(accepted[0]!);
      const before = await read();
      for (const fields of refused) {
        const answer = await put(fields);
        assertRefused(answer, 400, rule);
        assert.ok(answer.body.message.includes(rules[rule].must), answer.body.message);
        assert.equal(await read(), before);
      }
      for (const fields of accepted) await assertAccepted(fields);
    });

    async function assertAccepted(fields: Fields): Promise<void> {
      const answer = await put(fields);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(await read(), answer.text);
      for (const [field, value] of Object.entries(fields)) assert.deepEqual(answer.body[field], value);
    }
  };
}

/** Every kind of JSON value but the boolean. */
export const notBooleans = [null, 0, 1, '', 'true', 'false', [], [true], {}];
/** Every kind of JSON value but text. */
export const notTexts = [null, 0, 4325, true, [], ['text'], {}];
/** Every kind of JSON value but the list. */
export const notLists = [null, 0, true, '', 'a@b.example', {}, { length: 0 }];
/** Every kind of JSON value but the object. */
export const notObjects = [null, 0, true, '', 'text', [], [{}]];

/** `values`, each as this field. */
export function each(field: string, values: readonly unknown[]): Fields[] {
  return values.map((value) => ({ [field]: value }));
}

/** Without null, which keeps the stored value of an optional field. */
export function given(values: readonly unknown[]): readonly unknown[] {
  return values.filter((value) => value !== null);
}
