/** HTTP for an API: bodies, tracking ids, limits and tolerance (contract sections 4 and 5). */
import type { IncomingMessage } from 'node:http';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { ApiError, badHttp, notFound, unsupportedMediaType } from '../errors.ts';
import { type NoteAnswer, setCommonHeaders } from './answers.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cors.ts';
import { parseJson } from './json.ts';
import { isProbe, limitConcurrency, type RateLimits } from './limits.ts';
import type { Log } from './log.ts';
import { refuseOtherMethods } from './methods.ts';
import { refuseConnection, sendError } from './refusals.ts';
import { trackingIdFor } from './tracking-ids.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** When its headers had been read, on {@link HttpOptions.clock}. */
    arrivedMs: number;
  }
}

export interface HttpOptions {
  readonly log: Log;
  /** How long a client may take to send its headers, ms. */
  readonly headersTimeoutMs: number;
  /** How long a client may take to send its whole request, ms. */
  readonly requestTimeoutMs: number;
  /** How long an idle connection is kept, ms. */
  readonly keepAliveTimeoutMs: number;
  /** How many requests may be under way at once. */
  readonly concurrencyLimit: number;
  /** Addresses of proxies whose X-Forwarded-For is believed, with commas between them; empty for none. */
  readonly trustProxy: string;
  /** Milliseconds from any start, that never jump; those of `performance.now()` unless told otherwise. */
  readonly clock?: () => number;
}

/** RFC 7396. */
export const mergePatchMediaType = 'application/merge-patch+json';
const bodyLimit = 64 * 1024;
const headerLimit = 16 * 1024;
const urlLimit = 8 * 1024;

/** A Fastify instance with everything that is the same for every path; routes come later. */
export function createHttp(
  options: HttpOptions,
  limits: RateLimits,
  noteAnswer?: NoteAnswer,
): FastifyInstance {
  const { clock = () => performance.now() } = options;
  const app: FastifyInstance = fastify({
    logger: false,
    bodyLimit,
    requestTimeout: options.requestTimeoutMs,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    return503OnClosing: false,
    trustProxy: options.trustProxy === '' ? false : options.trustProxy,
    genReqId: (request) => trackingIdFor(request.headers.trackingid),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: urlLimit },
    http: {
      maxHeaderSize: headerLimit,
      headersTimeout: options.headersTimeoutMs,
      connectionsCheckingInterval: Math.min(options.headersTimeoutMs, 5_000),
      // Checked below, so that the answer has the form of all others.
      requireHostHeader: false,
    },
    frameworkErrors: (_error, request, reply) => {
      setCommonHeaders(reply, request.id);
      sendError(reply, badHttp(400), options.log);
    },
    clientErrorHandler: (error, socket) => refuseConnection(error, socket),
  });
  // RFC 9110 section 10.1.1 lets a server ignore an expectation it does not know.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', mergePatchMediaType], { parseAs: 'buffer' }, parseBody);
  const describeMethods = refuseOtherMethods(app);
  const refuseMore = limitConcurrency(app, options.concurrencyLimit);
  // One hook for all, because each costs every request.
  app.decorateRequest('arrivedMs', 0);
  app.addHook('onRequest', (request, reply, done) => {
    request.arrivedMs = clock();
    const isFromBrowser = request.headers.origin !== undefined;
    if (isFromBrowser) allowOrigin(reply);
    const refusal = isProbe(request.raw.url!)
      ? undefined
      : (limits.ofAddress(request.ip, request.arrivedMs) ?? refuseMore());
    if (refusal !== undefined) done(refusal);
    else if (!isPlausible(request.raw)) done(badHttp(request.raw.url!.length > urlLimit ? 414 : 400));
    else if (isFromBrowser && isPreflight(request)) answerPreflight(reply);
    // Here, so that what is wrong with a body never hides that nobody would have read it.
    else if (request.is404) done(describeMethods(request) ?? noSuchPath());
    else done();
  });
  // Not onResponse: its listeners on every response would cost more than all of this.
  app.addHook('onSend', (request, reply, payload, done) => {
    setCommonHeaders(reply, request.id);
    noteAnswer?.(request, reply.statusCode);
    done(null, payload);
  });
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ApiError && error.kind === 'unauthorized')
      limits.addFailure(request.ip, request.arrivedMs);
    sendError(reply, error as Error, options.log);
  });
  app.setNotFoundHandler(() => {});
  return app;
}

/** A merge patch is a body of PATCH alone; PATCH takes plain JSON as one, because many clients cannot say more. */
function parseBody(
  request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  try {
    const isPatch = request.headers['content-type']!.toLowerCase().startsWith(mergePatchMediaType);
    if (isPatch && request.method !== 'PATCH') throw unsupportedMediaType();
    done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
  } catch (error) {
    done(error as Error);
  }
}

function noSuchPath(): ApiError {
  return notFound('request.path', 'There is nothing at this path; /openapi.json lists what there is.');
}

/** A version of HTTP/1, one Host header, as HTTP/1.1 demands (RFC 9112 section 3.2), and a URL within the limit. */
function isPlausible(request: IncomingMessage): boolean {
  if (request.url!.length > urlLimit || request.httpVersionMajor !== 1) return false;
  const { rawHeaders } = request;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && request.httpVersion === '1.0');
}
