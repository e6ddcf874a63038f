/** A way to a server that can be cut, or that swallows what goes through it. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What happens to bytes: they pass, or nobody ever hears of them again. */
export type Way = 'pass' | 'swallow';

export interface Proxy {
  readonly port: number;
  /** What happens to bytes from now on, in both directions and in new connections, too. */
  set(way: Way): void;
  /** Lets so many more bytes of the server's answers through, then swallows or cuts that connection. */
  breakAfter(bytes: number, how: 'swallow' | 'cut'): void;
  /** Breaks all connections there are. */
  cut(): void;
  close(): void;
}

interface Trap {
  bytes: number;
  readonly how: 'swallow' | 'cut';
}

export async function startProxy(port: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let way: Way = 'pass';
  let trap: Trap | undefined;
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1');
    let isSwallowed = false;
    const cut = (): void => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (data) => {
      if (way === 'pass' && !isSwallowed) target.write(data);
    });
    target.on('data', (data: Buffer) => {
      if (way === 'swallow' || isSwallowed) return;
      if (trap === undefined || trap.bytes >= data.length) {
        if (trap !== undefined) trap.bytes -= data.length;
        client.write(data);
        return;
      }
      const { bytes, how } = trap;
      trap = undefined;
      client.write(data.subarray(0, bytes));
      isSwallowed = true;
      if (how === 'cut') cut();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    set: (next) => {
      way = next;
    },
    breakAfter: (bytes, how) => {
      trap = { bytes, how };
    },
    cut: cutAll,
    close: () => {
      server.close();
      cutAll();
    },
  };
}
