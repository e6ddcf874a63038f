/** Access tokens are made, used, found and revoked in the console. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { allScopes } from '../../src/identity/scopes.ts';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { createToken, john, listTokens, withToken } from '../helpers/tokens.ts';
import { describedBy, signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);
const scheduling = '/v1/meetingPreferences/schedulingOptions';

async function openForm(page: Page): Promise<void> {
  await signIn(page, 'Alex Admin', '/admin/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
}

/** What the API says to the token that the page shows. */
async function useShown(page: Page): Promise<[string, () => Promise<Answer>]> {
  const token = (await page.locator('.token-value').textContent())!;
  return [token, () => withToken(request, token, { path: scheduling })];
}

test('a token is made, shown once, used, revoked, and refused', () =>
  withPage(
    url,
    async (page) => {
      await openForm(page);
      await page.getByLabel('Name', { exact: true }).fill('Wall display');
      await page.getByLabel('Whose it is').fill('marcus.hoffmann@example.com');
      await page.getByLabel('See their own preferences').check();
      await page.getByLabel('Works for').selectOption({ label: '30 days' });
      await assertAccessible(page, 'form');
      await page.getByRole('button', { name: 'Create the token' }).click();
      const shown = page.getByRole('region', { name: '“Wall display” for Marcus Hoffmann is made' });
      await shown.and(page.locator(':focus')).waitFor();
      await assertAccessible(page, 'made');
      const [token, use] = await useShown(page);
      await page.getByRole('button', { name: 'Copy: Token' }).click();
      await page.getByText('Copied.').waitFor();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), token);
      const answer = await use();
      assert.deepEqual(
        [answer.status, answer.body],
        [200, (await request({ path: scheduling, as: 'marcus' })).body],
      );
      await page.getByRole('button', { name: 'I have it' }).click();
      await page.getByRole('button', { name: 'New token' }).and(page.locator(':focus')).waitFor();
      assert.ok(!(await page.content()).includes(token));
      await page.getByLabel('Find by').fill('wall disp');
      await page.getByText('1 token.', { exact: true }).waitFor();
      await page.getByText('What it may do (1)').click();
      await page.getByText('meeting:preferences_read').waitFor();
      await assertAccessible(page, 'found');
      await page.getByRole('button', { name: 'Revoke Wall display of Marcus Hoffmann' }).click();
      await page.getByRole('dialog', { name: 'Revoke “Wall display”?' }).waitFor();
      await assertAccessible(page, 'asking');
      assert.equal((await use()).status, 200);
      await page.getByRole('button', { name: 'Revoke for good' }).click();
      await page.getByText('Wall display was revoked.').waitFor();
      assertRefused(await use(), 401, 'token.valid');
      await page.getByText('No token fits.').waitFor();
      await assertAccessible(page, 'none');
      await page.getByLabel('Show also those that no longer work').click();
      await page.getByText('Revoked', { exact: true }).waitFor();
      await assertAccessible(page, 'revoked');
    },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  ));

