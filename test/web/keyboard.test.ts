/** The main journey with the keyboard alone: sign in, change, be told of a fault, save, go on, sign out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const mostSteps = 60;

/** Presses Tab until what has the focus is called `name`. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'switch' | 'combobox',
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).and(page.locator(':focus'));
  for (let step = 0; step < mostSteps; step += 1) {
    if ((await wanted.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no ${role} ${name} within ${mostSteps} steps`);
}

test('everything that a host does works with the keyboard alone', () =>
  withPage(url, async (page) => {
    await page.goto('/');
    await tabTo(page, 'button', /John Andersen/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Personal room' }).waitFor();
    await page.locator('form').waitFor();

    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Skip to the content' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await tabTo(page, 'textbox', 'Name of the room');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('By hand');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1111');
    await page.keyboard.press('Enter');
    // The fault took the focus; it is told with the field.
    await page.getByLabel('Host PIN').and(page.locator(':focus[aria-invalid="true"]')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2580');
    await tabTo(page, 'switch', 'Lock the room by itself');
    await page.keyboard.press('Space');
    await tabTo(page, 'combobox', 'Lock it after');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'button', 'Save');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.', { exact: true }).waitFor();
    const path = '/v1/meetingPreferences/personalMeetingRoom';
    const { topic, hostPin, enabledAutoLock, autoLockMinutes } = (await clientOf(url)({ path, as: 'john' }))
      .body;
    assert.deepEqual([topic, hostPin, enabledAutoLock, autoLockMinutes], ['By hand', '2580', true, 15]);
    await page.locator('form:focus').waitFor();

    await page.keyboard.press('Control+Home');
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await tabTo(page, 'link', 'Video devices');
    await page.keyboard.press('Enter');
    await page
      .getByRole('heading', { name: 'Video devices', level: 1 })
      .and(page.locator(':focus'))
      .waitFor();
    await page.locator('form').waitFor();
    await tabTo(page, 'button', 'Move device 1 down');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Move device 2 up' }).and(page.locator(':focus')).waitFor();
    await page.getByText('device1 is number 2 now.').waitFor();
    await tabTo(page, 'button', 'Save');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.', { exact: true }).waitFor();

    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await tabTo(page, 'button', 'Menu of John Andersen');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button', 'Sign out');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in');
  }));
