/** A client with one connection of its own, kept alive: tells which requests one process answered, and which died with it. */
import { Agent, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';

export interface OwnConnection {
  /** As the global one, on this connection; rejects with a TypeError when it breaks, and makes a new one for the next. */
  readonly fetch: (url: string, init?: Init) => Promise<Response>;
  /** The one that was used last. */
  socket(): Socket | undefined;
}

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function openOwnConnection(): OwnConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let last: Socket | undefined;
  const fetch = (url: string, { method = 'GET', headers = {}, body }: Init = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const failed = (error: Error): void => reject(new TypeError('the connection broke', { cause: error }));
      const request = httpRequest(url, { agent, method, headers }, async (response) => {
        try {
          const chunks = await response.toArray();
          const { statusCode: status, headers } = response;
          const told = Object.entries(headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          resolve(
            new Response(status === 204 ? null : Buffer.concat(chunks), { status: status!, headers: told }),
          );
        } catch (error) {
          failed(error as Error);
        }
      });
      request.on('socket', (socket) => {
        last = socket;
      });
      request.on('error', failed);
      request.end(body);
    });
  return { fetch, socket: () => last };
}
