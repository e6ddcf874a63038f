/** What may be asked of the audit log. Pure. */
import type { EventSelection } from '../audit/events.ts';
import { instantOf } from '../directory/instant.ts';
import { userIdOf } from '../directory/person-id.ts';
import { fault, refuseIf } from '../errors.ts';
import { countBetween, type Query, QueryReading } from '../request/parameters.ts';

/** A year that may have a 29 February in it. */
const longestRangeMs = 366 * 86_400_000;

/** Reads the query; throws a 400 that lists every fault. `known` are the categories there are, `nowMs` is the time. */
export function readEventQuery(query: Query, known: readonly string[], nowMs: number): EventSelection {
  const reading = new QueryReading(query);
  const { faults } = reading;
  // Up to the present moment: an event of this very millisecond is asked for as well.
  const to = reading.parsed('to', instantOf, fault('audit.time', 'to')) ?? new Date(nowMs + 1).toISOString();
  const aYearBefore = new Date(Date.parse(to) - longestRangeMs).toISOString();
  const from = reading.parsed('from', instantOf, fault('audit.time', 'from')) ?? aYearBefore;
  const actorId = reading.parsed('actorId', userIdOf, fault('audit.actor')) ?? '';
  const max = reading.parsed('max', countBetween(1, 200), fault('audit.max')) ?? 100;
  const offset = reading.parsed('offset', countBetween(0, 999_999), fault('audit.offset')) ?? 0;
  if (faults.length === 0 && !(from < to && from >= aYearBefore)) faults.push(fault('audit.range'));
  refuseIf(faults);
  return { from, to, actorId, categories: categoriesIn(query.eventCategories, known), max, offset };
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
