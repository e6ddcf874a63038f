/** The load generator: raw sockets, one request in flight on each, as little work of its own as possible. */
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Load {
  readonly port: number;
  readonly path: string;
  /** Every how many requests one is a PUT: 0 for none, 1 for all. */
  readonly putEvery: number;
  /** Taken in turn. */
  readonly tokens: readonly string[];
  readonly connections: number;
  readonly warmUpMs: number;
  /** Whether the warm-up lasts until each of the tokens was used, so that caches have what they can hold. */
  readonly warmsAll: boolean;
  readonly measureMs: number;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly requests: number;
  /** Answers other than 200. */
  readonly failures: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Share of a core the generator itself used: near 1 it measures itself. */
  readonly ownCpu: number;
}

const choicesOfMinutes = [0, 5, 10, 15];

function requestFor(method: 'GET' | 'PUT', path: string, token: string, body: string): Buffer {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: Bearer ${token}`];
  if (body !== '') head.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Bodies differ from one PUT to the next, so that each is a change. */
function bodyFor(index: number): string {
  return JSON.stringify({
    enabledJoinBeforeHost: true,
    joinBeforeHostMinutes: choicesOfMinutes[index % choicesOfMinutes.length],
    enabledAutoShareRecording: false,
    enabledWebexAssistantByDefault: false,
    delegateEmails: ['marcus.hoffmann@example.com', 'brenda.song@example.com'],
  });
}

/** The requests of a load in the order they are sent, prepared in full. */
function requestsOf({ path, putEvery, tokens }: Load): Buffer[] {
  const count = tokens.length * choicesOfMinutes.length * 10;
  return Array.from({ length: Math.min(count, 40_000) }, (_, index) => {
    const token = tokens[index % tokens.length]!;
    const isPut = putEvery > 0 && index % putEvery === 0;
    return isPut ? requestFor('PUT', path, token, bodyFor(index)) : requestFor('GET', path, token, '');
  });
}

class Generator {
  readonly #requests: readonly Buffer[];
  readonly #sockets: Socket[];
  #next = 0;
  #sent = 0;
  #isMeasuring = false;
  #failures = 0;
  #latenciesUs: number[] = [];
  #stopped = false;

  constructor(load: Load) {
    this.#requests = requestsOf(load);
    this.#sockets = Array.from({ length: load.connections }, () => this.#open(load.port));
  }

  #open(port: number): Socket {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    let sentAt = 0;
    let missing = 0;
    let partial = '';
    const send = (): void => {
      if (this.#stopped) return;
      sentAt = performance.now();
      socket.write(this.#requests[this.#next]!);
      this.#next = (this.#next + 1) % this.#requests.length;
      this.#sent += 1;
    };
    socket.on('connect', send);
    socket.on('error', () => {
      this.#failures += 1;
    });
    socket.on('data', (chunk: Buffer) => {
      if (missing > 0) missing -= chunk.length;
      else {
        const start = partial + chunk.toString('latin1', 0, 1024);
        const headEnd = start.indexOf('\r\n\r\n');
        if (headEnd < 0) {
          partial = start;
          return;
        }
        const bodyLength = Number(/content-length: (\d+)/i.exec(start)?.[1]);
        missing = headEnd + 4 + bodyLength - partial.length - chunk.length;
        partial = '';
        if (start.slice(9, 12) !== '200') this.#failures += 1;
      }
      if (missing > 0) return;
      if (this.#isMeasuring) this.#latenciesUs.push((performance.now() - sentAt) * 1000);
      send();
    });
    return socket;
  }

  async warmUp({ warmUpMs, warmsAll, tokens }: Load): Promise<void> {
    await wait(warmUpMs);
    while (warmsAll && this.#failures === 0 && this.#sent < tokens.length) await wait(10);
  }

  async measure(durationMs: number): Promise<LoadResult> {
    const before = process.cpuUsage();
    const start = performance.now();
    this.#isMeasuring = true;
    await wait(durationMs);
    this.#isMeasuring = false;
    const elapsedMs = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const sorted = Float64Array.from(this.#latenciesUs).sort();
    return {
      requestsPerSecond: (sorted.length / elapsedMs) * 1000,
      requests: sorted.length,
      failures: this.#failures,
      p50Us: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99Us: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      ownCpu: (user + system) / 1000 / elapsedMs,
    };
  }

  stop(): void {
    this.#stopped = true;
    for (const socket of this.#sockets) socket.destroy();
  }
}

let result: Promise<LoadResult> | undefined;

/** A load is begun with one message, answered when it is warm; the next message is answered with its result. */
process.on('message', async (message: Load | 'result') => {
  if (message === 'result') {
    process.send!(await result);
    return;
  }
  const generator = new Generator(message);
  await generator.warmUp(message);
  result = generator.measure(message.measureMs).finally(() => generator.stop());
  process.send!('begun');
});
process.on('disconnect', () => process.exit());
process.send!({ port: 0 });
