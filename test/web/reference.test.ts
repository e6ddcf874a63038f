/** The API reference: everything it says, and that its requests are made as whoever is signed in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();

/** Opens the reference and shows the operation with this title. */
async function showOperation(page: Page, title: string): Promise<void> {
  await page.goto('/docs');
  await page.getByRole('link', { name: new RegExp(`^${title}`) }).click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
}

/** Opens the form to try `operation`, such as `get /v1/…`, and gives what is in it. */
async function openForm(page: Page, operation: string) {
  await page
    .getByRole('button', { name: /^Try it/ })
    .filter({ hasText: `(${operation})` })
    .click();
  return page.getByRole('dialog');
}

test('it tells all there is to know of an operation', () =>
  withPage(url, async (page) => {
    await showOperation(page, 'Update Audio Options');
    const operation = page.getByRole('region', { name: 'Update Audio Options', exact: true });
    for (const text of [
      'Changes how a user is heard in meetings',
      'Scope: meeting:preferences_write, or meeting:admin_preferences_write.',
      'audioPin must not be one digit repeated. audio.pin-repetition',
      'How meetings are heard unless the host chooses otherwise',
      'If-Match',
      '"defaultAudioType": "webexAudio"',
    ]) {
      await operation.getByText(text).first().waitFor();
    }
    const statuses = await operation.getByRole('tab').allTextContents();
    for (const status of ['200', '400', '401', '403', '404', '409', '412', '415', '503'])
      assert.ok(
        statuses.some((text) => text.includes(status)),
        status,
      );
    assert.match((await operation.textContent())!, /curl -X PUT 'http:/);
    await assertAccessible(page, 'operation');
  }));

test('examples are there in curl, TypeScript and Python', () =>
  withPage(url, async (page) => {
    await showOperation(page, 'Get Site List');
    const operation = page.getByRole('region', { name: 'Get Site List', exact: true });
    for (const [language, code] of [
      ['TypeScript', 'await fetch('],
      ['Python', 'urllib.request.Request('],
    ] as const) {
      await operation.getByRole('button', { name: /^(curl|TypeScript)$/ }).click();
      await page.getByRole('option', { name: language }).click();
      await operation.getByText(code).first().waitFor();
    }
  }));

test('an operation is tried as whoever is signed in', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen');
    await showOperation(page, 'Get Site List');
    await page.getByRole('navigation', { name: 'Anteroom' }).getByText('John Andersen').waitFor();
    const form = await openForm(page, 'get /v1/meetingPreferences/sites');
    await assertAccessible(page, 'form');
    await form.getByRole('button', { name: /^Send (get|post) request/ }).click();
    await form.getByText('200 OK').waitFor();
    await form.getByText('"site4-example.webex.com"').first().waitFor();
    await assertAccessible(page, 'answer');
  }));

test('a change that is tried is made', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin');
    await showOperation(page, 'Insert Delegate Emails');
    const form = await openForm(page, 'post /v1/meetingPreferences/schedulingOptions/delegateEmails/insert');
    await form.getByRole('button', { name: /^Send (get|post) request/ }).click();
    await form.getByText('200 OK').waitFor();
    const answer = await fetch(`${url}/v1/meetingPreferences/schedulingOptions`, {
      headers: { authorization: 'Bearer anteroom-dev-admin' },
    });
    const { delegateEmails } = (await answer.json()) as { delegateEmails: string[] };
    assert.deepEqual(delegateEmails, ['marcus.hoffmann@example.com', 'brenda.song@example.com']);
  }));

test('a token that was pasted counts instead of the session', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen');
    await showOperation(page, 'Get Site List');
    const form = await openForm(page, 'get /v1/meetingPreferences/sites');
    await form.getByPlaceholder('Token').fill('unknown');
    await form.getByRole('button', { name: /^Send (get|post) request/ }).click();
    await form.getByText('401 Unauthorized').waitFor();
    await form.getByText('"token.valid"').waitFor();
  }));

test('nobody has to sign in to read it; in German and dark, on a phone', () =>
  withPage(
    url,
    async (page) => {
      await page.goto('/docs');
      await page.getByRole('link', { name: 'Zum Ausprobieren anmelden' }).waitFor();
      await page.getByRole('heading', { name: 'Meeting Preferences', exact: true }).waitFor();
      assert.equal(await page.title(), 'API-Referenz · Anteroom');
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
      await assertAccessible(page, 'phone');
    },
    { viewport: { width: 360, height: 740 }, locale: 'de-DE', colorScheme: 'dark' },
  ));
