/** What a list of tokens can be asked for. Pure. */
import { fault, refuseIf } from '../errors.ts';
import { countBetween, type Query, QueryReading } from '../request/parameters.ts';

/** A place in the list: behind the token with this time and id. */
export interface Place {
  /** ISO-8601 UTC. */
  readonly created: string;
  readonly id: string;
}

export interface TokenQuery {
  readonly userEmail: string | undefined;
  /** A part of a name or an address. */
  readonly search: string | undefined;
  /** Only those that work, or only those that do not; undefined for all. */
  readonly isActive: boolean | undefined;
  readonly max: number;
  /** Undefined for the first page. */
  readonly after: Place | undefined;
}

/** Reads the query; throws a 400 with every fault. */
export function readTokenQuery(query: Query): TokenQuery {
  const reading = new QueryReading(query);
  const asked = {
    userEmail: reading.address('userEmail'),
    search: reading.text('search')?.trim(),
    isActive: reading.parsed('active', booleanIn, fault('tokens.active')),
    max: reading.parsed('max', countBetween(1, 1000), fault('tokens.max')) ?? 100,
    after: reading.parsed('after', placeIn, fault('tokens.after')),
  };
  refuseIf(reading.faults);
  return asked;
}

function booleanIn(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

export function cursorOf({ created, id }: Place): string {
  return Buffer.from(`${created} ${id}`).toString('base64url');
}

function placeIn(cursor: string): Place | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, created, id] = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z) (\P{Cc}{1,200})$/u.exec(text) ?? [];
  return created === undefined || id === undefined ? undefined : { created, id };
}
