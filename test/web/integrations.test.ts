/** Integrations are registered with what their developers need, and deleted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);

async function names(): Promise<string[]> {
  const { body } = await request({ path: '/v1/applications', as: 'admin' });
  return body.items.map(({ name }: { name: string }) => name);
}

test('an integration is registered and deleted', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/integrations');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText(/^name must/).waitFor();
    await page.getByText(/^scopes must/).waitFor();
    await page.locator('input[aria-invalid="true"]:focus').waitFor();
    await assertAccessible(page, 'faults');
    await page.getByLabel('Name', { exact: true }).fill('Room display');
    await page.getByLabel('Redirect URLs').fill('https://display.example.com/back');
    await page.getByLabel('meeting:preferences_read').check();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Room display is registered').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Copy: Client secret' }).count(), 1);
    assert.deepEqual(await names(), ['Room display']);
    await assertAccessible(page, 'registered');
    await page.reload();
    await page.getByRole('button', { name: 'Delete Room display' }).click();
    await assertAccessible(page, 'asking');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('There is no integration yet.').waitFor();
    assert.deepEqual(await names(), []);
  }));
