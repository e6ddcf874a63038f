/** Requests as bytes on a socket, for what `fetch` would tidy up or refuse to send. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name; the last one wins. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends `lines` as a request that closes its connection, with `body` after it, and reads the answer. */
export async function rawRequest(
  url: string,
  lines: readonly string[],
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const length = Buffer.byteLength(body) > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const head = [...lines, ...length, 'Connection: close', '', ''].join('\r\n');
  const [answer] = await exchange(url, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]));
  if (answer === undefined) throw new Error(`no answer to ${lines[0]}`);
  return answer;
}

/** Sends bytes as they are, and reads all answers until the server closes the connection. */
export function exchange(url: string, bytes: string | Buffer): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url);
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port || 80), hostname);
    socket.setTimeout(20_000, () => socket.destroy(new Error('the server kept the connection open')));
    socket.on('data', (chunk) => chunks.push(chunk as Buffer));
    socket.on('error', reject);
    socket.on('close', () => {
      try {
        resolve(answersIn(Buffer.concat(chunks)));
      } catch (error) {
        reject(error);
      }
    });
    // Not ended: a server may take a half-closed connection for one that is gone.
    socket.write(bytes);
  });
}

function answersIn(received: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = received; rest.length > 0; ) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd === -1) throw new Error(`not an HTTP answer: ${rest.toString('latin1').slice(0, 200)}`);
    const [statusLine = '', ...fields] = rest.subarray(0, headEnd).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      }),
    );
    const bodyEnd = headEnd + 4 + Number(headers['content-length'] ?? 0);
    answers.push({
      status: Number(statusLine.split(' ')[1]),
      headers,
      text: rest.subarray(headEnd + 4, bodyEnd).toString('utf8'),
    });
    rest = rest.subarray(bodyEnd);
  }
  return answers;
}

/** The same answer in the form that {@link assertRefused} takes. */
export function asAnswer({ status, headers, text }: RawAnswer) {
  return { status, headers: new Headers(headers), text, body: text === '' ? undefined : JSON.parse(text) };
}