test('faults are at their fields before anything is sent, and what only the server knows after', () =>
  withPage(url, async (page) => {
    await openForm(page);
    await page.getByLabel('Whose it is').fill('nobody');
    await page.getByLabel('Works for').selectOption({ label: 'as long as I say' });
    await page.getByRole('button', { name: 'Create the token' }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.and(page.locator(':focus')).waitFor();
    assert.match(await describedBy(page, name), /Give the token a name/);
    assert.match(await describedBy(page, page.getByLabel('Whose it is')), /Nobody in your organization/);
    assert.match(await describedBy(page, page.getByLabel('Until the end of')), /within the next 366/);
    await page.getByText('Choose at least one.').waitFor();
    await assertAccessible(page, 'faults');
    await name.fill('Room display');
    await page.getByLabel('See their own preferences').check();
    const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Until the end of').fill(inTwoDays);
    for (const [email, fault] of [
      ['nobody@example.com', /Nobody in your organization/],
      ['admin@other.example', /Nobody in your organization/],
    ] as const) {
      await page.getByLabel('Whose it is').fill(email);
      await page.getByRole('button', { name: 'Create the token' }).click();
      await page.getByText(fault).waitFor();
    }
    await page.getByLabel('Whose it is').fill(john);
    await page.getByRole('button', { name: 'Create the token' }).click();
    await page.getByText('“Room display” for John Andersen is made').waitFor();
    const [made] = (await listTokens(request, { search: 'Room display' })).body.items;
    assert.equal(Math.ceil((Date.parse(made.expires) - Date.parse(made.created)) / 86_400_000), 3);
  }));

test('every scope has words; for somebody else only those of hosts can be chosen', () =>
  withPage(url, async (page) => {
    await openForm(page);
    const scopes = page.getByRole('checkbox');
    assert.equal(await scopes.count(), allScopes.length);
    assert.equal(await page.getByRole('checkbox', { disabled: true }).count(), 0);
    for (const scope of allScopes) await page.locator('form').getByText(scope, { exact: true }).waitFor();
    await page.getByLabel('Read the audit log').check();
    await page.getByLabel('Whose it is').fill('JOHN');
    await page.locator(`option[value="${john}"]`).waitFor({ state: 'attached' });
    await page.getByLabel('Whose it is').fill(john);
    assert.equal(await page.getByRole('checkbox', { disabled: true }).count(), allScopes.length - 3);
    assert.equal(await page.getByLabel('Read the audit log').isChecked(), false);
    await assertAccessible(page, 'for somebody else');
    await page.getByLabel('Whose it is').fill('Admin@example.com');
    assert.equal(await page.getByLabel('Read the audit log').isChecked(), true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'New token' }).and(page.locator(':focus')).waitFor();
  }));

test('a token is made and revoked by keyboard alone', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/tokens');
    const tabTo = async (
      role: 'button' | 'textbox' | 'checkbox' | 'searchbox',
      name: string,
    ): Promise<void> => {
      const wanted = page.getByRole(role, { name }).and(page.locator(':focus'));
      for (let step = 0; step < 60 && (await wanted.count()) === 0; step += 1)
        await page.keyboard.press('Tab');
      assert.equal(await wanted.count(), 1, `${name} is not reached`);
    };
    await tabTo('button', 'New token');
    await page.keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('By hand');
    await tabTo('checkbox', 'Change their own preferences');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('“By hand” for Alex Admin is made').waitFor();
    await tabTo('button', 'I have it');
    await page.keyboard.press('Enter');
    await tabTo('searchbox', 'Find by');
    await page.keyboard.type('by hand');
    await page.getByText('1 token.', { exact: true }).waitFor();
    await tabTo('button', 'Revoke By hand of Alex Admin');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Revoke By hand' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await tabTo('button', 'Revoke for good');
    await page.keyboard.press('Enter');
    await page.getByText('By hand was revoked.').waitFor();
    await page.getByText('No token fits.').and(page.locator(':focus')).waitFor();
  }));

test('more is read while one scrolls; a list that cannot be read says so', () =>
  withPage(url, async (page) => {
    for (let count = 0; count < 120; count += 1) await createToken(request, { name: `Many ${count}` });
    await signIn(page, 'Alex Admin', '/admin/tokens');
    await page.getByText('The newest 100 tokens; scroll down for more.').waitFor();
    const list = page.getByRole('region', { name: 'Access tokens' });
    const box = (await list.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.wheel(0, 30_000);
    await page.getByText(/^1[2-9]\d tokens\.$/).waitFor();
    assert.ok((await list.getByRole('listitem').count()) < 60);
    await page.route('**/v1/admin/tokens?*', (route) =>
      route.fulfill({ status: 503, json: { message: 'Not now.' } }),
    );
    await page.getByLabel('Find by').fill('fails');
    await page.getByText('Not now.').waitFor();
    await assertAccessible(page, 'failed');
    await page.unroute('**/v1/admin/tokens?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No token fits.').waitFor();
  }));
