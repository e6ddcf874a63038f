/** Clients that write one number after the other into documents of their own, and know which ones were acknowledged. */
import assert from 'node:assert/strict';
import type { Database } from '../../src/platform/database.ts';
import { type Person, seedPopulation } from '../helpers/population.ts';

/** A section in which a number stands twice: half a write would show. */
export interface Numbered {
  readonly path: string;
  readonly body: (number: number) => object;
  /** Two texts of what GET answers; without a number, as everybody has them at first, they stand for 1. */
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  readonly textsOf: (answer: any) => string[];
}

/** Written in transactions, because administrators search for delegates. */
export const delegates: Numbered = {
  path: '/v1/meetingPreferences/schedulingOptions',
  body: (number) => ({
    enabledJoinBeforeHost: true,
    joinBeforeHostMinutes: 5,
    enabledAutoShareRecording: false,
    delegateEmails: [`first${number}@example.com`, `second${number}@example.com`],
  }),
  textsOf: ({ delegateEmails }) => delegateEmails,
};

/** Inserted by statements that many writers share. */
export const devices: Numbered = {
  path: '/v1/meetingPreferences/video',
  body: (number) => ({
    videoDevices: [
      { deviceName: `device${number}`, deviceAddress: `device${number}@example.com`, isDefault: true },
    ],
  }),
  textsOf: ({ videoDevices }) => [videoDevices[0].deviceName, videoDevices[0].deviceAddress],
};

export interface Writer extends Person {
  readonly section: Numbered;
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

/** The sections are dealt out to them in turn. */
export async function makeWriters(
  database: Database,
  count: number,
  sections: readonly Numbered[] = [delegates],
): Promise<Writer[]> {
  const people = await seedPopulation(database, count, new Date().toISOString());
  return people.map((person, index) => ({
    ...person,
    section: sections[index % sections.length]!,
    sent: 1,
    acknowledged: 1,
  }));
}

/** Sends the next number; the server has to answer. */
export async function writeNext(url: string, writer: Writer): Promise<Response> {
  const headers = { authorization: `Bearer ${writer.token}`, 'content-type': 'application/json' };
  writer.sent += 1;
  const number = writer.sent;
  const { path, body } = writer.section;
  const answer = await fetch(url + path, { method: 'PUT', headers, body: JSON.stringify(body(number)) });
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

/** Reads the number back, also while it grows: never one before the last acknowledged, never one that was not sent. */
export async function readBack(url: string, writer: Writer): Promise<number> {
  const { acknowledged, section, token } = writer;
  const answer = await fetch(url + section.path, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  const texts = section.textsOf(await answer.json());
  const numbers = texts.map((text) => Number(/\d+/.exec(text)?.[0] ?? 1));
  assert.equal(numbers[0], numbers[1], `a torn document: ${texts}`);
  const number = numbers[0]!;
  assert.ok(number >= acknowledged, `${acknowledged} was acknowledged, ${number} is there`);
  assert.ok(number <= writer.sent, `${number} was never sent`);
  return number;
}

/** Reads the number back and goes on from there. */
export async function verify(url: string, writer: Writer): Promise<void> {
  const number = await readBack(url, writer);
  writer.sent = number;
  writer.acknowledged = number;
}

export function acknowledgedBy(all: readonly Writer[]): number {
  return all.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}
