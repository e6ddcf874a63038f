/** How the first page comes about: something to look at before any script, and everything asked for once and early. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const path = '/preferences/audio?siteUrl=site1-example.webex.com';

test('the frame is there before any script', () =>
  withPage(
    url,
    async (page) => {
      await page.goto('/preferences/audio');
      const frame = page.locator('.first-frame');
      assert.ok(await frame.getByText('Anteroom').isVisible());
      assert.ok((await frame.locator('.first-card').boundingBox())!.height > 300);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    },
    { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  ));

test('each thing that the first page shows is asked for once, and before the code of the page is there', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen');
    const asked: string[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (/^\/(v1|session)/.test(pathname)) asked.push(pathname + search);
    });
    await page.route('**/assets/index-*.js', (route) => held.then(() => route.continue()));
    const answered = page.waitForResponse(/siteSupport/);
    const navigated = page.goto(path);
    await answered;
    assert.equal(await page.locator('.first-frame').count(), 1);
    release();
    await navigated;
    await page.getByRole('heading', { level: 1, name: 'Audio' }).waitFor();
    assert.ok(await page.getByLabel('Audio PIN').isVisible(), 'the values appear together with the page');
    await page.waitForLoadState('networkidle');
    const site = '?siteUrl=site1-example.webex.com';
    assert.deepEqual(asked.toSorted(), [
      '/session',
      `/v1/meetingPreferences/audio${site}`,
      `/v1/meetingPreferences/siteSupport${site}`,
    ]);
  }));

test('the colours that were chosen are there before the code of the page', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen');
    await page.getByRole('button', { name: 'Menu of John Andersen' }).click();
    await page.getByLabel('Appearance').selectOption('dark');
    await page.route('**/assets/index-*.js', () => {});
    await page.goto(path, { waitUntil: 'commit' });
    await page.locator('.first-frame').waitFor();
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  }));
