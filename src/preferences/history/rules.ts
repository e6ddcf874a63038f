/** What changed between two versions, how it is shown, and what undoes it. Pure. */
import { instantOf } from '../../directory/instant.ts';
import { changedSince, fault, refuseIf } from '../../errors.ts';
import { type Compatibility, readBody } from '../../request/body.ts';
import { countBetween, type Query, QueryReading } from '../../request/parameters.ts';
import { valueIn } from '../../request/target.ts';
import { type HistorySection, historySections, Revert } from './schema.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The fields in which two versions differ: a field that one of them lacks is absent there. */
export interface Difference {
  readonly before: Fields;
  readonly after: Fields;
}

export function differenceBetween(before: Fields, after: Fields): Difference {
  const isChanged = ([name, value]: [string, unknown], other: Fields): boolean =>
    !Object.hasOwn(other, name) || !isSame(value, other[name]);
  return {
    before: Object.fromEntries(Object.entries(before).filter((entry) => isChanged(entry, after))),
    after: Object.fromEntries(Object.entries(after).filter((entry) => isChanged(entry, before))),
  };
}

/** Whether two JSON values are equal, in whatever order their fields are. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every(
    (name) => Object.hasOwn(other, name) && isSame((one as Fields)[name], (other as Fields)[name]),
  );
}

const secrets: ReadonlySet<string> = new Set(['hostPin', 'audioPin']);

/** `fields` as a history may show them. */
export function masked(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, secrets.has(name) ? '****' : value]),
  );
}

/**
 * `current` with the fields of a change as they were before it; one that was not there then is as it is `initial`ly. Throws
 * a 409 with a fault for every field that was changed since, unless `force`.
 */
export function restored(
  current: Fields,
  { before, after }: Difference,
  initial: Fields,
  force: boolean,
): Fields {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (!force) {
    const overtaken = names.filter((name) => !isSame(current[name], after[name]));
    if (overtaken.length > 0) throw changedSince(overtaken.map((name) => fault('history.unchanged', name)));
  }
  const entries = names.map((name) => [name, Object.hasOwn(before, name) ? before[name] : initial[name]]);
  return { ...current, ...Object.fromEntries(entries) };
}

/** Whether the body of a revert asks for force; there need not be one. */
export function readForce(body: unknown, compatibility: Compatibility): boolean {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (body === undefined || (isObject && (valueIn(body, 'force') ?? null) === null)) return false;
  return readBody(Revert, body, {}, compatibility).accepted().force ?? false;
}

/** Where a page of a history begins: behind this change, newest first. */
export interface Position {
  readonly changed: string;
  readonly userId: string;
  readonly section: string;
  readonly revision: number;
}

export interface HistoryQuery {
  readonly section: HistorySection | undefined;
  /** ISO-8601 UTC; empty for no limit. */
  readonly from: string;
  readonly start: Position;
  readonly max: number;
}

/** Behind every time that can be written with four digits for the year. */
const end = '~';

/** What a request asks of a history; throws a 400 that lists every fault. */
export function readHistoryQuery(query: Query): HistoryQuery {
  const reading = new QueryReading(query);
  const section = reading.parsed(
    'section',
    (text) => historySections.find((name) => name === text),
    fault('history.section'),
  );
  const from = reading.parsed('from', instantOf, fault('history.time', 'from')) ?? '';
  const to = reading.parsed('to', instantOf, fault('history.time', 'to')) ?? end;
  const max = reading.parsed('max', countBetween(1, 100), fault('history.max')) ?? 20;
  const cursor = reading.parsed('cursor', positionOf, fault('history.cursor'));
  refuseIf(reading.faults);
  const latest = { changed: to, userId: '', section: '', revision: 0 };
  const start = cursor === undefined || cursor.changed >= to ? latest : cursor;
  return { section, from, start, max };
}

export function cursorOf({ changed, userId, section, revision }: Position): string {
  return Buffer.from(JSON.stringify([changed, userId, section, revision])).toString('base64url');
}

function positionOf(cursor: string): Position | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const parts = /^\["([\dTZ:.+-]{10,40})","([\w-]{1,64})","(\w{1,32})",(\d{1,15})\]$/.exec(text);
  if (parts === null) return undefined;
  const [, changed, userId, section, revision] = parts as unknown as string[];
  return { changed: changed!, userId: userId!, section: section!, revision: Number(revision) };
}
