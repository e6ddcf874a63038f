/** An operation of the API: what it is called, where it is, who may call it and what goes in and out. */
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { TSchema } from 'typebox';
import { jsonMediaType, type NoteAnswer, sendJson } from '../platform/answers.ts';
import { andThen } from '../platform/at-once.ts';
import type { Database } from '../platform/database.ts';
import type { RateLimits } from '../platform/limits.ts';
import type { RuleId } from '../rules.ts';
import { admitted, bearerTokenIn, mayCall } from './admission.ts';
import { hasAlready } from './conditions.ts';
import { type Foreseeing, type Foresight, Foresights } from './foresight.ts';
import type { Idempotency } from './idempotency.ts';
import type { OperationScopes } from './scopes.ts';
import type { Caller, Tokens } from './tokens.ts';

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

declare module 'fastify' {
  interface FastifyRequest {
    /** What is asked for, if it is an operation of the API. */
    operation: Operation | null;
    caller: Caller | null;
    foresight: Foresight | null;
  }
}

/** Finds the caller of a request from one of our own pages, who needs no token; a 401 when nobody is signed in. */
export type BrowserCallers = (request: FastifyRequest) => Promise<Caller>;

interface OperationsParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly tokens: Tokens;
  readonly idempotency: Idempotency;
  readonly limits: RateLimits;
  readonly browserCallers: BrowserCallers;
  readonly noteAnswer: NoteAnswer | undefined;
}

/** Puts operations under their paths, each behind its scopes. */
export class Operations {
  readonly #app: FastifyInstance;
  readonly #database: Database;
  readonly #tokens: Tokens;
  readonly #idempotency: Idempotency;
  readonly #limits: RateLimits;
  readonly #browserCallers: BrowserCallers;
  readonly #noteAnswer: NoteAnswer | undefined;
  readonly #foresights: Foresights;
  readonly #mounted: Operation[] = [];

  constructor(parts: OperationsParts) {
    const { app, database, tokens, idempotency, limits, browserCallers, noteAnswer } = parts;
    this.#app = app;
    this.#database = database;
    this.#tokens = tokens;
    this.#idempotency = idempotency;
    this.#limits = limits;
    this.#browserCallers = browserCallers;
    this.#noteAnswer = noteAnswer;
    this.#foresights = new Foresights(database);
    app.decorateRequest('operation', null);
    app.decorateRequest('caller', null);
    app.decorateRequest('foresight', null);
  }

  get mounted(): readonly Operation[] {
    return this.#mounted;
  }

  mount(operation: Operation, handler: Handler): void {
    this.#mounted.push(operation);
    const { scopes } = operation;
    const answer = isRepeatable(operation) ? this.#once(handler) : handler;
    this.#app.route({
      method: operation.method,
      url: operation.path,
      onRequest: (request, _reply, done) => {
        request.operation = operation;
        this.#authorize(request, operation, done);
      },
      handler: (request, reply) => {
        const { foresight } = request;
        const answering = () => answer(callOf(request, scopes), request);
        if (foresight === null)
          return andThen(answering(), (answer) => send(reply, answer, this.#noteAnswer));
        const again = () => this.#admit(request, scopes).then(answering);
        return foresight.settle(answering, again).then((answer) => send(reply, answer, this.#noteAnswer));
      },
    });
  }

  /** For routes that are no operations of the API: finds the caller, who has to have these scopes. */
  admission(scopes: OperationScopes): onRequestHookHandler {
    return (request, _reply, done) => this.#authorize(request, { scopes }, done);
  }

  /** Every other method does the same when it is repeated as it is. */
  #once(handler: Handler): (call: Call, request: FastifyRequest) => Answer | Promise<Answer> {
    return (call, request) => {
      const key = request.headers['idempotency-key'];
      if (key === undefined) return handler(call);
      return this.#idempotency.once(String(key), call.caller.userId, request, () => handler(call));
    };
  }

  /** Goes on in the same turn where the token is in memory and nothing has to be waited for, as is nearly always so. */
  #authorize(
    request: FastifyRequest,
    { scopes, foresees }: Pick<Operation, 'scopes' | 'foresees'>,
    done: (error?: Error) => void,
  ): void {
    const { authorization } = request.headers;
    if (authorization === undefined && request.headers['x-anteroom-session'] === '1') {
      this.#browserCallers(request)
        .then((caller) => {
          request.caller = admitted(caller, scopes);
          return this.#limits.ofToken(caller.tokenId, request.arrivedMs);
        })
        .then(done, done);
      return;
    }
    const known = authorization === undefined ? undefined : this.#tokens.knownCaller(authorization);
    // What is no token at all needs no fence to be refused.
    if (known === undefined) bearerTokenIn(authorization);
    const refusal = known === undefined ? undefined : this.#limits.ofToken(known.tokenId, request.arrivedMs);
    if (refusal !== undefined) {
      done(refusal);
      return;
    }
    if (known !== undefined && foresees !== undefined && mayCall(known, scopes)) {
      request.caller = known;
      request.foresight = this.#foresights.begin(foresees);
      done();
      return;
    }
    const fence = this.#database.fence();
    if (fence === undefined && known !== undefined) {
      request.caller = admitted(known, scopes);
      done();
    } else {
      Promise.resolve(fence)
        .then(() => this.#admit(request, scopes))
        .then(({ tokenId }) =>
          known === undefined ? this.#limits.ofToken(tokenId, request.arrivedMs) : undefined,
        )
        .then(done, done);
    }
  }

  /** Finds the caller by what the directory says now. */
  async #admit(request: FastifyRequest, scopes: OperationScopes): Promise<Caller> {
    const tokenValue = bearerTokenIn(request.headers.authorization);
    const caller = await this.#tokens.callerOf(tokenValue);
    request.caller = admitted(caller, scopes);
    request.foresight = null;
    return request.caller;
  }
}

function callOf(request: FastifyRequest, scopes: OperationScopes): Call {
  const { query, params, body } = request;
  const caller = request.caller as Caller;
  const author = { userId: caller.userId, tokenId: caller.tokenId, trackingId: request.id };
  const ifMatch = request.headers['if-match'];
  const foresight = request.foresight ?? undefined;
  return { caller, author, ifMatch, foresight, scopes, query, params, body } as Call;
}

/** The text of a 200; or a 204, or a 304 for a client that has it already. */
function send(
  reply: FastifyReply,
  answer: Answer,
  noteAnswer: NoteAnswer | undefined,
): FastifyReply | string {
  if (answer === undefined) return reply.code(204).send();
  if (typeof answer === 'string') return sendJson(reply, answer, undefined, noteAnswer);
  if ('link' in answer) {
    reply.header('link', answer.link).header('content-type', jsonMediaType);
    return answer.text;
  }
  const { method, headers } = reply.request;
  const ifNoneMatch = headers['if-none-match'];
  const isRead = method === 'GET' || method === 'HEAD';
  if (ifNoneMatch !== undefined && isRead && hasAlready(ifNoneMatch, answer.etag))
    return reply.header('etag', answer.etag).code(304).send();
  return sendJson(reply, answer.text, answer.etag, noteAnswer);
}
