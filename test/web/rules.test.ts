/** Each rule that a form can break is told at its field, in the form's own words, before anything is sent. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { directoryChanged } from '../../src/platform/database.ts';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { addSite, addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { addStrictSite, strictSite } from '../helpers/strict-site.ts';
import { describedBy, save, signIn } from '../helpers/web.ts';

const address = await demoUrl();
const database = await openAt(address);
/** Another process on the same database. */
const elsewhere = await openAt(address);
after(async () => {
  await elsewhere.close();
  await database.close();
});
await addStrictSite(database);
await addUser(database, { email: 'hugo@example.com', sites: [strictSite] });
const laterStrict = 'later-strict.webex.com';
await addSite(database, laterStrict);
const { url } = await startServer({ database });

async function changeSite(hostPinLength: number): Promise<void> {
  const settings = JSON.stringify({ hostPinLength });
  const sql = 'update sites set settings = ? where site_url = ?';
  await elsewhere.write([{ sql, values: [settings, laterStrict], changes: 1 }, directoryChanged]);
}

/** What to do, and what has to be said beside which field then. */
type Case = readonly [
  rule: string,
  act: (page: Page) => Promise<void>,
  field: (page: Page) => Locator,
  text: RegExp,
];

/** Breaks one rule after the other on a page, and discards in between. */
function told(path: string, cases: readonly Case[]): void {
  test(`on ${path}`, (context) =>
    withPage(url, async (page) => {
      const writes: string[] = [];
      page.on('request', (sent) => sent.method() === 'PUT' && writes.push(sent.url()));
      await signIn(page, 'hugo@example.com', `/preferences/${path}`);
      await page.locator('form').waitFor();
      for (const [rule, act, field, text] of cases) {
        await context.test(`${rule} is told at its field`, async () => {
          await act(page);
          await page.getByRole('button', { name: 'Save' }).click();
          assert.match(await describedBy(page, field(page)), text);
          await page.getByText(/needs? your attention/).waitFor();
          if (rule === cases.at(-1)![0]) await assertAccessible(page, rule);
          assert.deepEqual(writes, []);
          await page.getByRole('button', { name: 'Discard' }).click();
        });
      }
    }));
}

const topic = (page: Page) => page.getByLabel('Name of the room');
const hostPin = (page: Page) => page.getByLabel('Host PIN');
const pin = (value: string) => (page: Page) => hostPin(page).fill(value);
const addCoHosts = async (page: Page, ...emails: string[]): Promise<void> => {
  await page.getByLabel('Allow co-hosts').check();
  for (const email of emails) {
    await page.getByRole('button', { name: 'Add a co-host' }).click();
    await page.getByLabel('E-mail').last().fill(email);
  }
};

told('personal-room', [
  ['room.topic', (page) => topic(page).fill(' '), topic, /Give the room a name/],
  ['room.topic (too long)', (page) => topic(page).fill('x'.repeat(129)), topic, /up to 128 characters/],
  ['room.host-pin', pin('12a456'), hostPin, /Use digits only/],
  ['room.host-pin-length', pin('9182'), hostPin, /Use exactly 6 digits/],
  ['room.host-pin-sequence', pin('345678'), hostPin, /Digits in a row/],
  ['room.host-pin-repetition', pin('777777'), hostPin, /The same digit/],
  [
    'room.co-host-email',
    (page) => addCoHosts(page, 'hugo@'),
    (page) => page.getByLabel('E-mail'),
    /name@example\.com/,
  ],
  [
    'room.co-hosts-distinct',
    (page) => addCoHosts(page, 'a@example.com', 'A@example.com'),
    (page) => page.getByRole('list', { name: 'My list' }),
    /Somebody is on the list twice/,
  ],
]);

const otherService = (page: Page) => page.getByLabel('How to join the other service');
const audioPin = (page: Page) => page.getByLabel('Audio PIN');
const mobile = (page: Page) => page.getByRole('group', { name: 'Mobile number' });

told('audio', [
  [
    'audio.other-description-needed',
    (page) => page.getByLabel('Another conference service').check(),
    otherService,
    /Say how to join/,
  ],
  ['audio.pin', (page) => audioPin(page).fill('91'), audioPin, /exactly 4 digits/],
  ['audio.pin-sequence', (page) => audioPin(page).fill('4321'), audioPin, /Digits in a row/],
  ['audio.pin-repetition', (page) => audioPin(page).fill('0000'), audioPin, /The same digit/],
  [
    'audio.country-code',
    (page) => mobile(page).getByLabel('Country code').fill('+49'),
    (page) => mobile(page).getByLabel('Country code'),
    /without \+/,
  ],
  [
    'audio.number',
    (page) => mobile(page).getByLabel('Number', { exact: true }).fill('call me'),
    (page) => mobile(page).getByLabel('Number', { exact: true }),
    /up to 30 digits/,
  ],
]);

const addDevice = (page: Page) => page.getByRole('button', { name: 'Add a device' }).click();

told('video', [
  ['video.device-name', addDevice, (page) => page.getByLabel('Name'), /Give the device a name/],
  ['video.device-address', addDevice, (page) => page.getByLabel('Video address'), /desk@example\.com/],
]);

told('scheduling', [
  [
    'scheduling.own-address',
    async (page) => {
      await page.getByLabel('Add delegates').fill('Hugo@example.com');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    },
    (page) => page.getByRole('list', { name: 'Delegates' }),
    /cannot be your own delegate/,
  ],
]);

test('what the site does not support is off, with the reason beside it', () =>
  withPage(url, async (page) => {
    await signIn(page, 'hugo@example.com', '/preferences/audio');
    for (const label of [
      'Telephone and computer',
      'Let people call in toll-free',
      'Let people call in from other countries',
    ]) {
      const field = page.getByLabel(label);
      await field.waitFor();
      assert.ok(await field.isDisabled(), label);
      assert.match(await describedBy(page, field), /Your site does not support this/);
    }
  }));

test('the rules of a PIN are ticked off while it is typed, and it can be revealed', () =>
  withPage(url, async (page) => {
    await signIn(page, 'hugo@example.com', '/preferences/personal-room');
    await hostPin(page).fill('');
    const isMet = async (...expected: string[]) => {
      for (const rule of ['only digits', '6 digits', 'no run', 'not the same']) {
        const state = expected.includes(rule) ? 'all right' : 'not yet';
        await page.getByText(new RegExp(`^${rule}.*: ${state}$`)).waitFor({ state: 'attached' });
      }
    };
    await isMet();
    await hostPin(page).pressSequentially('11');
    await isMet('only digits', 'no run');
    await hostPin(page).pressSequentially('2345');
    await isMet('only digits', '6 digits', 'no run', 'not the same');
    assert.equal(await hostPin(page).getAttribute('type'), 'password');
    await page.getByRole('button', { name: 'Show the PIN' }).click();
    assert.equal(await hostPin(page).getAttribute('type'), 'text');
    await assertAccessible(page, 'revealed');
  }));

test('what the browser could not know is told by the server, at the field and as it holds now', () =>
  withPage(url, async (page) => {
    await addUser(database, { email: 'ida@example.com', sites: [laterStrict] });
    await signIn(page, 'ida@example.com', '/preferences/personal-room');
    await hostPin(page).fill('2580');
    await save(page);
    await hostPin(page).fill('9182');
    await changeSite(8);
    await page.getByRole('button', { name: 'Save' }).click();
    await hostPin(page).and(page.locator('[aria-invalid="true"]')).waitFor();
    await page.getByText('Use exactly 8 digits.').waitFor();
    await hostPin(page).fill('91827364');
    await save(page);
  }));
