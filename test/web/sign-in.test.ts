/** The pages of sign-in in a real browser: no script, nothing that the policy forbids, and for everybody to use. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { giveAccount, testPassword } from '../helpers/accounts.ts';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const development = await startServer();
const production = await startServer({
  acceptDevelopmentTokens: false,
  openidIssuer: 'http://127.0.0.1:1',
  openidClientId: 'anteroom',
  openidLabel: 'Example Login',
});
await giveAccount(production.database!, demoUserId('john.andersen@example.com'));

const looks = {
  'light, wide': {},
  'dark, wide': { colorScheme: 'dark' },
  'light, 360 px': { viewport: { width: 360, height: 640 } },
} as const;

const isSession = ({ pathname }: URL): boolean => pathname === '/session';

async function assertFits(page: Page): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  assert.ok((overflow as number) <= 0, `${overflow} px too wide`);
}

for (const [look, options] of Object.entries(looks)) {
  test(`the pages are accessible and fit, ${look}`, async () => {
    await withPage(
      development.url,
      async (page) => {
        await page.goto('/sign-in');
        await assertAccessible(page, 'demo users');
        await assertFits(page);
      },
      options,
    );
    await withPage(
      production.url,
      async (page) => {
        await page.goto('/sign-in');
        await assertAccessible(page, 'form');
        await assertFits(page);
        await page.getByLabel('E-mail address').fill('john.andersen@example.com');
        await page.getByLabel('Password').fill('wrong');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').waitFor();
        await assertAccessible(page, 'refused');
      },
      { ...options, expected: [/status of 403/] },
    );
  });
}

test('a developer signs in with a click, and out again', async () => {
  await withPage(development.url, async (page) => {
    await page.goto('/sign-in?return=/session');
    await page.getByRole('button', { name: /John Andersen/ }).click();
    await page.waitForURL(isSession);
    assert.match(await page.locator('body').innerText(), /"displayName":"John Andersen"/);
  });
});

test('somebody signs in with the keyboard alone; no script sees the session', async () => {
  await withPage(production.url, async (page) => {
    await page.goto('/sign-in?return=/session');
    await page.locator('#email:focus').waitFor();
    await page.keyboard.type('john.andersen@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type(testPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL(isSession);
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === 'anteroom_session')!;
    assert.deepEqual([session.httpOnly, session.sameSite], [true, 'Lax']);
    assert.equal(await page.evaluate('document.cookie'), '');
  });
});
