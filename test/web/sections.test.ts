/** Every field of every section: changed in the form, stored by the server, and shown again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { save, signIn } from '../helpers/web.ts';

const { url } = await startServer();
const request = clientOf(url);

async function stored(section: string) {
  return (await request({ path: `/v1/meetingPreferences/${section}`, as: 'marcus' })).body;
}

function onPage(path: string, use: (page: Page) => Promise<void>): Promise<void> {
  return withPage(url, async (page) => {
    await signIn(page, 'Marcus Hoffmann', `/preferences/${path}`);
    await page.locator('form, li').first().waitFor();
    await assertAccessible(page, 'as it is opened');
    await use(page);
  });
}

test('personal room', () =>
  onPage('personal-room', async (page) => {
    const before = await stored('personalMeetingRoom');
    await page.getByLabel('Name of the room').fill('Marcus at work');
    await page.getByLabel('Host PIN').fill('907613');
    await page.getByLabel('Host PIN').fill('9076');
    await page.getByLabel('Lock the room by itself').check();
    await page.getByLabel('Lock it after').selectOption('15 minutes');
    await page.getByLabel('Tell me when somebody waits in the lobby').check();
    await page.getByLabel('Let our own video devices in').check();
    await page.getByLabel('Allow co-hosts').check();
    await page.getByRole('button', { name: 'Add a co-host' }).click();
    await page.keyboard.type('brenda.song@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Brenda Song');
    await assertAccessible(page, 'changed');
    await save(page);
    const { topic, hostPin, enabledAutoLock, autoLockMinutes, enabledNotifyHost, ...rest } =
      await stored('personalMeetingRoom');
    assert.deepEqual(
      [topic, hostPin, enabledAutoLock, autoLockMinutes, enabledNotifyHost],
      ['Marcus at work', '9076', true, 15, true],
    );
    assert.deepEqual(rest.coHosts, [{ email: 'brenda.song@example.com', displayName: 'Brenda Song' }]);
    assert.deepEqual([rest.supportCoHost, rest.allowAuthenticatedDevices], [true, true]);
    for (const [label, anyone, first] of [
      ['Everyone on my site who joins', true, false],
      ['The first on my site who joins', false, true],
      ['Only the people on my list', false, false],
    ] as const) {
      await page.getByLabel(label).check();
      await save(page);
      const { supportAnyoneAsCoHost, allowFirstUserToBeCoHost } = await stored('personalMeetingRoom');
      assert.deepEqual([supportAnyoneAsCoHost, allowFirstUserToBeCoHost], [anyone, first]);
    }
    await page.getByRole('button', { name: 'Remove co-host 1' }).click();
    await save(page);
    assert.deepEqual((await stored('personalMeetingRoom')).coHosts, []);
    await page.reload();
    assert.equal(await page.getByLabel('Name of the room').inputValue(), 'Marcus at work');
    assert.ok(await page.getByText(before.personalMeetingRoomLink).isVisible());
    assert.ok(await page.getByText(before.telephony.accessCode).isVisible());
  }));

test('audio', () =>
  onPage('audio', async (page) => {
    await page.getByLabel('Another conference service').check();
    await page.getByLabel('How to join the other service').fill('Call 5 and ask');
    await page.getByLabel('Let people call in toll-free').check();
    await page.getByLabel('Let people call in from other countries').check();
    await page.getByLabel('Connect my device to audio').check();
    await page.getByLabel('Audio PIN').fill('9182');
    for (const [name, code] of [
      ['Office number', '49'],
      ['Mobile number', '43'],
    ] as const) {
      const group = page.getByRole('group', { name });
      await group.getByLabel('Country code').fill(code);
      await group.getByLabel('Number', { exact: true }).fill(`(0) ${code}-5.5`);
      await group.getByLabel('Meetings may call me here').check();
      await group.getByLabel('Know me by this number').check();
    }
    await assertAccessible(page, 'changed');
    await save(page);
    const number = (countryCode: string) => ({
      countryCode,
      number: `(0) ${countryCode}-5.5`,
      enabledCallInAuthentication: true,
      enabledCallMe: true,
    });
    assert.deepEqual(await stored('audio'), {
      defaultAudioType: 'otherTeleconferenceService',
      otherTeleconferenceDescription: 'Call 5 and ask',
      enabledGlobalCallIn: true,
      enabledTollFree: true,
      enabledAutoConnection: true,
      audioPin: '9182',
      officeNumber: number('49'),
      mobileNumber: number('43'),
    });
    for (const [label, type] of [
      ['Computer only', 'voipOnly'],
      ['No audio', 'none'],
      ['Telephone and computer', 'webexAudio'],
    ] as const) {
      await page.getByLabel(label).check();
      await save(page);
      assert.equal((await stored('audio')).defaultAudioType, type);
    }
    await page.getByRole('button', { name: 'Remove: Office number' }).click();
    await save(page);
    assert.equal((await stored('audio')).officeNumber.number, '');
  }));

test('video', () =>
  onPage('video', async (page) => {
    const device = (number: number) => page.getByRole('group', { name: `Device ${number}` });
    for (const [index, name] of ['desk', 'hall', 'lab'].entries()) {
      await page.getByRole('button', { name: 'Add a device' }).click();
      await device(index + 1)
        .getByLabel('Name')
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.type(name);
      await device(index + 1)
        .getByLabel('Video address')
        .fill(`${name}@example.com`);
    }
    await device(2).getByLabel('Default device').check();
    await assertAccessible(page, 'three devices');
    await save(page);
    const list = async () =>
      (await stored('video')).videoDevices.map(
        ({ deviceName, deviceAddress, isDefault }: Record<string, string>) =>
          `${deviceName} ${deviceAddress} ${isDefault}`,
      );
    const [desk, hall, lab] = [
      'desk desk@example.com false',
      'hall hall@example.com true',
      'lab lab@example.com false',
    ];
    assert.deepEqual(await list(), [desk, hall, lab]);
    await page.getByRole('button', { name: 'Move device 3 up' }).click();
    await page.getByRole('button', { name: 'Move device 1 down' }).click();
    await save(page);
    assert.deepEqual(await list(), [lab, desk, hall]);
    await page.getByRole('button', { name: 'Remove device 3' }).click();
    await save(page);
    assert.deepEqual(await list(), ['lab lab@example.com true', desk]);
    for (let left = 2; left > 0; left -= 1)
      await page.getByRole('button', { name: 'Remove device 1' }).click();
    await save(page);
    assert.deepEqual(await list(), []);
  }));

test('scheduling', () =>
  onPage('scheduling', async (page) => {
    await page.getByLabel('Let people join before me').check();
    await page.getByLabel('They can join from').selectOption('15 minutes before the start');
    await page.getByLabel('Share recordings').check();
    await page.getByLabel('Start meetings with the assistant on').check();
    const pasted =
      'Brenda Song <brenda.song@example.com>; admin@example.com,\nnobody BRENDA.song@example.com\n x@example.com';
    await page.getByLabel('Add delegates').fill(pasted);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Not an e-mail address: nobody').waitFor();
    assert.equal(await page.getByLabel('Add delegates').inputValue(), 'nobody');
    await assertAccessible(page, 'pasted');
    await save(page);
    assert.deepEqual(await stored('schedulingOptions'), {
      enabledJoinBeforeHost: true,
      joinBeforeHostMinutes: 15,
      enabledAutoShareRecording: true,
      enabledWebexAssistantByDefault: true,
      delegateEmails: ['brenda.song@example.com', 'admin@example.com', 'x@example.com'],
    });
    await page.getByRole('button', { name: 'Remove admin@example.com' }).click();
    await save(page);
    assert.deepEqual((await stored('schedulingOptions')).delegateEmails, [
      'brenda.song@example.com',
      'x@example.com',
    ]);
  }));

test('sites', () =>
  onPage('sites', async (page) => {
    await page.getByRole('button', { name: 'Make default: site3-example.webex.com' }).click();
    await page.getByText('site3-example.webex.com is the default site now.').waitFor();
    const { sites } = await stored('sites');
    assert.deepEqual(
      sites.filter((site: { default: boolean }) => site.default),
      [{ siteUrl: 'site3-example.webex.com', default: true }],
    );
    assert.equal(
      await page.getByRole('button', { name: 'Make default: site3-example.webex.com' }).count(),
      0,
    );
    await assertAccessible(page, 'another default');
  }));
