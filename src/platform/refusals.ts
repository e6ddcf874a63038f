/** Answers that are not 2xx: whatever was thrown, in the one form that clients know (contract section 4). */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply } from 'fastify';
import {
  ApiError,
  badHttp,
  bodyTooLarge,
  fault,
  internal,
  invalidRequest,
  requestTimeout,
  unavailable,
  unsupportedMediaType,
} from '../errors.ts';
import { jsonMediaType } from './answers.ts';
import { Conflict, Unavailable } from './database.ts';
import type { Log } from './log.ts';
import { trackingIdFor } from './tracking-ids.ts';

/** Turns whatever was thrown into an answer, and tells the log what the answer must not. */
export function sendError(reply: FastifyReply, thrown: Error, log: Log): void {
  const error = asApiError(thrown);
  // Refusing many requests at once must cost less than serving them.
  if (error.status >= 500 && error.kind !== 'overloaded')
    log.failure(reply.request.id, error.cause ?? thrown);
  reply.code(error.status).headers(error.headers).type(jsonMediaType).send(bodyOf(error, reply.request.id));
}

/** The body of every answer that is not 2xx (contract section 4). */
export function bodyOf({ message, faults }: ApiError, trackingId: string): string {
  const errors = faults.map(({ description, rule }) =>
    rule === undefined ? { description } : { description, rule },
  );
  return JSON.stringify({ message, errors, trackingId });
}

/** Whatever was thrown as what a client is told of it. */
export function asApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof Unavailable || error instanceof Conflict) return unavailable(1, error);
  const { code, statusCode } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge();
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unsupportedMediaType();
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return invalidRequest(fault('request.http'));
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return badHttp(400);
  return internal(error);
}

/** Answers what never became a request: broken HTTP, headers too large, a client too slow. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  // What is behind the last request of a connection is nobody's; the connection ends with the answer to that request.
  if (error.code === 'HPE_CLOSED_CONNECTION') return;
  const refusal = refusalFor(error.code);
  const trackingId = trackingIdFor(undefined);
  const body = bodyOf(refusal, trackingId);
  const head = [
    `HTTP/1.1 ${refusal.status} Refused`,
    `content-type: ${jsonMediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `trackingid: ${trackingId}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalFor(code: string | undefined): ApiError {
  if (code === 'HPE_HEADER_OVERFLOW') return badHttp(431);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout();
  return badHttp(400);
}
