/** Programs of their own, told apart from our modules by having no channel to us: they are asked over HTTP alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const readyWithinMs = 30_000;

/**
 * Resolves when `url` is answered at all; the caller ends the process. What it makes in its folder, such as a key, is in
 * `folder`.
 */
export async function startProgram(
  command: readonly string[],
  url: string,
  folder: string,
): Promise<ChildProcess> {
  const [program, ...args] = command;
  const child = spawn(program!, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-300);
  });
  const start = performance.now();
  while (!(await answers(url))) {
    const isLost = child.exitCode !== null || performance.now() - start > readyWithinMs;
    if (!isLost) {
      await wait(50);
      continue;
    }
    await endProgram(child);
    throw new Error(`${command.join(' ')} did not start: ${said.trim()}`);
  }
  return child;
}

/** Asked first: a program may have processes of its own to end. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([gone, wait(5_000, undefined, { ref: false })]);
  child.kill('SIGKILL');
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
