import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What a person types after `prompt`, which nobody sees. */
export async function hiddenLine(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const keyboard = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Control-C ends the program, as everywhere.
  keyboard.once('SIGINT', () => process.exit(130));
  try {
    return await keyboard.question('');
  } finally {
    keyboard.close();
    process.stderr.write('\n');
  }
}
