/** New room ids for many people: problems at their rows, calls of a hundred, and going on after a refusal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url, database } = await startServer();
const request = clientOf(url);
const site = 'site3-example.webex.com';
const many = Array.from({ length: 230 }, (_, index) => `many${index}@example.com`);
for (const email of many) await addUser(database!, { email, sites: [site] });

async function roomIdOf(email: string): Promise<string> {
  const query = new URLSearchParams({ siteUrl: site, search: email });
  const { body } = await request({ path: `/v1/admin/meetingPreferences/users?${query}`, as: 'admin' });
  return body.items[0].personalMeetingRoomId;
}

async function open(page: Page): Promise<void> {
  await signIn(page, 'Alex Admin', `/admin/room-ids?siteUrl=${site}`);
}

test('what is wrong with a row stands beside it before the server is asked', () =>
  withPage(url, async (page) => {
    await open(page);
    const list = page.getByLabel('Addresses and ids');
    await list.fill(
      'Address,Id\njohn.andersen@example.com,ann\nbrenda.song@example.com,not good\nmarcus.hoffmann@example.com,ANN\nnone,x\njohn.andersen@example.com,other',
    );
    await page.getByText('5 rows. 4 of them need your attention.').waitFor();
    for (const problem of [
      'An id has 1 to 64 letters',
      'This id is on the list above.',
      'Nobody on the site has this address.',
      'This person is on the list above.',
    ]) {
      await page.getByText(problem).waitFor();
    }
    assert.ok(await page.getByRole('button', { name: 'Give 5 people new ids' }).isDisabled());
    await assertAccessible(page, 'problems');
  }));

test('what the server finds wrong is left out, and the rest goes on', () =>
  withPage(url, async (page) => {
    await open(page);
    await page
      .getByLabel('Addresses and ids')
      .fill(`${many[0]}\tfirst-of-many\nstranger@example.com\tstranger\n${many[1]}\tsecond-of-many`);
    await page.getByRole('button', { name: 'Give 3 people new ids' }).click();
    await page.getByText('Nobody on the site has this address.').waitFor();
    assert.notEqual(await roomIdOf(many[0]!), 'first-of-many');
    await assertAccessible(page, 'refused');
    await page.getByRole('button', { name: 'Go on with 2 other rows' }).click();
    await page.getByText('1 of 1, 0 failed.').waitFor();
    assert.deepEqual(await Promise.all(many.slice(0, 2).map(roomIdOf)), ['first-of-many', 'second-of-many']);
  }));

test('a file of more than a hundred is sent in parts, and its results can be taken away', () =>
  withPage(url, async (page) => {
    await open(page);
    await page.getByLabel('The server makes them').check();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose a file' }).click(),
    ]);
    await chooser.setFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(many.join('\n')),
    });
    const calls: string[] = [];
    page.on('request', (sent) => sent.url().endsWith('/refreshId') && calls.push(sent.postData() ?? ''));
    await page.getByRole('button', { name: 'Give 230 people new ids' }).click();
    await page.getByText('3 of 3, 0 failed.').waitFor();
    const sizes = calls.map((body) => JSON.parse(body).personalMeetingRoomIds.length);
    assert.deepEqual(sizes.sort(), [100, 100, 30]);
    assert.match(await roomIdOf(many[229]!), /^prSITE\d{8}$/);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the results' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'room-ids.csv');
    await assertAccessible(page, 'done');
  }));
