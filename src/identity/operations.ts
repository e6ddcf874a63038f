/** Puts operations of the API under their paths: each behind its scopes, and answered alike. */
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { jsonMediaType, type NoteAnswer, sendJson } from '../platform/answers.ts';
import { andThen } from '../platform/at-once.ts';
import { Authorization, type AuthorizationParts } from './authorization.ts';
import { hasAlready } from './conditions.ts';
import type { Idempotency } from './idempotency.ts';
import { type Answer, type Call, type Handler, isRepeatable, type Operation } from './operation.ts';
import type { OperationScopes } from './scopes.ts';
import type { Caller } from './tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is asked for, if it is an operation of the API. */
    operation: Operation | null;
  }
}

interface OperationsParts extends AuthorizationParts {
  readonly idempotency: Idempotency;
  readonly noteAnswer: NoteAnswer | undefined;
}

/** Puts operations under their paths, each behind its scopes. */
export class Operations {
  readonly #app: FastifyInstance;
  readonly #authorization: Authorization;
  readonly #idempotency: Idempotency;
  readonly #noteAnswer: NoteAnswer | undefined;
  readonly #mounted: Operation[] = [];

  constructor(parts: OperationsParts) {
    const { app, idempotency, noteAnswer } = parts;
    this.#app = app;
    this.#authorization = new Authorization(parts);
    this.#idempotency = idempotency;
    this.#noteAnswer = noteAnswer;
    app.decorateRequest('operation', null);
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
        this.#authorization.authorize(request, operation, done);
      },
      handler: (request, reply) => {
        const { foresight } = request;
        const answering = () => answer(callOf(request, scopes), request);
        if (foresight === null)
          return andThen(answering(), (answer) => send(reply, answer, this.#noteAnswer));
        const again = () => this.#authorization.admit(request, scopes).then(answering);
        return foresight.settle(answering, again).then((answer) => send(reply, answer, this.#noteAnswer));
      },
    });
  }

  /** For routes that are no operations of the API: finds the caller, who has to have these scopes. */
  admission(scopes: OperationScopes): onRequestHookHandler {
    return (request, _reply, done) => this.#authorization.authorize(request, { scopes }, done);
  }

  /** Every other method does the same when it is repeated as it is. */
  #once(handler: Handler): (call: Call, request: FastifyRequest) => Answer | Promise<Answer> {
    return (call, request) => {
      const key = request.headers['idempotency-key'];
      if (key === undefined) return handler(call);
      return this.#idempotency.once(String(key), call.caller.userId, request, () => handler(call));
    };
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
