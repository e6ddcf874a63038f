/** What administrators do for one person, for many, and for a site. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);
const john = 'john.andersen@example.com';
const site4 = 'site4-example.webex.com';

async function sectionOf(as: string, section: string): Promise<Record<string, unknown>> {
  return (await request({ path: `/v1/meetingPreferences/${section}?siteUrl=${site4}`, as })).body;
}

test('it is for administrators alone', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', '/admin/users');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }));

test('on a site that one does not administer, one is told which ones there are', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users?siteUrl=elsewhere.example.com');
    await assertAccessible(page, 'other site');
    await page.getByRole('main').getByRole('link', { name: site4 }).click();
    await page.getByRole('heading', { name: 'People' }).waitFor();
  }));

test('a person is found, and changed with a banner that says whose preferences these are', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    await page.getByLabel('Find by name or address').fill('anders');
    await page.getByText('1 person found.').waitFor();
    await assertAccessible(page, 'found');
    await page.getByRole('link', { name: 'Preferences of John Andersen' }).click();
    const banner = page.getByRole('region', { name: `preferences of John Andersen (${john}) on ${site4}` });
    await banner.waitFor();
    await assertAccessible(page, 'on behalf');
    await page.getByRole('navigation').getByRole('link', { name: 'Scheduling' }).click();
    await page.getByRole('heading', { name: 'Scheduling' }).waitFor();
    await page.getByText('What new meetings of John Andersen start with').waitFor();
    await banner.waitFor();
    const before = (await sectionOf('john', 'schedulingOptions')).enabledJoinBeforeHost;
    await page.getByLabel('Let people join before the host').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    assert.equal((await sectionOf('john', 'schedulingOptions')).enabledJoinBeforeHost, !before);
    await banner.getByRole('link', { name: 'Back to my own' }).click();
    await banner.waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).searchParams.get('userEmail'), null);
    await page.getByText('Your own meeting room').waitFor();
  }));

test('a person is compared with the defaults', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    await page.getByRole('link', { name: 'Compare John Andersen with the defaults' }).click();
    await page
      .getByRole('row', { name: "Name of the room John's PMR John Andersen's personal room" })
      .waitFor();
    assert.equal(await page.getByRole('row', { name: 'Audio of the meetings' }).count(), 0);
    await page.getByLabel('Show what is the same, too').click();
    await page.getByRole('row', { name: 'Audio of the meetings' }).waitFor();
    await assertAccessible(page, 'comparison');
  }));

test('one setting is changed for those who were chosen, after a preview', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/users');
    for (const name of ['Brenda Song', 'Marcus Hoffmann']) await page.getByLabel(`Choose ${name}`).check();
    await page.getByRole('link', { name: 'Change a setting for 2 people' }).click();
    await page.getByText('2 addresses.').waitFor();
    await assertAccessible(page, 'order');
    const addresses = page.getByLabel('Addresses');
    await addresses.fill(`${await addresses.inputValue()}\nnobody@example.com`);
    await page.getByLabel('Setting', { exact: true }).selectOption({ label: 'They can join from' });
    await page.getByLabel('New value').selectOption({ label: '15 minutes before the start' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('At the start → 15 minutes before the start').first().waitFor();
    await page.getByText('There is no user with this userEmail').waitFor();
    assert.equal((await sectionOf('brenda', 'schedulingOptions')).joinBeforeHostMinutes, 0);
    await assertAccessible(page, 'preview');
    await page.getByRole('button', { name: 'Change it for 2 people' }).click();
    await page.getByText('3 of 3').waitFor();
    for (const as of ['brenda', 'marcus'])
      assert.equal((await sectionOf(as, 'schedulingOptions')).joinBeforeHostMinutes, 15);
    // The results are still there after a reload, and can be taken away.
    await page.reload();
    await page.getByText('3 of 3').waitFor();
    await assertAccessible(page, 'results');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the results' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'settings.csv');
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('button', { name: 'Preview' }).waitFor();
  }));

test('the settings of a site are changed, and hold for everybody on it', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/site?siteUrl=site2-example.webex.com');
    await page.getByLabel('Passwords of meetings have to be strong').click();
    await page.getByLabel('Its characters, at least').fill('many');
    await page.getByRole('button', { name: 'Save 2 changes' }).click();
    await page
      .getByText(/minLength must be/)
      .first()
      .waitFor();
    await assertAccessible(page, 'fault');
    await page.getByLabel('Its characters, at least').fill('9');
    await page.getByRole('button', { name: 'Save 2 changes' }).click();
    await page.getByText('The settings of the site are saved.').waitFor();
    const path = '/v1/admin/meeting/config/commonSettings?siteUrl=site2-example.webex.com';
    const { securityOptions } = (await request({ path, as: 'admin' })).body;
    assert.deepEqual(
      [securityOptions.requireStrongPassword, securityOptions.passwordCriteria.minLength],
      [true, 9],
    );
    await assertAccessible(page, 'saved');
  }));

test('settings of a site that somebody else changed are shown before they are saved again', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/site?siteUrl=site1-example.webex.com');
    await page.getByLabel('List no meeting').click();
    const path = '/v1/admin/meeting/config/commonSettings?siteUrl=site1-example.webex.com';
    const body = { scheduleMeetingOptions: { emailReminders: false } };
    assert.equal((await request({ path, as: 'admin', method: 'PATCH', body })).status, 200);
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('Somebody changed the settings in the meantime').waitFor();
    assert.equal(await page.getByLabel('Send reminders by e-mail').isChecked(), false);
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('The settings of the site are saved.').waitFor();
    const settings = (await request({ path, as: 'admin' })).body;
    assert.deepEqual(
      [settings.securityOptions.unlistAllMeetings, settings.scheduleMeetingOptions.emailReminders],
      [true, false],
    );
  }));

test('the audit log shows what administrators did', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/admin/audit');
    await page.getByText('Alex Admin read all preferences of John Andersen').first().waitFor();
    await assertAccessible(page, 'audit');
    await page.getByLabel('Show', { exact: true }).selectOption('LOGOUT');
    await page.getByText('There is nothing of this kind.').waitFor();
  }));

for (const name of ['users', 'change', 'room-ids', 'site', 'integrations', 'tokens', 'audit']) {
  test(`${name}: fits a phone, and is accessible in German and in the dark`, () =>
    withPage(
      url,
      async (page) => {
        await signIn(page, 'Alex Admin', `/admin/${name}`);
        await page.getByRole('navigation', { name: 'Verwaltung' }).waitFor();
        await page.waitForLoadState('networkidle');
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
        await assertAccessible(page, 'phone');
      },
      { viewport: { width: 360, height: 740 }, locale: 'de-DE', colorScheme: 'dark' },
    ));
}
