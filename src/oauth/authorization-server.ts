/** Hands requests over to oidc-provider, which is loaded with the first of them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Audit } from '../audit/audit.ts';
import { setCommonHeaders } from '../platform/answers.ts';
import { Conflict, Unavailable } from '../platform/database.ts';
import type { RateLimits } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import { sendPage } from '../platform/page.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import { integrationEvent } from './auditing.ts';
import { begin, exchangeOf } from './exchange.ts';
import type { KeyStore } from './key-store.ts';
import type { ProviderParts } from './provider.ts';
import { replayOf } from './replay.ts';

export interface ServerParts extends Omit<ProviderParts, 'signedInUser'> {
  readonly keys: KeyStore;
  readonly sessions: Sessions;
  readonly publicUrl: PublicUrl;
  readonly log: Log;
  readonly audit: Audit;
  readonly limits: RateLimits;
}

/** How long a process may go on with the keys it knows. */
const keysFreshMs = 60_000;

interface Built {
  readonly provider: Provider;
  readonly issuer: string;
  /** What the keys are, to tell when they changed. */
  readonly keys: string;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

export class AuthorizationServer {
  readonly #parts: ServerParts;
  #built: Promise<Built> | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** With the keys and under the URL of this moment. */
  async provider(): Promise<Provider> {
    const { now, publicUrl } = this.#parts;
    const before = await this.#built?.catch(() => undefined);
    const isFresh =
      before !== undefined && before.issuer === publicUrl() && now() - before.checkedAt < keysFreshMs;
    if (!isFresh) this.#built = this.#build(before);
    return (await this.#built!).provider;
  }

  async #build(before: Built | undefined): Promise<Built> {
    const [{ loadKeys }, { buildProvider }, { Provider: Class }] = await Promise.all([
      import('./keys.ts'),
      import('./provider.ts'),
      import('oidc-provider'),
    ]);
    const { keys: store, now, publicUrl } = this.#parts;
    const checkedAt = now();
    const jwks = await loadKeys(store, checkedAt);
    const issuer = publicUrl();
    const keys = JSON.stringify(jwks);
    if (before?.keys === keys && before.issuer === issuer) return { ...before, checkedAt };
    const signedInUser = (): string | undefined => exchangeOf(Class.ctx?.req)?.signedIn?.userId;
    const provider = buildProvider({ ...this.#parts, signedInUser }, issuer, jwks);
    watch(provider, this.#parts);
    return { provider, issuer, keys, checkedAt };
  }

  /** Answers a request for `path`, the documented form of what was asked for. */
  async answer(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
    const provider = await this.provider();
    const { user_code: userCode } = request.query as Record<string, unknown>;
    const replay = replayOf(request, path, this.#parts.publicUrl());
    const exchange = begin(replay, {
      request,
      signedIn: await this.#parts.sessions.of(request),
      userCode: typeof userCode === 'string' ? userCode : undefined,
    });
    const response = reply.raw;
    setCommonHeaders(reply, request.id);
    for (const [name, value] of Object.entries(reply.getHeaders())) response.setHeader(name, value!);
    await provider.callback()(replay, response);
    // Whoever tries out secrets of integrations, or tokens: the answer is not ours, so that nobody else counts it.
    if (response.statusCode === 401) this.#parts.limits.addFailure(request.ip, request.arrivedMs);
    if (exchange.page === undefined && exchange.error === undefined) {
      this.#note(request, reply);
      return reply.hijack();
    }
    const cookies = response.getHeader('set-cookie');
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    if (exchange.error !== undefined) throw exchange.error;
    if (cookies !== undefined) reply.header('set-cookie', cookies as string[]);
    return sendPage(reply, exchange.page!, response.statusCode);
  }

  /** The line for an answer that did not go out through us. */
  #note({ id: trackingId }: FastifyRequest, reply: FastifyReply): void {
    this.#parts.log.request?.({
      trackingId,
      operation: 'oauth',
      status: reply.raw.statusCode,
      durationUs: Math.round(reply.elapsedTime * 1000),
      organization: undefined,
    });
  }
}

/** Adds what oidc-provider leaves out, and takes what it cannot answer. */
function watch(provider: Provider, { log, audit, integrations }: ServerParts): void {
  provider.use(async (ctx, next) => {
    const exchange = exchangeOf(ctx.req);
    try {
      await next();
      addRefreshTokenExpiry(ctx as KoaContextWithOIDC);
    } catch (error) {
      if (exchange === undefined) throw error;
      exchange.error = error;
      ctx.respond = false;
    }
  });
  provider.on('grant.revoked', (ctx) => {
    const { Client: client, RefreshToken: token } = ctx.oidc.entities;
    const request = exchangeOf(ctx.req)?.request;
    const note = async (): Promise<void> => {
      const integration = await integrations.find(client?.clientId ?? '');
      if (integration === undefined || request === undefined) return;
      audit.note(integrationEvent('consent-revoked', integration, token?.accountId ?? '', request));
    };
    note().catch((error: unknown) => log.failure(request?.id ?? 'none', error));
  });
  provider.on('server_error', (ctx, error) => {
    const isPassing = error instanceof Unavailable || error instanceof Conflict;
    if (isPassing) {
      ctx.status = 503;
      ctx.set('retry-after', '1');
    }
    ctx.body = {
      error: isPassing ? 'temporarily_unavailable' : 'server_error',
      error_description: isPassing
        ? 'The server cannot answer this right now; please try again shortly.'
        : 'Something went wrong on the server; the tracking id helps its operator to find out what.',
    };
    log.failure(exchangeOf(ctx.req)?.request.id ?? 'none', error);
  });
}

/** As clients of the real service expect it beside `expires_in`, in seconds. */
function addRefreshTokenExpiry(ctx: KoaContextWithOIDC): void {
  const token = ctx.oidc?.entities.RefreshToken;
  const body = ctx.body as Record<string, unknown> | undefined;
  if (ctx.oidc?.route !== 'token' || token === undefined || body?.refresh_token === undefined) return;
  body.refresh_token_expires_in = token.remainingTTL;
}
