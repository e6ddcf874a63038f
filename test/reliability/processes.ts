/** Servers as processes of their own, to be killed or to share a database. */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
}

/** From the start of the process; generous, because the machine runs other tests meanwhile. */
const readyWithinMs = 5_000;
const running = new Set<ChildProcess>();
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server on this database and waits until it listens. */
export async function forkServer(databaseUrl: string): Promise<ServerProcess> {
  const started = performance.now();
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [databaseUrl]);
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [message] = await once(child, 'message');
  assert.ok(performance.now() - started < readyWithinMs, 'the server took too long to come back');
  return { child, url: `http://127.0.0.1:${message.port}` };
}
