/** What every test of the web application does first. */
import type { Page } from 'playwright-core';

/** Signs in as a user of the demo organization, and waits for the page at `path` (which shows its heading). */
export async function signIn(page: Page, displayName: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: displayName }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}
