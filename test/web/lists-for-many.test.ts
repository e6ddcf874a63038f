/** Lists of addresses changed for many people: previewed, judged by the rules, and told for each person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);
const people = ['brenda.song@example.com', 'marcus.hoffmann@example.com'];
const path = '/v1/meetingPreferences/schedulingOptions?siteUrl=site4-example.webex.com';

async function delegatesOf(as: string): Promise<readonly string[]> {
  return (await request({ path, as })).body.delegateEmails;
}

const labels = {
  'Add people': 'Whom to add',
  'Remove people': 'Whom to remove',
  'Replace the whole list': 'The new list',
};

async function order(page: Page, how: keyof typeof labels, listed: string): Promise<void> {
  await page.getByLabel('Addresses').fill(people.join('\n'));
  await page.getByLabel('Setting', { exact: true }).selectOption({ label: 'Delegates' });
  await page.getByLabel(how).check();
  await page.getByLabel(labels[how]).fill(listed);
}

test('delegates are added where the rules allow it, and each row says what becomes of it', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/change');
    await order(page, 'Add people', 'Brenda <brenda.song@example.com>, no address');
    await page.getByText('Not an e-mail address: no, address').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Preview' }).isDisabled());
    await assertAccessible(page, 'fault');
    await order(page, 'Add people', 'Brenda <brenda.song@example.com>; admin@example.com');
    await page.getByText('2 addresses. Paste').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByText('Nobody can be their own delegate.').waitFor();
    await results.getByText('+ brenda.song@example.com, + admin@example.com').waitFor();
    await assertAccessible(page, 'preview');
    assert.deepEqual(await delegatesOf('marcus'), []);
    await page.getByRole('button', { name: 'Change it for 1 person' }).click();
    await page.getByText('2 of 2, 1 failed').waitFor();
    assert.deepEqual(await delegatesOf('marcus'), ['brenda.song@example.com', 'admin@example.com']);
    assert.deepEqual(await delegatesOf('brenda'), []);
    await page.getByRole('button', { name: 'Start anew' }).click();
  }));

test('who changed in the meantime is not overwritten, and is changed at another try', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/change');
    await order(page, 'Remove people', 'admin@example.com');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('− admin@example.com').waitFor();
    const delegateEmails = ['admin@example.com', 'john.andersen@example.com'];
    assert.equal(
      (await request({ path, as: 'marcus', method: 'PATCH', body: { delegateEmails } })).status,
      200,
    );
    await page.getByRole('button', { name: 'Change it for 1 person' }).click();
    await page.getByText('2 of 2, 1 failed').waitFor();
    assert.deepEqual(await delegatesOf('marcus'), delegateEmails);
    // It survives a reload of the page.
    await page.reload();
    await page.getByRole('button', { name: 'Try the failed ones again' }).click();
    await page.getByText('2 of 2, 0 failed').waitFor();
    assert.deepEqual(await delegatesOf('marcus'), ['john.andersen@example.com']);
    await page.getByRole('button', { name: 'Start anew' }).click();
  }));

test('a list is replaced by nobody only in plain words', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/change');
    await order(page, 'Replace the whole list', '');
    await page.getByText('everybody’s list becomes empty').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Replace the whole list: nobody').waitFor();
    await page.getByText('− john.andersen@example.com').waitFor();
    await page.getByRole('button', { name: 'Change it for 1 person' }).click();
    await page.getByText('2 of 2, 0 failed').waitFor();
    assert.deepEqual(await delegatesOf('marcus'), []);
  }));
