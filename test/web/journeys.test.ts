/** What happens between people and between tabs: conflicts, what is not saved, history and its undoing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { save, signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);
const room = '/preferences/personal-room';
const path = '/v1/meetingPreferences/personalMeetingRoom';
const read = async () => (await request({ path, as: 'john' })).body;

/** What somebody else saves in the meantime. */
async function saveElsewhere(changes: object): Promise<void> {
  const answer = await request({ method: 'PATCH', path, as: 'john', body: changes });
  assert.equal(answer.status, 200, answer.text);
}

function asJohn(use: (page: Page) => Promise<void>, start = room): Promise<void> {
  return withPage(url, async (page) => {
    await signIn(page, 'John Andersen', start);
    await page.locator('form').waitFor();
    await use(page);
  });
}

const topic = (page: Page) => page.getByLabel('Name of the room');

test('a conflict shows both versions of every field, and what is chosen is saved', () =>
  asJohn(async (page) => {
    await topic(page).fill('Mine');
    await page.getByLabel('Lock the room by itself').check();
    await saveElsewhere({ topic: 'Theirs', enabledNotifyHost: false, hostPin: '5071' });
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody changed the same settings' });
    await dialog.getByLabel('Yours: Mine').waitFor();
    await assertAccessible(page, 'conflict');
    // Each side's own changes are chosen already; both changed the name.
    assert.ok(await dialog.getByLabel('Yours: Mine').isChecked());
    const notify = dialog.getByRole('radiogroup', { name: 'Tell me when somebody waits' });
    assert.ok(await notify.getByLabel('Saved: No').isChecked());
    await dialog.getByLabel('Saved: Theirs').check();
    await dialog.getByRole('button', { name: 'Save this choice' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Saved.', { exact: true }).waitFor();
    const { topic: saved, enabledAutoLock, enabledNotifyHost, hostPin } = await read();
    assert.deepEqual([saved, enabledAutoLock, enabledNotifyHost, hostPin], ['Theirs', true, false, '5071']);
    assert.equal(await topic(page).inputValue(), 'Theirs');
  }));

test('a conflict can be put aside, and then be given up', () =>
  asJohn(async (page) => {
    await topic(page).fill('Mine again');
    await saveElsewhere({ topic: 'Newer' });
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Back to the form' }).click();
    assert.equal(await topic(page).inputValue(), 'Mine again');
    await page.getByText('Somebody changed these settings in the meantime.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('button', { name: 'Discard mine' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await topic(page).inputValue(), 'Newer');
    assert.equal((await read()).topic, 'Newer');
  }));

test('what is not saved is guarded: inside the application, on another site and on closing', () =>
  asJohn(async (page) => {
    await topic(page).fill('Half a thought');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.getByRole('link', { name: 'Audio' }).click();
    await dialog.waitFor();
    await assertAccessible(page, 'leaving');
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    assert.equal(await topic(page).inputValue(), 'Half a thought');
    const sites = page.getByLabel('Site', { exact: true }).filter({ visible: true });
    await sites.selectOption('site1-example.webex.com');
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await sites.inputValue(), 'site4-example.webex.com');
    const asked = page.waitForEvent('dialog');
    const reloading = page.reload({ timeout: 2_000 }).catch(() => {});
    const question = await asked;
    assert.equal(question.type(), 'beforeunload');
    await question.dismiss();
    await reloading;
    await page.getByRole('link', { name: 'Audio' }).click();
    await dialog.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { name: 'Audio', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Personal room' }).click();
    await topic(page).waitFor();
    assert.notEqual(await topic(page).inputValue(), 'Half a thought');
  }));

test('discarding brings back what is saved', () =>
  asJohn(async (page) => {
    const before = await topic(page).inputValue();
    await topic(page).fill('');
    await page.getByRole('button', { name: 'Discard' }).click();
    assert.equal(await topic(page).inputValue(), before);
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
  }));

test('two tabs: the other one shows what was saved, unless something is being written there', () =>
  asJohn(async (page) => {
    const other = await page.context().newPage();
    await other.goto(room);
    await topic(other).waitFor();
    await topic(page).fill('From the first tab');
    await save(page);
    await other.waitForFunction("document.querySelector('input').value === 'From the first tab'");
    await topic(other).fill('Being written');
    await topic(page).fill('Once more');
    await save(page);
    await other.getByText('Somebody changed these settings in the meantime.').waitFor();
    assert.equal(await topic(other).inputValue(), 'Being written');
  }));

test('the history shows who changed what, and takes it back', () =>
  asJohn(async (page) => {
    await topic(page).fill('To be taken back');
    await save(page);
    const before = (await read()).topic;
    await page.getByRole('link', { name: 'History' }).click();
    const newest = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /^Undo: / }) })
      .first();
    await newest.getByText('To be taken back').waitFor();
    assert.match((await newest.textContent())!, /by you/);
    await assertAccessible(page, 'history');
    await newest.getByRole('button', { name: /^Undo: / }).click();
    await page.getByText('Undone: the settings are as they were before.').waitFor();
    assert.notEqual((await read()).topic, before);
  }));

test('undoing what was changed again since asks first', () =>
  asJohn(async (page) => {
    await saveElsewhere({ topic: 'First' });
    await saveElsewhere({ topic: 'Second' });
    await page.getByRole('link', { name: 'History' }).click();
    const answered = page.waitForResponse(/history\?.*section=personalMeetingRoom/);
    await page.getByLabel('Show', { exact: true }).selectOption('Personal room');
    await answered;
    await page.getByRole('cell', { name: 'Second' }).waitFor();
    const card = page.getByRole('listitem').filter({ hasText: 'Undo' }).nth(1);
    await card.getByRole('button', { name: /^Undo: / }).click();
    const question = card.getByRole('alert');
    await question.getByText('It was changed again since.').waitFor();
    await assertAccessible(page, 'changed since');
    await question.getByRole('button', { name: 'Leave it as it is' }).click();
    assert.equal((await read()).topic, 'Second');
    await card.getByRole('button', { name: /^Undo: / }).click();
    await question.getByRole('button', { name: 'Undo anyway' }).click();
    await page.getByText('Undone: the settings are as they were before.').waitFor();
    assert.notEqual((await read()).topic, 'Second');
  }));
