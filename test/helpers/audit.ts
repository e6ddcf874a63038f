/** The audit log, as tests look at it. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
export type Event = any;

type Query = Readonly<Record<string, string>>;

/** The events that the query asks for, newest first. */
export async function auditEvents(request: Client, as: string, query: Query = {}): Promise<Event[]> {
  const parameters = new URLSearchParams(query).toString();
  const answer = await request({ path: `/v1/adminAudit/events?${parameters}`, as });
  assert.equal(answer.status, 200, answer.text);
  return answer.body.items;
}

const shownWithinMs = 5_000;

/** The event of the request with this tracking id: what has no unit of its own is written a moment later. */
export async function eventOf(request: Client, as: string, trackingId: string): Promise<Event> {
  for (const deadline = Date.now() + shownWithinMs; Date.now() < deadline; await pause(20)) {
    const events = await auditEvents(request, as, { max: '200' });
    const event = events.find(({ data }) => data.trackingId === trackingId);
    if (event !== undefined) return event;
  }
  return assert.fail(`no event has the tracking id ${trackingId}`);
}
