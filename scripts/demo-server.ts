/** The program in a process of its own, with the demo organization: for scripts that look at its pages. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { unpackedChromium } from '../test/helpers/chromium.ts';

export interface DemoServer {
  readonly url: string;
  stop(): void;
}

const here = join(import.meta.dirname, '..');

/** Starts the program of `checkout`, this one unless told otherwise, with a database in memory. */
export async function startDemo(checkout: string = here): Promise<DemoServer> {
  const server = spawn(process.execPath, ['bin/anteroom.js', 'dev', '--memory', '--port', '0'], {
    cwd: checkout,
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (text) => {
      const found = /http:\/\/[\d.]+:\d+/.exec(String(text));
      if (found !== null) resolve(found[0]);
    });
    server.once('exit', () => reject(new Error(`the server of ${checkout} does not start`)));
  });
  return { url, stop: () => void server.kill() };
}

/** The browser that the tests use. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await unpackedChromium();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-gpu'],
  });
}
