/** The server stops and starts again while somebody is in the middle of a form; and somebody is signed out meanwhile. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { clientOf } from '../helpers/client.ts';
import { buildTestApp, openDatabase } from '../helpers/server.ts';
import { save, signIn } from '../helpers/web.ts';

const database = await openDatabase();
let app: FastifyInstance = buildTestApp(database);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
after(() => stop());

async function stop(): Promise<void> {
  app.server.closeAllConnections();
  await app.close();
}

async function startAgain(): Promise<void> {
  app = buildTestApp(database);
  await app.listen({ port: Number(new URL(url).port), host: '127.0.0.1' });
}

const gone = { expected: [/ERR_CONNECTION|ERR_EMPTY_RESPONSE|Failed to load resource/] };

test('what was entered survives a restart of the server, and is saved afterwards', () =>
  withPage(
    url,
    async (page) => {
      await signIn(page, 'John Andersen', '/preferences/personal-room');
      const topic = page.getByLabel('Name of the room');
      await topic.fill('Written before the restart');
      await stop();
      await page.getByRole('button', { name: 'Save' }).click();
      const banner = page.getByRole('status').filter({ hasText: 'The server cannot be reached.' });
      await banner.waitFor();
      await assertAccessible(page, 'unreachable');
      assert.equal(await topic.inputValue(), 'Written before the restart');
      await startAgain();
      await banner.getByRole('button', { name: 'Try now' }).click();
      await banner.waitFor({ state: 'detached' });
      await save(page);
      const path = '/v1/meetingPreferences/personalMeetingRoom';
      assert.equal((await clientOf(url)({ path, as: 'john' })).body.topic, 'Written before the restart');
    },
    gone,
  ));

test('a page that was opened too early comes by itself once the server is there', () =>
  withPage(
    url,
    async (page) => {
      await signIn(page, 'John Andersen', '/preferences/personal-room');
      await stop();
      await page.getByRole('link', { name: 'Video devices' }).click();
      await page.getByText('The server cannot be reached.').first().waitFor();
      await startAgain();
      await page.getByRole('button', { name: 'Add a device' }).waitFor();
    },
    gone,
  ));

test('somebody who is signed out elsewhere signs in again in another tab, and loses nothing', () =>
  withPage(url, async (page) => {
    await signIn(page, 'John Andersen', '/preferences/personal-room');
    await page.getByLabel('Name of the room').fill('Written before signing out');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save' }).click();
    const link = page.getByRole('link', { name: 'Sign in in another tab' });
    await link.waitFor();
    await assertAccessible(page, 'signed out');
    const opened = page.context().waitForEvent('page');
    await link.click();
    const other = await opened;
    await other.getByRole('button', { name: 'John Andersen' }).click();
    await other.getByRole('heading', { level: 1, name: 'Personal room' }).waitFor();
    await link.waitFor({ state: 'detached' });
    await save(page);
  }));
