/** Calls of this server's API as whoever is signed in. */
import type { Fault } from '../../../src/errors.ts';
import { setConnection } from './connection.ts';
import { sessionHeaders, takeFirstAnswer } from './first-answers.ts';

/** An answer that is not 2xx, with everything the server said about it. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly status: number;
  readonly faults: readonly Fault[];
  readonly trackingId: string;
  /** Seconds to wait before another try; undefined when the server named none. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, answer: Partial<ErrorAnswer>, retryAfter: string | null) {
    super(answer.message ?? `HTTP ${status}`);
    this.status = status;
    this.faults = answer.errors ?? [];
    this.trackingId = answer.trackingId ?? '';
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

/** No answer at all: the server is not there, or not yet again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

interface ErrorAnswer {
  readonly message: string;
  readonly errors: readonly Fault[];
  readonly trackingId: string;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly body?: unknown;
  /** The ETag of what is to be changed; a 412 when something else is in force. */
  readonly ifMatch?: string | undefined;
  /** Names the request, so that it is not done again when it is sent again. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

/** The JSON of a 2xx answer with its ETag; throws {@link RequestFailed} or {@link Unreachable}. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<Versioned<T>> {
  const response = await send(path, options);
  const text = await response.text();
  const answer = parsed(text);
  if (!response.ok) {
    if (response.status === 401) setConnection('signedOut');
    throw new RequestFailed(
      response.status,
      (answer ?? {}) as ErrorAnswer,
      response.headers.get('retry-after'),
    );
  }
  setConnection('connected');
  return { value: answer as T, etag: response.headers.get('etag') ?? '' };
}

async function send(
  path: string,
  { method = 'GET', body, ifMatch, idempotencyKey, signal }: RequestOptions,
): Promise<Response> {
  const headers: Record<string, string> = {
    ...sessionHeaders,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  try {
    const asked = method === 'GET' ? takeFirstAnswer(path) : undefined;
    if (asked !== undefined) return await asked;
    return await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      cache: 'no-store',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    setConnection('unreachable');
    throw new Unreachable('The server cannot be reached.', { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
