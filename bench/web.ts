/**
 * `npm run bench:web`: how long somebody who is signed in waits for the settings in a browser, on the built application
 * and the program as it is started. Prints a table of medians. Options:
 *
 * --rounds N       of each measurement
 * --against PATH   takes turns with another checkout, such as the state before a change, built there
 */
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser, startDemo } from '../scripts/demo-server.ts';
import { median } from './comparison.ts';

interface Condition {
  /** How many times slower than this machine the browser's is. */
  readonly cpuSlowdown: number;
  /** As Chromium wants it told; undefined for the network of this machine. */
  readonly network?: { readonly latency: number; readonly bitsPerSecond: number };
}

/** Milliseconds from the start of the navigation. */
interface Times {
  readonly firstPaint: number;
  /** The values of the form were painted. */
  readonly settings: number;
}

const slowNetwork = { latency: 150, bitsPerSecond: 1_600_000 };
const conditions: Readonly<Record<string, Condition>> = {
  'this machine': { cpuSlowdown: 1 },
  'CPU 4 times slower': { cpuSlowdown: 4 },
  '1.6 Mbit/s, 150 ms': { cpuSlowdown: 1, network: slowNetwork },
  'both of them': { cpuSlowdown: 4, network: slowNetwork },
};
/** Chromium keeps what it compiled of a script once it has met it again. */
const visitsUntilWarm = 2;
const path = '/preferences/personal-room';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, against: { type: 'string' } },
});

/** Notes both moments; the frame with the values in it was painted when the next one begins. */
const watch = `globalThis.settingsPainted = new Promise((resolve) => {
  const look = () => {
    const isThere = document.querySelector('main form input')?.value;
    requestAnimationFrame(isThere ? () => resolve(performance.now()) : look);
  };
  look();
});
globalThis.firstPainted = new Promise((resolve) => {
  new PerformanceObserver((paints) => {
    for (const { name, startTime } of paints.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true });
});`;

/** Somebody whose browser has nothing of the application yet. */
async function signedIn(browser: Browser, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`/sign-in?return=${encodeURIComponent('/session')}`);
  await page.getByRole('button', { name: 'John Andersen' }).click();
  await page.waitForURL('/session');
  await page.close();
  await context.addInitScript({ content: watch });
  return context;
}

async function open(context: BrowserContext, { cpuSlowdown, network }: Condition): Promise<Times> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
  if (network !== undefined) {
    const bytesPerSecond = network.bitsPerSecond / 8;
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latency,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
  }
  await page.goto(path);
  const times = {
    settings: await page.evaluate<number>('settingsPainted'),
    firstPaint: await page.evaluate<number>('firstPainted'),
  };
  await page.close();
  return times;
}

/** One visit with nothing in the cache, and one when the browser has compiled everything before, too. */
async function visits(browser: Browser, url: string, condition: Condition): Promise<readonly Times[]> {
  const context = await signedIn(browser, url);
  const cold = await open(context, condition);
  for (let visit = 0; visit < visitsUntilWarm; visit += 1) await open(context, conditions['this machine']!);
  const warm = await open(context, condition);
  await context.close();
  return [cold, warm];
}

const checkouts = [undefined, ...(options.against === undefined ? [] : [options.against])];
const servers = await Promise.all(checkouts.map((checkout) => startDemo(checkout)));
const browser = await launchBrowser();
const found = new Map<string, Times[]>();
try {
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const [name, condition] of Object.entries(conditions)) {
      for (const [index, { url }] of servers.entries()) {
        for (const [visit, times] of (await visits(browser, url, condition)).entries()) {
          const row = `| ${checkouts[index] ?? 'here'} | ${name} | ${['first visit', 'later'][visit]}`;
          found.set(row, [...(found.get(row) ?? []), times]);
        }
      }
    }
  }
} finally {
  await browser.close();
  for (const server of servers) server.stop();
}

console.log('| | | | first paint, ms | settings, ms | from | to |\n|---|---|---|--:|--:|--:|--:|');
for (const [row, times] of [...found].toSorted(([one], [other]) => one.localeCompare(other))) {
  const settings = times.map((each) => each.settings);
  const figures = [
    median(times.map((each) => each.firstPaint)),
    median(settings),
    Math.min(...settings),
    Math.max(...settings),
  ];
  console.log([row, ...figures.map((ms) => ms.toFixed(0)), ''].join(' | '));
}
