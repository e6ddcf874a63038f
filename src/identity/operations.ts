/** An operation of the API: what it is called, where it is, who may call it and what goes in and out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import { scopeMissing, tokenInvalid, tokenMissing } from '../errors.ts';
import { jsonMediaType } from '../platform/http.ts';
import type { RuleId } from '../rules.ts';
import { hasAlready } from './conditions.ts';
import type { Idempotency } from './idempotency.ts';
import type { OperationScopes, Scope } from './scopes.ts';
import type { Caller, Tokens } from './tokens.ts';

export interface Operation {
  /** The documented title in camelCase. */
  readonly id: string;
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST';
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
}

/** What brings a change about. */
export interface Cause {
  readonly author: Author;
  /** The If-Match header: the change is made only to what it names. */
  readonly ifMatch: string | undefined;
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

/** JSON text, with an ETag where a client can come back to it; undefined is answered with 204. */
export type Answer = string | { readonly text: string; readonly etag: string } | undefined;
export type Handler = (call: Call) => Promise<Answer>;

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    operation?: Operation;
  }
}

/** Finds the caller of a request from one of our own pages, who needs no token; a 401 when nobody is signed in. */
export type BrowserCallers = (request: FastifyRequest) => Promise<Caller>;

/** Puts operations under their paths, each behind its scopes. */
export class Operations {
  readonly #app: FastifyInstance;
  readonly #tokens: Tokens;
  readonly #idempotency: Idempotency;
  readonly #browserCallers: BrowserCallers;
  readonly #mounted: Operation[] = [];

  constructor(
    app: FastifyInstance,
    tokens: Tokens,
    idempotency: Idempotency,
    browserCallers: BrowserCallers,
  ) {
    this.#app = app;
    this.#tokens = tokens;
    this.#idempotency = idempotency;
    this.#browserCallers = browserCallers;
    app.decorateRequest('caller', null);
  }

  get mounted(): readonly Operation[] {
    return this.#mounted;
  }

  mount(operation: Operation, handler: Handler): void {
    this.#mounted.push(operation);
    const { scopes } = operation;
    const answer = operation.method === 'POST' ? this.#once(handler) : handler;
    this.#app.route({
      method: operation.method,
      url: operation.path,
      config: { operation },
      onRequest: (request, _reply, done) => this.#authorize(request, scopes, done),
      handler: async (request, reply) => send(reply, await answer(callOf(request, scopes), request)),
    });
  }

  /** Every other method does the same when it is repeated as it is. */
  #once(handler: Handler): (call: Call, request: FastifyRequest) => Promise<Answer> {
    return (call, request) => {
      const key = request.headers['idempotency-key'];
      if (key === undefined) return handler(call);
      return this.#idempotency.once(String(key), call.caller.userId, request, () => handler(call));
    };
  }

  /** Goes on in the same turn where the engine needs no fence and the token is in memory, as nearly all are. */
  #authorize(request: FastifyRequest, scopes: OperationScopes, done: (error?: Error) => void): void {
    const { authorization } = request.headers;
    if (authorization === undefined && request.headers['x-anteroom-session'] === '1') {
      this.#browserCallers(request)
        .then((caller) => {
          request.caller = admitted(caller, scopes);
        })
        .then(() => done(), done);
      return;
    }
    const tokenValue = bearerTokenIn(authorization);
    const fence = this.#tokens.fence();
    const known = fence === undefined ? this.#tokens.knownCaller(tokenValue) : undefined;
    if (known !== undefined) {
      request.caller = admitted(known, scopes);
      done();
      return;
    }
    Promise.resolve(fence)
      .then(() => this.#tokens.knownCaller(tokenValue) ?? this.#tokens.callerOf(tokenValue))
      .then((caller) => {
        request.caller = admitted(caller, scopes);
      })
      .then(() => done(), done);
  }
}

function callOf(request: FastifyRequest, scopes: OperationScopes): Call {
  const { query, params, body } = request;
  const caller = request.caller as Caller;
  const author = { userId: caller.userId, tokenId: caller.tokenId, trackingId: request.id };
  return { caller, author, ifMatch: request.headers['if-match'], scopes, query, params, body } as Call;
}

/** The text of a 200; or a 204, or a 304 for a client that has it already. */
function send(reply: FastifyReply, answer: Answer): FastifyReply | string {
  if (answer === undefined) return reply.code(204).send();
  if (typeof answer === 'string') {
    reply.header('content-type', jsonMediaType);
    return answer;
  }
  reply.header('etag', answer.etag);
  const ifNoneMatch = reply.request.headers['if-none-match'];
  const isRead = reply.request.method === 'GET' || reply.request.method === 'HEAD';
  if (ifNoneMatch !== undefined && isRead && hasAlready(ifNoneMatch, answer.etag))
    return reply.code(304).send();
  reply.header('content-type', jsonMediaType);
  return answer.text;
}

/** The token of a header such as `Bearer abc` (RFC 6750 section 2.1); a 401 when there is none. */
function bearerTokenIn(authorization: string | undefined): string {
  if (authorization === undefined) throw tokenMissing();
  const credentials = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization);
  if (credentials === null) throw /^bearer/i.test(authorization) ? tokenInvalid() : tokenMissing();
  return credentials[1]!;
}

/** The caller, when there is one who may call an operation with these scopes; otherwise a 401 or 403. */
function admitted(caller: Caller | undefined, scopes: OperationScopes): Caller {
  if (caller === undefined) throw tokenInvalid();
  if (!mayCall(caller.scopes, scopes)) throw scopeMissing(alternatives(scopes));
  return caller;
}

function mayCall(held: ReadonlySet<Scope>, { user, admin }: OperationScopes): boolean {
  return (user !== undefined && held.has(user)) || admin.every((scope) => held.has(scope));
}

/** The sets of scopes that each suffice. */
export function alternatives({ user, admin }: OperationScopes): (readonly Scope[])[] {
  return user === undefined ? [admin] : [[user], admin];
}
