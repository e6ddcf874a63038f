/** `npm run screenshots`: every page of the web application, in light, dark and on a phone, into docs/images/web/. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, startDemo } from './demo-server.ts';

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
const alex = 'Alex Admin';
const onBehalf = 'userEmail=john.andersen@example.com&siteUrl=site4-example.webex.com';

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
  { name: 'on-behalf', path: `/preferences/personal-room?${onBehalf}`, as: alex },
  { name: 'people', path: '/admin/users', as: alex },
  { name: 'compare', path: `/admin/compare?${onBehalf}`, as: alex },
  { name: 'change-for-many', path: '/admin/change', as: alex, prepare: previewChange },
  { name: 'delegates-for-many', path: '/admin/change', as: alex, prepare: orderDelegates },
  { name: 'room-ids', path: '/admin/room-ids', as: alex, prepare: fillRoomIds },
  { name: 'site', path: '/admin/site', as: alex },
  { name: 'integrations', path: '/admin/integrations', as: alex },
  { name: 'tokens', path: '/admin/tokens', as: alex, prepare: openScopes },
  { name: 'new-token', path: '/admin/tokens', as: alex, prepare: fillToken },
  { name: 'made-token', path: '/admin/tokens', as: alex, prepare: makeToken },
  { name: 'audit', path: '/admin/audit', as: alex },
  { name: 'reference', path: '/docs', as: alex },
  { name: 'try-it', path: '/docs', as: alex, prepare: tryOperation },
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

async function previewChange(page: Page): Promise<void> {
  // What was kept of another look.
  const anew = page.getByRole('button', { name: 'Start anew' });
  if (await anew.isVisible()) await anew.click();
  const people = ['john.andersen', 'brenda.song', 'marcus.hoffmann', 'nobody'];
  await page.getByLabel('Addresses').fill(people.map((name) => `${name}@example.com`).join('\n'));
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText('4 of 4').waitFor();
}

async function orderDelegates(page: Page): Promise<void> {
  const anew = page.getByRole('button', { name: 'Start anew' });
  if (await anew.isVisible()) await anew.click();
  await page.getByLabel('For everybody on').check();
  await page.getByLabel('Setting', { exact: true }).selectOption({ label: 'Delegates' });
  await page.getByLabel('Whom to add').fill('Brenda Song <brenda.song@example.com>; admin@example.com');
}

async function fillRoomIds(page: Page): Promise<void> {
  await page
    .getByLabel('Addresses and ids')
    .fill(
      'john.andersen@example.com, john\nbrenda.song@example.com, brenda song\nmarcus.hoffmann@example.com, JOHN',
    );
  await page.getByText('3 rows.').waitFor();
}

async function openScopes(page: Page): Promise<void> {
  await page.getByText('What it may do').first().click();
}

async function fillToken(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Wall display');
  await page.getByLabel('Whose it is').fill('brenda.song@example.com');
  await page.getByLabel('See their own preferences').check();
}

async function makeToken(page: Page): Promise<void> {
  await fillToken(page);
  await page.getByRole('button', { name: 'Create the token' }).click();
  await page.getByText('copy it now').waitFor();
  // The same in every run, and nobody's.
  await page.evaluate(`document.querySelector('.token-value').textContent = 'x'.repeat(43)`);
}

async function tryOperation(page: Page): Promise<void> {
  const operation = '(get /v1/meetingPreferences)';
  await page
    .getByRole('button', { name: /^Try it/ })
    .filter({ hasText: operation })
    .first()
    .click();
  const form = page.getByRole('dialog');
  await form
    .getByRole('button', { name: /^Send get request/ })
    .filter({ visible: true })
    .first()
    .click();
  await form.getByText('200 OK').waitFor();
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

const server = await startDemo();
mkdirSync(folder, { recursive: true });
await makeHistory(server.url);
const browser = await launchBrowser();
try {
  for (const look of Object.keys(looks)) await take(browser, server.url, look);
} finally {
  await browser.close();
  server.stop();
}
