/** What a request means to us, for what oidc-provider calls back in the course of it. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Page } from '../platform/page.ts';
import type { SignedIn } from '../sign-in/sessions.ts';

export interface Exchange {
  readonly request: FastifyRequest;
  readonly signedIn: SignedIn | undefined;
  /** The code that a link to the page of devices brought along. */
  readonly userCode: string | undefined;
  /** What to answer with in the place of what oidc-provider would. */
  page?: Page;
  /** What went wrong beyond what oidc-provider answers. */
  error?: unknown;
}

const exchanges = new WeakMap<IncomingMessage, Exchange>();

/** Ties an exchange to the request that oidc-provider knows of. */
export function begin(request: IncomingMessage, exchange: Exchange): Exchange {
  exchanges.set(request, exchange);
  return exchange;
}

/** The exchange of a request under way; undefined outside of one. */
export function exchangeOf(request: IncomingMessage | undefined): Exchange | undefined {
  return request === undefined ? undefined : exchanges.get(request);
}
