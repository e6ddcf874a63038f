/** `npm run screenshots`: every page of the web application, in light, dark and on a phone, into docs/images/web/. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { unpackedChromium } from '../test/helpers/chromium.ts';

interface Shot {
  /** Of the file. */
  readonly name: string;
  readonly path: string;
  /** Whom to sign in as; nobody when undefined. */
  readonly as?: string;
  /** What to do before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const john = 'John Andersen';

/** Every page there is; a new one is one more line here. */
const shots: readonly Shot[] = [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'personal-room', path: '/preferences/personal-room', as: john },
  { name: 'pin', path: '/preferences/personal-room', as: john, prepare: typePin },
  { name: 'audio', path: '/preferences/audio', as: john },
  { name: 'video', path: '/preferences/video', as: john },
  { name: 'scheduling', path: '/preferences/scheduling', as: john },
  { name: 'sites', path: '/preferences/sites', as: john },
  { name: 'history', path: '/preferences/history', as: john },
];

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
};

const folder = join(import.meta.dirname, '..', 'docs', 'images', 'web');

async function typePin(page: Page): Promise<void> {
  await page.getByLabel('Host PIN').fill('1234');
  await page.getByRole('button', { name: 'Show the PIN' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
}

/** Something for the history to show. */
async function makeHistory(url: string): Promise<void> {
  const changes = [
    ['admin', 'audio', { enabledTollFree: true }],
    ['john', 'schedulingOptions', { joinBeforeHostMinutes: 5, enabledJoinBeforeHost: true }],
    ['john', 'personalMeetingRoom', { topic: "John's room", hostPin: '7302' }],
  ] as const;
  for (const [who, section, body] of changes) {
    const path = `/v1/meetingPreferences/${section}?userEmail=john.andersen@example.com`;
    const headers = { authorization: `Bearer anteroom-dev-${who}`, 'content-type': 'application/json' };
    const { ok } = await fetch(url + path, { method: 'PATCH', headers, body: JSON.stringify(body) });
    if (!ok) throw new Error(`${section} was not changed`);
  }
}

async function take(browser: Browser, baseURL: string, look: string): Promise<void> {
  const people = Map.groupBy(shots, (shot) => shot.as);
  for (const [person, theirs] of people) {
    const context = await browser.newContext({ ...looks[look]!, baseURL, locale: 'en-GB' });
    const page = await context.newPage();
    if (person !== undefined) {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: person }).first().click();
    }
    for (const { name, path, prepare } of theirs) {
      page.removeAllListeners('dialog').on('dialog', (dialog) => void dialog.accept());
      await page.goto(path, { waitUntil: 'networkidle' });
      await prepare?.(page);
      await page.evaluate('scrollTo(0, 0)');
      await page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: 'disabled' });
    }
    await context.close();
  }
}

const server = spawn(process.execPath, ['bin/anteroom.js', 'dev', '--memory', '--port', '0'], {
  cwd: join(import.meta.dirname, '..'),
});
const url = await new Promise<string>((resolve, reject) => {
  server.stdout.on('data', (text) => {
    const found = /http:\/\/[\d.]+:\d+/.exec(String(text));
    if (found !== null) resolve(found[0]);
  });
  server.once('exit', () => reject(new Error('the server does not start')));
});
mkdirSync(folder, { recursive: true });
await makeHistory(url);
const { executablePath, env } = await unpackedChromium();
const browser = await chromium.launch({
  executablePath,
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const look of Object.keys(looks)) await take(browser, url, look);
await browser.close();
server.removeAllListeners('exit').kill();
