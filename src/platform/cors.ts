import type { FastifyReply, FastifyRequest } from 'fastify';

const allowedHeaders =
  'authorization, content-type, trackingid, spark-user-agent, cisco-no-http-redirect, if-match, if-none-match, idempotency-key';
const allowedMethods = 'GET, HEAD, PUT, PATCH, POST, DELETE';
const exposedHeaders = 'trackingid, retry-after, etag, link';
const preflightAgeSeconds = '600';

/**
 * Lets browsers call from every origin (contract section 5.7). Safe because the API knows its callers by bearer token:
 * a cookie counts only beside a header that is not among those allowed here, and never under this wildcard. Only answers to browsers carry the headers, so that other clients do not pay for them.
 */
export function allowOrigin(reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*');
  reply.header('access-control-expose-headers', exposedHeaders);
}

/** Whether a browser asks if it may send a request, rather than sending one. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

export function answerPreflight(reply: FastifyReply): void {
  reply.header('access-control-allow-methods', allowedMethods);
  reply.header('access-control-allow-headers', allowedHeaders);
  reply.header('access-control-max-age', preflightAgeSeconds);
  reply.code(204).send();
}
