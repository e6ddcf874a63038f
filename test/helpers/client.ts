/** A client for the black-box suites: plain requests in, status, headers and JSON out. */
import assert from 'node:assert/strict';
import type { RuleId } from '../../src/rules.ts';
import { inspectAnswer } from './leaks.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when it is empty. */
  // biome-ignore lint/suspicious/noExplicitAny: what a server answers is for the test to judge
  readonly body: any;
}

export interface Request {
  readonly method?: string;
  /** From /v1 on, with its query. */
  readonly path: string;
  /** The name behind `anteroom-dev-`; no Authorization header when left out. */
  readonly as?: string | undefined;
  /** Sent as JSON; text and bytes are sent as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Client = (request: Request) => Promise<Answer>;

export function clientOf(url: string): Client {
  return async ({ method = 'GET', path, as, body, headers = {} }) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer anteroom-dev-${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyText(body) }),
      redirect: 'manual',
    });
    const text = await response.text();
    inspectAnswer(response.status, text, as === undefined ? [] : [`anteroom-dev-${as}`]);
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}

function bodyText(body: unknown): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body);
}

/** Checks the one shape of every answer that is not 2xx (contract section 4), and that it names these rules. */
export function assertRefused(answer: Answer, status: number, ...rules: RuleId[]): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8');
  assert.deepEqual(Object.keys(answer.body), ['message', 'errors', 'trackingId']);
  assert.equal(typeof answer.body.message, 'string');
  assert.equal(answer.body.trackingId, answer.headers.get('trackingid'));
  assert.ok(answer.body.errors.length > 0);
  for (const entry of answer.body.errors) assert.equal(typeof entry.description, 'string');
  const broken = answer.body.errors.map(({ rule }: { rule?: string }) => rule);
  if (rules.length > 0) assert.deepEqual([...broken].sort(), [...rules].sort(), answer.text);
}
