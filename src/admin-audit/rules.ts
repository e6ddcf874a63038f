/** What may be asked of the audit log. Pure. */
import { instantOf } from '../directory/instant.ts';
import { userIdOf } from '../directory/person-id.ts';
import { type Fault, fault, refuseIf } from '../errors.ts';

/** What a request asks for, apart from whose log it is. */
export interface AskedEvents {
  /** ISO-8601 UTC, as is `to`. */
  readonly from: string;
  readonly to: string;
  /** A user id; '' for everybody. */
  readonly actorId: string;
  readonly categories: readonly string[];
  readonly max: number;
  readonly offset: number;
}

/** A year that may have a 29 February in it. */
const longestRangeMs = 366 * 86_400_000;

/** Reads the query; throws a 400 that lists every fault. `known` are the categories there are, `nowMs` is the time. */
export function readEventQuery(
  query: Readonly<Record<string, unknown>>,
  known: readonly string[],
  nowMs: number,
): AskedEvents {
  const faults: Fault[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined, broken: Fault): T | undefined => {
    const value = query[name];
    if (value === undefined) return undefined;
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined) faults.push(typeof value === 'string' ? broken : fault('query.single', name));
    return parsed;
  };
  // Up to the present moment: an event of this very millisecond is asked for as well.
  const to = read('to', instantOf, fault('audit.time', 'to')) ?? new Date(nowMs + 1).toISOString();
  const aYearBefore = new Date(Date.parse(to) - longestRangeMs).toISOString();
  const from = read('from', instantOf, fault('audit.time', 'from')) ?? aYearBefore;
  const actorId = read('actorId', userIdOf, fault('audit.actor')) ?? '';
  const max = read('max', (text) => countOf(text, 1, 200), fault('audit.max')) ?? 100;
  const offset = read('offset', (text) => countOf(text, 0, 999_999), fault('audit.offset')) ?? 0;
  if (faults.length === 0 && !(from < to && from >= aYearBefore)) faults.push(fault('audit.range'));
  refuseIf(faults);
  return { from, to, actorId, categories: categoriesIn(query.eventCategories, known), max, offset };
}

function countOf(text: string, least: number, most: number): number | undefined {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  return count >= least && count <= most ? count : undefined;
}

/** Divided by commas, or as a parameter each. Only unknown ones are a list that nothing is on. */
function categoriesIn(value: unknown, known: readonly string[]): readonly string[] {
  if (value === undefined) return [];
  const asked = [value].flat().flatMap((text) =>
    String(text)
      .split(',')
      .map((part) => part.trim()),
  );
  const found = known.filter((category) => asked.includes(category));
  return found.length === 0 ? ['none'] : found;
}
