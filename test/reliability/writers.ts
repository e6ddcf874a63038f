/** Clients that write one number after the other into documents of their own, and know which ones were acknowledged. */
import assert from 'node:assert/strict';
import type { Database } from '../../src/platform/database.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';

const path = '/v1/meetingPreferences/schedulingOptions';

export interface Writer extends Person {
  /** The number last sent, and the last one answered with 200. */
  sent: number;
  acknowledged: number;
}

/** What clients saw while something was broken. */
export interface Seen {
  accepted: number;
  refused: number;
  slowestMs: number;
  /** When the last 503 came in, as performance.now() tells it. */
  lastRefusal: number;
}

export async function makeWriters(database: Database, count: number): Promise<Writer[]> {
  const people = await seedPopulation(database, count, new Date().toISOString());
  return people.map((person) => ({ ...person, sent: 1, acknowledged: 1 }));
}

/** The same number twice in one document: half a write would show. */
function bodyFor(number: number): string {
  const delegateEmails = [`first${number}@example.com`, `second${number}@example.com`];
  return JSON.stringify({
    enabledJoinBeforeHost: true,
    joinBeforeHostMinutes: 5,
    enabledAutoShareRecording: false,
    delegateEmails,
  });
}

/** Sends the next number; the server has to answer. */
export async function writeNext(url: string, writer: Writer): Promise<Response> {
  const headers = { authorization: `Bearer ${writer.token}`, 'content-type': 'application/json' };
  writer.sent += 1;
  const number = writer.sent;
  const answer = await fetch(url + path, { method: 'PUT', headers, body: bodyFor(number) });
  await answer.arrayBuffer();
  if (answer.status === 200) writer.acknowledged = number;
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
    seen.lastRefusal = now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Reads the number back: never one before the last acknowledged, never one that was not sent. Goes on from there. */
export async function verify(url: string, writer: Writer): Promise<void> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${writer.token}` } });
  assert.equal(answer.status, 200);
  const { delegateEmails } = (await answer.json()) as { delegateEmails: string[] };
  const numbers = delegateEmails.map((email) => Number(/\d+/.exec(email)?.[0] ?? 1));
  assert.equal(numbers[0], numbers[1], `a torn document: ${delegateEmails}`);
  const number = numbers[0]!;
  assert.ok(number >= writer.acknowledged, `${writer.acknowledged} was acknowledged, ${number} is there`);
  assert.ok(number <= writer.sent, `${number} was never sent`);
  writer.sent = number;
  writer.acknowledged = number;
}

export function acknowledgedBy(all: readonly Writer[]): number {
  return all.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}
