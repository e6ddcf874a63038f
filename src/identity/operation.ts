/** An operation of the API: what it is called, where it is, who may call it and what goes in and out. */
import type { TSchema } from 'typebox';
import type { RuleId } from '../rules.ts';
import type { Foreseeing, Foresight } from './foresight.ts';
import type { OperationScopes } from './scopes.ts';
import type { Caller } from './tokens.ts';

export interface Operation {
  /** The documented title in camelCase. */
  readonly id: string;
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** The literal path; `:name` stands for a part of it. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scopes: OperationScopes;
  readonly query: Readonly<Record<string, TSchema>>;
  readonly body?: { readonly schema: TSchema; readonly example: unknown; readonly isOptional?: true };
  /** The schema of the 200 answer; a 204 when left out. */
  readonly answer?: { readonly schema: TSchema; readonly example: unknown };
  /** The rules that JSON Schema cannot say. */
  readonly rules: readonly RuleId[];
  /** Whether what it reads or changes has an ETag: then it takes conditions. */
  readonly hasEtag?: true;
  /** Whether it may begin before the fence: it only reads, or it heeds {@link Cause.foresight} when it writes. */
  readonly foresees?: Foreseeing;
  /** Whether its answer tells a secret that is kept nowhere: then it cannot be answered again, whatever the request's key. */
  readonly tellsSecret?: true;
}

/** Whether a request with an Idempotency-Key is done once and answered again; other methods do the same when repeated. */
export function isRepeatable({ method, tellsSecret }: Operation): boolean {
  return method === 'POST' && tellsSecret === undefined;
}

/** What brings a change about. */
export interface Cause {
  readonly author: Author;
  /** The If-Match header: the change is made only to what it names. */
  readonly ifMatch: string | undefined;
  /** What a change depends on that is made on the strength of what memory says; undefined when that holds already. */
  readonly foresight: Foresight | undefined;
}

export interface Call extends Cause {
  readonly caller: Caller;
  readonly scopes: OperationScopes;
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  /** The JSON value of the body; undefined when there is none. */
  readonly body: unknown;
}

/** Who changes something, by which request. */
export interface Author {
  readonly userId: string;
  readonly tokenId: string;
  readonly trackingId: string;
}

/** JSON text, with an ETag where a client can come back to it, or a Link to the next page; undefined is answered with 204. */
export type Answer =
  | string
  | { readonly text: string; readonly etag: string }
  | { readonly text: string; readonly link: string }
  | undefined;
/** Answers at once where it can ({@link andThen}). */
export type Handler = (call: Call) => Answer | Promise<Answer>;
