/** What every test of the web application does first. */
import type { Locator, Page } from 'playwright-core';

/** Signs in as a user of the demo organization, and waits for the page at `path` (which shows its heading). */
export async function signIn(page: Page, displayName: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: displayName }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Saves the form of the page and waits until the server has it. */
export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  await page.getByText('Saved.', { exact: true }).waitFor();
}

/** What a screen reader says of a field beside its label: its hint and its fault. Waits for there being any. */
export async function describedBy(page: Page, field: Locator): Promise<string> {
  await field.and(page.locator('[aria-describedby]')).waitFor();
  const ids = (await field.getAttribute('aria-describedby'))!.split(' ').filter((id) => id !== '');
  const texts = ids.map((id) => page.locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(' ');
}
