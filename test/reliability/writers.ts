/** Clients that write one number after the other into documents of their own, and know which ones were acknowledged. */
import assert from 'node:assert/strict';
import type { Database } from '../../src/platform/database.ts';
import { personalMeetingRoomExample, schedulingOptionsExample } from '../../src/preferences/examples.ts';
import { pathOf } from '../helpers/bodies.ts';
import { clientOf } from '../helpers/client.ts';
import { wholeHistory } from '../helpers/history.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';
import { clientWith } from '../helpers/tokens.ts';

/** What a writer writes into. */
export interface Place {
  readonly section: string;
  /** Holds the number twice: half a write would show. */
  readonly bodyFor: (number: number) => object;
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  readonly textsIn: (document: any) => readonly string[];
}

export const delegates: Place = {
  section: 'schedulingOptions',
  bodyFor: (number) => ({
    ...schedulingOptionsExample,
    delegateEmails: [`first${number}@example.com`, `second${number}@example.com`],
  }),
  textsIn: ({ delegateEmails }) => delegateEmails,
};

export const room: Place = {
  section: 'personalMeetingRoom',
  bodyFor: (number) => ({
    ...personalMeetingRoomExample,
    topic: `Room ${number}`,
    coHosts: [{ email: 'ann@example.com', displayName: `Ann ${number}` }],
  }),
  textsIn: ({ topic, coHosts }) => [topic, coHosts[0].displayName],
};

/** Delegates need a transaction of their own; on PostgreSQL a change of anything else shares its statement with others. */
const places = [delegates, room];

export interface Writer extends Person {
  readonly place: Place;
  /** The number last sent, and the last one answered with 200. */
  sent: number;
  acknowledged: number;
  /** All that were answered with 200. */
  readonly everAcknowledged: number[];
}

/** What clients saw while something was broken. */
export interface Seen {
  accepted: number;
  refused: number;
  /** What those who were refused wanted to change. */
  readonly refusedIn: Set<Place>;
  slowestMs: number;
  /** When the last 503 came in, as performance.now() tells it. */
  lastRefusal: number;
}

/** The places are dealt out to them in turn. */
export async function makeWriters(
  database: Database,
  count: number,
  dealt: readonly Place[] = places,
): Promise<Writer[]> {
  const people = await seedPopulation(database, count, new Date().toISOString());
  return people.map((person, index) => ({
    ...person,
    place: dealt[index % dealt.length]!,
    sent: 1,
    acknowledged: 1,
    everAcknowledged: [],
  }));
}

/** How requests are sent: as the global fetch does it, or on a connection of one's own. */
type Send = (
  url: string,
  init: { method?: string; headers: Record<string, string>; body?: string },
) => Promise<Response>;

/** Sends the next number; the server has to answer. */
export async function writeNext(url: string, writer: Writer, send: Send = fetch): Promise<Response> {
  const headers = { authorization: `Bearer ${writer.token}`, 'content-type': 'application/json' };
  writer.sent += 1;
  const number = writer.sent;
  const { section, bodyFor } = writer.place;
  const body = JSON.stringify(bodyFor(number));
  const answer = await send(url + pathOf(section), { method: 'PUT', headers, body });
  await answer.arrayBuffer();
  if (answer.status === 200) {
    writer.acknowledged = number;
    writer.everAcknowledged.push(number);
  }
  return answer;
}

/** Writes until `isOver`, of a server that may refuse with 503 and Retry-After at worst. */
export async function writeThroughFaults(
  url: string,
  writer: Writer,
  seen: Seen,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const started = performance.now();
    const { status, headers } = await writeNext(url, writer);
    const now = performance.now();
    seen.slowestMs = Math.max(seen.slowestMs, now - started);
    if (status === 200) {
      seen.accepted += 1;
      continue;
    }
    assert.equal(status, 503);
    assert.equal(headers.get('retry-after'), '1');
    seen.refused += 1;
    seen.refusedIn.add(writer.place);
    seen.lastRefusal = now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A fault that nobody met proves nothing: transactions have to have met it, and shared statements as well. */
export function assertNoticed(refusedIn: ReadonlySet<Place>): void {
  assert.equal(refusedIn.size, places.length, 'not everybody noticed');
}

/** Reads the number back, also while it grows: never one before the last acknowledged, never one that was not sent. */
export async function readBack(url: string, writer: Writer, send: Send = fetch): Promise<number> {
  const { acknowledged, place, token } = writer;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await send(url + pathOf(place.section), { headers });
  assert.equal(answer.status, 200);
  const number = numberIn(place.textsIn(await answer.json()));
  assert.ok(number >= acknowledged, `${acknowledged} was acknowledged, ${number} is there`);
  assert.ok(number <= writer.sent, `${number} was never sent`);
  return number;
}

/** Reads the number back and goes on from there. */
export async function verify(url: string, writer: Writer, send: Send = fetch): Promise<void> {
  const number = await readBack(url, writer, send);
  writer.sent = number;
  writer.acknowledged = number;
}

/** Looks for every number that was acknowledged in the history: the last one hides whether one before it was lost. */
export async function verifyHistory(url: string, { place, token, everAcknowledged }: Writer): Promise<void> {
  const owner = clientWith(clientOf(url), token);
  const items = await wholeHistory(owner, undefined, { section: place.section, max: '100' });
  const kept = new Set(items.map(({ after }) => numberIn(place.textsIn(after))));
  assert.deepEqual(
    everAcknowledged.filter((number) => !kept.has(number)),
    [],
    'acknowledged, and not in the history',
  );
}

function numberIn(texts: readonly string[]): number {
  // What everybody begins with has no number.
  const numbers = texts.map((text) => Number(/\d+/.exec(text)?.[0] ?? 1));
  assert.equal(numbers[0], numbers[1], `a torn document: ${texts}`);
  return numbers[0]!;
}

export function acknowledgedBy(all: readonly Writer[]): number {
  return all.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}
