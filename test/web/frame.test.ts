/** The frame around every page: signing in and out, sites, language, appearance, narrow screens. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const sites = '/preferences/sites';

test('somebody who is not signed in signs in first, and comes back to where they wanted to go', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', `${sites}?siteUrl=site1-example.webex.com`);
    assert.equal(new URL(page.url()).search, '?siteUrl=site1-example.webex.com');
    assert.equal(await page.title(), 'Sites · Anteroom');
    assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0);
    await assertAccessible(page, 'signed in');
  }));

test('signing out ends the session, in every tab', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', sites);
    const other = await page.context().newPage();
    await other.goto(sites);
    await other.getByRole('heading', { name: 'Sites' }).waitFor();
    await page.getByRole('button', { name: 'Menu of John Andersen' }).click();
    await assertAccessible(page, 'open menu');
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [page, other]) await tab.waitForURL('**/sign-in');
    await page.goto(sites);
    await page.waitForURL('**/sign-in?return=*');
  }));

test('the site that is chosen stays chosen from page to page', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', sites);
    await page
      .getByLabel('Site', { exact: true })
      .filter({ visible: true })
      .selectOption('site2-example.webex.com');
    await page.waitForURL('**/sites?siteUrl=site2-example.webex.com');
    await page.getByRole('navigation').getByRole('link', { name: 'Sites' }).click();
    assert.equal(new URL(page.url()).search, '?siteUrl=site2-example.webex.com');
  }));

test('everything is there in German too, and stays so', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', sites);
    await page.getByRole('button', { name: 'Menu of John Andersen' }).click();
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('navigation').getByRole('link', { name: 'Videogeräte' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Zum Standard machen' }).first().waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'de');
    await assertAccessible(page, 'German');
  }));

test("a browser whose first language is German gets German, in the system's dark colours", () =>
  withPage(
    url,
    async (page) => {
      await signIn(page, 'John Andersen', sites);
      assert.equal(await page.getAttribute('html', 'lang'), 'de');
      assert.equal(await page.getAttribute('html', 'data-mantine-color-scheme'), 'dark');
      await assertAccessible(page, 'dark');
    },
    { locale: 'de-AT', colorScheme: 'dark' },
  ));

test('on a phone the navigation opens and closes, and nothing is wider than the screen', () =>
  withPage(
    url,
    async (page) => {
      await signIn(page, 'Alex Admin', sites);
      await page.getByRole('button', { name: 'Open the navigation' }).click();
      await assertAccessible(page, 'open navigation');
      await page.getByRole('link', { name: 'Administration' }).click();
      await page.getByRole('heading', { name: 'People' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'Administration' }).isVisible(), false);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    },
    { viewport: { width: 360, height: 740 } },
  ));

test('an address that leads nowhere says so, and leads back', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', '/preferences/fax');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await assertAccessible(page, 'not found');
  }));
