/** A request as oidc-provider gets it: for the server's public URL, with its body here already. */
import { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

/**
 * The request anew, for `path` under `publicUrl`: what Host and its relatives say of the server counts for nothing. Its
 * body arrived before, as those of all requests do: one that is sent slowly holds nobody up.
 */
export function replayOf({ raw, body }: FastifyRequest, path: string, publicUrl: string): IncomingMessage {
  const { protocol, host } = new URL(publicUrl);
  const replay = new IncomingMessage(raw.socket);
  replay.method = raw.method!;
  replay.url = path;
  replay.httpVersion = raw.httpVersion;
  replay.headers = {
    ...raw.headers,
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
  };
  replay.complete = true;
  if (Buffer.isBuffer(body) && body.length > 0) replay.push(body);
  replay.push(null);
  return replay;
}
