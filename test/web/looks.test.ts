/** Every page in dark colours, on a phone and on a wide screen: accessible, and never wider than the screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, type PageOptions, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const pages = ['personal-room', 'audio', 'video', 'scheduling', 'sites', 'history'];

const looks: Readonly<Record<string, PageOptions>> = {
  'a phone': { viewport: { width: 360, height: 740 }, hasTouch: true },
  'a wide screen in dark colours': { viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
  'a phone in dark colours and German': {
    viewport: { width: 360, height: 740 },
    colorScheme: 'dark',
    locale: 'de-DE',
  },
};

for (const [look, options] of Object.entries(looks)) {
  test(`every page on ${look}`, () =>
    withPage(
      url,
      async (page) => {
        await signIn(page, 'John Andersen');
        for (const name of pages) {
          await page.goto(`/preferences/${name}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
          await assertAccessible(page, look);
          assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name);
        }
      },
      options,
    ));
}
