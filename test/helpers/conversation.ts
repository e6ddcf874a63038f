import { once } from 'node:events';
import { connect } from 'node:net';

/** A connection that is written to piece by piece. */
export interface Conversation {
  write(text: string): void;
  /** Resolves when anything was answered. */
  readonly answered: Promise<void>;
  /** All that was answered, once the server closed the connection. */
  readonly ended: Promise<string>;
}

export async function openConversation(url: string): Promise<Conversation> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  const ended = new Promise<string>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
  const answered = new Promise<void>((resolve) => socket.once('data', () => resolve()));
  return { write: (text) => socket.write(text), answered, ended };
}
