/** A client of two servers, that carries out a plan and notes what it was answered. */
import assert from 'node:assert/strict';
import { pathOf } from '../helpers/bodies.ts';
import { type Answer, type Client, clientOf, type Request } from '../helpers/client.ts';
import { historyPage, type Item, wholeHistory } from '../helpers/history.ts';
import type { Fields } from '../helpers/random-bodies.ts';
import { clientWith } from '../helpers/tokens.ts';
import type { Change, SectionName } from './model.ts';
import { type Attempt, type Observations, revisionIn, type Sight } from './observations.ts';
import type { Condition, Planned, Step } from './plans.ts';

export type Documents = ReadonlyMap<SectionName, Observations>;

export class PlanClient {
  readonly #servers: readonly Client[];
  readonly #query: { readonly siteUrl: string };
  /** The tags of each section that this client was told, in order. */
  readonly #tags = new Map<SectionName, string[]>();

  constructor(urls: readonly string[], token: string, siteUrl: string) {
    this.#query = { siteUrl };
    this.#servers = urls.map((url) => clientWith(clientOf(url), token));
  }

  /** After each change, whichever server was asked for it, the planned one is read from. */
  async play(plan: readonly Step[], documents: Documents): Promise<void> {
    for (const { section, planned, condition, writer, reader } of plan) {
      const document = documents.get(section)!;
      const change = planned && (await this.#known(planned, document, writer));
      if (change !== undefined) await this.#change(change, document, condition, writer);
      document.sights.push(await this.read(section, reader));
    }
  }

  async read(section: SectionName, server: number): Promise<Sight> {
    const { answer, ...span } = await this.#ask(server, { path: pathOf(section, this.#query) });
    assert.equal(answer.status, 200, answer.text);
    return { ...span, etag: this.#tagOf(section, answer)!, document: documentIn(answer) };
  }

  history(section: SectionName, server: number): Promise<Item[]> {
    return wholeHistory(this.#servers[server]!, undefined, { ...this.#query, section });
  }

  /** Finds out which change is to be reverted; undefined where there is none yet. */
  async #known(planned: Planned, document: Observations, server: number): Promise<Change | undefined> {
    if (planned.kind !== 'revert') return planned;
    const query = { ...this.#query, section: document.section, max: '5' };
    const { status, body, text } = await historyPage(this.#servers[server]!, undefined, query);
    assert.equal(status, 200, text);
    const items = body.items.filter((item: Item) => document.covers(item));
    const id: string | undefined = items[planned.back % items.length]?.id;
    return id === undefined
      ? undefined
      : { kind: 'revert', id, revision: revisionIn(id), force: planned.force };
  }

  async #change(
    change: Change,
    { section, attempts }: Observations,
    condition: Condition,
    server: number,
  ): Promise<void> {
    const tags = this.#tags.get(section);
    const ifMatch = { none: undefined, any: '*', latest: tags?.at(-1), first: tags?.[0] }[condition];
    const trackingId = `client-${crypto.randomUUID()}`;
    const headers = { trackingid: trackingId, ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }) };
    const { answer, ...span } = await this.#ask(server, { ...this.#requestFor(section, change), headers });
    const etag = this.#tagOf(section, answer);
    const body = documentIn(answer);
    attempts.push({ ...span, trackingId, change, ifMatch, result: resultOf(answer), etag, body });
  }

  #requestFor(section: SectionName, change: Change): Request {
    switch (change.kind) {
      case 'put':
      case 'patch':
        return { method: change.kind.toUpperCase(), path: pathOf(section, this.#query), body: change.body };
      case 'insert':
      case 'delete': {
        const path = pathOf(`${section}/delegateEmails/${change.kind}`, this.#query);
        return { method: 'POST', path, body: { emails: change.emails } };
      }
      case 'revert': {
        const path = pathOf(`history/${change.id}/revert`, this.#query);
        return { method: 'POST', path, body: { force: change.force } };
      }
    }
  }

  async #ask(server: number, request: Request): Promise<{ began: number; answered: number; answer: Answer }> {
    const began = performance.now();
    const answer = await this.#servers[server]!(request);
    return { began, answered: performance.now(), answer };
  }

  #tagOf(section: SectionName, { status, headers }: Answer): string | undefined {
    const etag = headers.get('etag');
    if (status !== 200 || etag === null) return undefined;
    this.#tags.set(section, [...(this.#tags.get(section) ?? []), etag]);
    return etag;
  }
}

/** What is stored of what was answered: not where the room is, which follows from the site. */
function documentIn({ body }: Answer): Fields {
  if (body?.personalMeetingRoomLink === undefined) return body;
  const { personalMeetingRoomLink: _1, sipAddress: _2, dialInIpAddress: _3, telephony: _4, ...room } = body;
  return room;
}

function resultOf({ status, body, text }: Answer): Attempt['result'] {
  const isOvertaken = body?.errors?.[0].rule === 'history.unchanged';
  const results = new Map<number, Attempt['result']>([
    [200, 'accepted'],
    [204, 'accepted'],
    [400, 'illegal'],
    [409, isOvertaken ? 'overtaken' : 'lost'],
    [412, 'unmatched'],
  ]);
  const result = results.get(status);
  assert.ok(result !== undefined, text);
  return result;
}
