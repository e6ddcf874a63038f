/** Random plans of what clients ask for: the same ones for the same seed. */
import fc from 'fast-check';
import { type Fields, type RandomSection, randomSections } from '../helpers/random-bodies.ts';
import type { Change, SectionName } from './model.ts';

/** A change that is only named: which one it reverts is known when it is its turn, so many changes back. */
export type Planned =
  | Exclude<Change, { kind: 'revert' }>
  | { readonly kind: 'revert'; readonly back: number; readonly force: boolean };

/** What is said in If-Match: nothing, `*`, the tag that the client saw last, or the first one it saw. */
export type Condition = 'none' | 'any' | 'latest' | 'first';

export interface Step {
  readonly section: SectionName;
  /** Nothing is only read. */
  readonly planned: Planned | undefined;
  readonly condition: Condition;
  /** Which server is asked for the change, and which one is read from as soon as it is answered. */
  readonly writer: number;
  readonly reader: number;
}

const server = fc.nat(1);
const condition = fc.constantFrom<Condition>('none', 'none', 'none', 'any', 'latest', 'latest', 'first');

/** So few that they meet again, in other letters as well. */
const emails = fc.array(
  fc
    .tuple(fc.constantFrom('ann', 'Ann', 'bob', 'cy', 'dee'), fc.nat(3))
    .map(([name, number]) => `${name}${number}@example.com`),
  { minLength: 1, maxLength: 3 },
);

/** All fields, less some of the optional ones. */
function putOf({ valid, optional }: RandomSection): fc.Arbitrary<Planned> {
  return fc.tuple(valid, fc.subarray([...optional])).map(([fields, left]) => ({
    kind: 'put',
    body: Object.fromEntries(Object.entries(fields).filter(([name]) => !left.includes(name))),
  }));
}

/** Some of the fields, and of those that have fields themselves some of these. */
function patchOf({ valid }: RandomSection): fc.Arbitrary<Planned> {
  return valid
    .chain((fields) => fc.subarray(pathsIn(fields), { minLength: 1 }))
    .map((paths) => ({ kind: 'patch', body: fieldsAt(paths) }));
}

type Path = readonly [name: string, inner: string, value: unknown];

function pathsIn(fields: Fields): Path[] {
  return Object.entries(fields).flatMap(([name, value]): Path[] =>
    name.endsWith('Number')
      ? Object.entries(value as Fields).map(([inner, part]): Path => [name, inner, part])
      : [[name, '', value]],
  );
}

function fieldsAt(paths: readonly Path[]): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, inner, value] of paths) {
    fields[name] = inner === '' ? value : { ...(fields[name] as Fields | undefined), [inner]: value };
  }
  return fields;
}

const revert: fc.Arbitrary<Planned> = fc.record({
  kind: fc.constant('revert' as const),
  back: fc.nat(4),
  force: fc.boolean(),
});

function plannedFor(section: RandomSection): fc.Arbitrary<Planned | undefined> {
  const always = [
    { arbitrary: fc.constant(undefined), weight: 3 },
    { arbitrary: putOf(section), weight: 3 },
    { arbitrary: patchOf(section), weight: 3 },
    { arbitrary: revert, weight: 2 },
  ];
  if (section.name !== 'schedulingOptions') return fc.oneof(...always);
  const delegates = fc
    .tuple(fc.constantFrom('insert' as const, 'insert' as const, 'delete' as const), emails)
    .map(([kind, list]): Planned => ({ kind, emails: list }));
  return fc.oneof(...always, { arbitrary: delegates, weight: 12 });
}

const step: fc.Arbitrary<Step> = fc.oneof(
  ...randomSections.map((section) =>
    fc.record({
      section: fc.constant(section.name),
      planned: plannedFor(section),
      condition,
      writer: server,
      reader: server,
    }),
  ),
);

/** A plan of so many steps for each of the clients. */
export function plansFor(clients: number, steps: number, seed: number): Step[][] {
  return fc.sample(fc.array(step, { minLength: steps, maxLength: steps }), { seed, numRuns: clients });
}
