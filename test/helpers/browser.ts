/**
 * A real browser for tests. A page that writes an error to its console, throws, breaks its Content-Security-Policy or asks
 * another origin for anything fails the test.
 */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { unpackedChromium } from './chromium.ts';

export interface PageOptions extends BrowserContextOptions {
  /** What the page may complain of in this test. */
  readonly expected?: readonly RegExp[];
}

const wide = { width: 1280, height: 800 };
/** Far longer than anything takes, but on a machine that is busy with something else. */
const timeoutMs = 30_000;

let browser: Promise<Browser> | undefined;
after(async () => {
  await (await browser)?.close();
});

async function launch(): Promise<Browser> {
  const { executablePath, env } = await unpackedChromium();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    // Root cannot have a sandbox; and no name is looked up, so that nothing leaves the machine.
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/**
 * Gives `use` a page of a browser profile of its own, whose paths are below `baseUrl`; rejects when the page had anything
 * to complain of, or asked another origin for something.
 */
export async function withPage(
  baseUrl: string,
  use: (page: Page) => Promise<void>,
  { expected = [], ...options }: PageOptions = {},
): Promise<void> {
  browser ??= launch();
  const context = await (await browser).newContext({ baseURL: baseUrl, viewport: wide, ...options });
  context.setDefaultTimeout(timeoutMs);
  const complaints: string[] = [];
  context.on('page', (page) => listen(page, new URL(baseUrl).origin, complaints));
  await context.addInitScript({ content: reportViolations });
  const failure = await context
    .newPage()
    .then(use)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  await context.close();
  const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
  // Before what `use` failed with: it is what brought that about more often than not.
  if (unexpected.length > 0)
    throw new Error(`the page complains:\n${unexpected.join('\n')}`, { cause: failure });
  if (failure !== undefined) throw failure;
}

const reportViolations = `document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
  console.error('policy violation', effectiveDirective, blockedURI, sample));`;

/** Paths whose refusals are answers to the page's questions, and no fault of the page. */
const ofTheApi = /^\/(v1|scim|session)\b/;

function listen(page: Page, origin: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    const isRefusal = /^Failed to load resource: the server responded/.test(message.text());
    if (message.type() !== 'error' || (isRefusal && ofTheApi.test(new URL(url).pathname))) return;
    complaints.push(`console: ${message.text()} at ${url}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin) complaints.push(`asks ${url}`);
  });
  page.on('websocket', (socket) => complaints.push(`opens ${socket.url()}`));
}

/** Every rule of axe, but for those that are experiments: WCAG 2.2 A and AA, and what is good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with everything that axe finds in the page as it is now; `state` names it. */
export async function assertAccessible(page: Page, state: string): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  // Colours on their way are neither the one nor the other.
  await page.evaluate(
    'Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))',
  );
  const options = JSON.stringify({ runOnly: tags, resultTypes: ['violations'] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
  assert.deepEqual(found, [], `${state}: ${new URL(page.url()).pathname}`);
}
