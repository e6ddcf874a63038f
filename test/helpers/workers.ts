/** `anteroom serve --workers N` from outside: its log, its processes, and requests to it. */
import { get as httpGet } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { openConversation } from './conversation.ts';
import { isAlive, type Running } from './process.ts';

type Screen = Pick<Running, 'screen'>;

export const withinMs = 20_000;

/** The lines of the log so far with this message. */
// biome-ignore lint/suspicious/noExplicitAny: what the log says is for the test to judge
export function notes({ screen }: Screen, message: string): any[] {
  const lines = screen().match(new RegExp(`^\\{.*"msg":"${message}"\\}$`, 'gm')) ?? [];
  return lines.map((line) => JSON.parse(line));
}

/** Resolves when `holds` does. */
export async function until(holds: () => boolean, what: () => string, limitMs = withinMs): Promise<void> {
  for (const deadline = Date.now() + limitMs; !holds(); await wait(10)) {
    if (Date.now() > deadline) throw new Error(`never: ${what()}`);
  }
}

/** The workers that run, once there are `count` of them and `started` were started in all. */
export async function workersOf(server: Screen, count: number, started = count): Promise<number[]> {
  const pids = (): number[] => notes(server, 'Worker ready').map(({ pid }) => pid);
  const areThere = (): boolean => pids().length >= started && pids().filter(isAlive).length === count;
  await until(areThere, () => `${count} workers: ${server.screen()}`);
  return pids().filter(isAlive);
}

/** A request on a connection of its own; undefined when it failed. */
export function status(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = httpGet(url, { agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
      response.on('error', () => resolve(undefined));
    });
    request.on('error', () => resolve(undefined));
  });
}

/** A request that is under way until it is finished. */
export async function openRequest(url: string): Promise<{ finish: () => void; ended: Promise<string> }> {
  const conversation = await openConversation(url);
  conversation.write('GET /livez HTTP/1.1\r\nHost: x\r\n');
  await wait(100);
  return { finish: () => conversation.write('\r\n'), ended: conversation.ended };
}
