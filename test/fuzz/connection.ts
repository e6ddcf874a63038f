/** One connection that is kept and made anew when the server closes it: bytes in, one answer out. */
import { connect, type Socket } from 'node:net';

export interface FuzzAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Nothing may take this long: what does is stuck. */
const answerWithinMs = 20_000;

export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** The first answer that is not 1xx; undefined when the server closed the connection without one. */
  exchange(bytes: Buffer, isHead: boolean): Promise<FuzzAnswer | undefined> {
    const socket = this.#socket ?? connect(this.#port, '127.0.0.1').setNoDelay(true);
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      let received: Buffer = Buffer.alloc(0);
      const finish = (answer: FuzzAnswer | undefined): void => {
        clearTimeout(timer);
        socket.removeAllListeners('data').removeAllListeners('close');
        if (answer === undefined || /close/i.test(answer.headers.connection ?? '')) this.close();
        resolve(answer);
      };
      const timer = setTimeout(() => {
        this.close();
        reject(new Error('no answer, and the connection is kept open'));
      }, answerWithinMs);
      socket.removeAllListeners('error').on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const answer = answerIn(received, isHead);
        if (answer !== undefined) finish(answer);
      });
      socket.on('close', () => finish(undefined));
      socket.write(bytes);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}

function answerIn(received: Buffer, isHead: boolean): FuzzAnswer | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...fields] = received.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  if (status < 200) return answerIn(received.subarray(headEnd + 4), isHead);
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  const hasBody = !isHead && status !== 204 && status !== 304;
  const end = headEnd + 4 + (hasBody ? Number(headers['content-length'] ?? 0) : 0);
  return received.length < end ? undefined : { status, headers, body: received.subarray(headEnd + 4, end) };
}
