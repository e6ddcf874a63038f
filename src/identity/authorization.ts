/** Who a request comes from, and whether they may: by a token, or by a session of one of our own pages. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../platform/database.ts';
import type { RateLimits } from '../platform/limits.ts';
import { admitted, bearerTokenIn, mayCall } from './admission.ts';
import { type Foresight, Foresights } from './foresight.ts';
import type { Operation } from './operation.ts';
import type { OperationScopes } from './scopes.ts';
import type { Caller, Tokens } from './tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    foresight: Foresight | null;
  }
}

/** Finds the caller of a request from one of our own pages, who needs no token; a 401 when nobody is signed in. */
export type BrowserCallers = (request: FastifyRequest) => Promise<Caller>;

export interface AuthorizationParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly tokens: Tokens;
  readonly limits: RateLimits;
  readonly browserCallers: BrowserCallers;
}

/** Judges requests before their handlers run. Who calls, and on what foresight, is left in the request. */
export class Authorization {
  readonly #database: Database;
  readonly #tokens: Tokens;
  readonly #limits: RateLimits;
  readonly #browserCallers: BrowserCallers;
  readonly #foresights: Foresights;

  constructor({ app, database, tokens, limits, browserCallers }: AuthorizationParts) {
    this.#database = database;
    this.#tokens = tokens;
    this.#limits = limits;
    this.#browserCallers = browserCallers;
    this.#foresights = new Foresights(database);
    app.decorateRequest('caller', null);
    app.decorateRequest('foresight', null);
  }

  /** Goes on in the same turn where the token is in memory and nothing has to be waited for, as is nearly always so. */
  authorize(
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
        .then(() => this.admit(request, scopes))
        .then(({ tokenId }) =>
          known === undefined ? this.#limits.ofToken(tokenId, request.arrivedMs) : undefined,
        )
        .then(done, done);
    }
  }

  /** Finds the caller by what the directory says now. */
  async admit(request: FastifyRequest, scopes: OperationScopes): Promise<Caller> {
    const tokenValue = bearerTokenIn(request.headers.authorization);
    const caller = await this.#tokens.callerOf(tokenValue);
    request.caller = admitted(caller, scopes);
    request.foresight = null;
    return request.caller;
  }
}
