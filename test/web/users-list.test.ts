/** A hundred thousand people: finding one, and scrolling, by mouse and by keyboard alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoOrganizations } from '../../src/development/demo.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const server = await startServer();
const count = 100_000;
const site = 'site4-example.webex.com';

/** In the database itself: one by one, it would take longer than all tests of the pages together. */
const numbers = `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})`;
const id = "printf('00000000-0000-4000-8000-%012d', n)";
await server.database!.write([
  {
    sql: `insert into users (id, organization_id, email, email_key, display_name, first_name, last_name,
        full_administrator, default_site_url, created)
      ${numbers} select ${id}, ?, printf('p%06d@example.com', n), printf('p%06d@example.com', n),
        'Person ' || n, 'Person', n, 0, '${site}', '2026-01-01T00:00:00.000Z' from numbers`,
    values: [demoOrganizations[0]!.id],
  },
  {
    sql: `insert into memberships (user_id, site_url, site_administrator, room_id, room_key, access_code, meeting_id,
        initial_pins)
      ${numbers} select ${id}, '${site}', 0, 'room' || n, 'room' || n, printf('9%09d', n), printf('%032x', n),
        '5937264815937264' from numbers`,
    values: [],
  },
  directoryChanged,
]);

test('one among a hundred thousand is found', () =>
  withPage(server.url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    await page.getByText('100,005 people on site4-example.webex.com.').waitFor();
    await assertAccessible(page, 'many');
    await page.getByLabel('Find by name or address').fill('person 98765');
    await page.getByText('1 person found.').waitFor();
    await page.getByRole('link', { name: 'Preferences of Person 98765' }).click();
    await page.getByRole('region', { name: 'p098765@example.com' }).waitFor();
  }));

test('more is read while one scrolls, and only what is in sight is drawn', () =>
  withPage(server.url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    const list = page.getByRole('region', { name: 'People on the site' });
    const box = (await list.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    for (const read of ['400', '600', '800']) {
      await page.mouse.wheel(0, 20_000);
      await page.getByText(`The first ${read} people; scroll down for more.`).waitFor();
    }
    assert.ok((await list.getByRole('listitem').count()) < 60);
    await page.getByText('p000500@example.com').or(page.getByText('p0005')).first().waitFor();
    await assertAccessible(page, 'scrolled');
  }));

test('a person is found and changed by keyboard alone', () =>
  withPage(server.url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    const tabTo = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate<string>(
          `(({ ariaLabel, labels, textContent }) => ariaLabel ?? labels?.[0]?.textContent ?? textContent)(document.activeElement)`,
        );
        if (focused === name) return;
      }
      assert.fail(`${name} is not reached by keyboard`);
    };
    await tabTo('Find by name or address');
    await page.keyboard.type('p012345');
    await page.getByText('1 person found.').waitFor();
    await tabTo('Preferences of Person 12345');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'p012345@example.com' }).waitFor();
    await tabTo('Name of the room');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.', { exact: true }).waitFor();
  }));
