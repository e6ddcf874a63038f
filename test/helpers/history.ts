/** A history read to its end, and changes to fill it with. */
import assert from 'node:assert/strict';
import { pathOf } from './bodies.ts';
import type { Answer, Client } from './client.ts';
import type { Fields } from './random-bodies.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
export type Item = any;

type Query = Readonly<Record<string, string>>;

/** One page of one's own history, or of that of the user in the query; `as` is undefined for a client with a token. */
export function historyPage(request: Client, as: string | undefined, query: Query = {}): Promise<Answer> {
  return request({ path: pathOf('history', query), as });
}

/** All items of all pages, newest first; `pageOf` asks for one of them. */
export async function wholeHistory(
  request: Client,
  as: string | undefined,
  query: Query = {},
  pageOf: typeof historyPage = historyPage,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const answer = await pageOf(request, as, { ...query, ...(cursor === undefined ? {} : { cursor }) });
    assert.equal(answer.status, 200, answer.text);
    items.push(...answer.body.items);
    cursor = answer.body.cursor;
  } while (cursor !== undefined);
  return items;
}

/** A document as the history shows it. */
export function masked(document: Fields): Fields {
  const hidden = Object.entries(document).map(([name, value]) => [
    name,
    /^(host|audio)Pin$/.test(name) ? '****' : value,
  ]);
  return Object.fromEntries(hidden);
}

/** Applies one side of a change to what is there, which has to be what the other side says. */
export function step(shown: Fields, item: Item, from: 'before' | 'after', to: 'before' | 'after'): Fields {
  const next: Record<string, unknown> = { ...shown };
  for (const [name, value] of Object.entries(item[from])) {
    assert.deepEqual(shown[name], value, `${name} was not so ${from} ${item.id}`);
    delete next[name];
  }
  for (const name of Object.keys(item[to]))
    assert.ok(!Object.hasOwn(next, name), `${name} was there ${from} ${item.id}`);
  return { ...next, ...item[to] };
}

/** A page of the history of a site. */
export function siteHistoryPage(request: Client, as: string | undefined, query: Query = {}): Promise<Answer> {
  const parameters = new URLSearchParams(query).toString();
  return request({ path: `/v1/admin/meetingPreferences/history?${parameters}`, as });
}

/** The newest change of a section. */
export async function latestChange(
  request: Client,
  as: string,
  section: string,
  query: Query = {},
): Promise<Item> {
  const { body } = await historyPage(request, as, { ...query, section, max: '1' });
  return body.items[0];
}

export function revert(
  request: Client,
  as: string,
  id: string,
  query: Query = {},
  body?: unknown,
  headers: Query = {},
): Promise<Answer> {
  return request({ method: 'POST', path: pathOf(`history/${id}/revert`, query), as, body, headers });
}

export function patch(
  request: Client,
  as: string,
  section: string,
  body: unknown,
  query: Query = {},
): Promise<Answer> {
  return request({ method: 'PATCH', path: pathOf(section, query), as, body });
}

export function setDefaultSite(request: Client, as: string, siteUrl: string): Promise<Answer> {
  return request({ method: 'PUT', path: pathOf('sites', { defaultSite: 'true' }), as, body: { siteUrl } });
}

/** Gives people new room ids; `rooms` are addresses and ids. */
export function refreshRooms(
  request: Client,
  siteUrl: string,
  rooms: Readonly<Record<string, string>>,
): Promise<Answer> {
  const items = Object.entries(rooms).map(([email, id]) => ({ email, personalMeetingRoomId: id }));
  const path = '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId';
  return request({ method: 'POST', path, as: 'admin', body: { siteUrl, personalMeetingRoomIds: items } });
}
