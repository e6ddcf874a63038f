/** What all answers have in common, and the way of nearly all of them. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const jsonMediaType = 'application/json;charset=UTF-8';

/** Told of each request that is answered, with the status. */
export type NoteAnswer = (request: FastifyRequest, status: number) => void;

/** The headers of every answer; how long it may be kept can be told before. */
export function setCommonHeaders(reply: FastifyReply, trackingId: string): void {
  reply.header('trackingid', trackingId);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  reply.header('x-content-type-options', 'nosniff');
}

/**
 * Answers 200 with JSON text, with all headers of {@link setCommonHeaders} at once: nineteen of twenty answers are such,
 * and handing each header to the framework by itself would cost a twentieth of a read (docs/decisions/0024-hot-paths.md).
 */
export function sendJson(
  reply: FastifyReply,
  text: string,
  etag: string | undefined,
  noteAnswer: NoteAnswer | undefined,
): FastifyReply | string {
  const { request, raw } = reply;
  if (request.method === 'HEAD' || request.headers.origin !== undefined) {
    if (etag !== undefined) reply.header('etag', etag);
    reply.header('content-type', jsonMediaType);
    return text;
  }
  noteAnswer?.(request, 200);
  reply.hijack();
  const length = Buffer.byteLength(text);
  const headers: OutgoingHttpHeaders = {
    'content-type': jsonMediaType,
    'content-length': length,
    trackingid: request.id,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  if (etag !== undefined) headers.etag = etag;
  raw.writeHead(200, headers);
  // Nothing but ASCII, as nearly always: it goes out as it is.
  raw.end(text, length === text.length ? 'latin1' : 'utf8');
  return reply;
}
