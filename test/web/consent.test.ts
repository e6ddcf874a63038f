/** A person in a real browser: signs in, allows an integration, and comes back to it; and connects a device. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import * as client from 'openid-client';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { addIntegration, askFor, discover, statusIn } from '../helpers/integrations.ts';
import { startServer } from '../helpers/server.ts';

const { url, database } = await startServer();

/** The program on the user's own machine, which waits at a port of its own (RFC 8252 section 7.3). */
const program = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(
    '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Back</title><h1>Back</h1>',
  );
});
program.listen(0, '127.0.0.1');
await once(program, 'listening');
after(() => {
  program.closeAllConnections();
  program.close();
});
const { port } = program.address() as AddressInfo;
const redirectUri = `http://127.0.0.1:${port}/back`;
const configuration = await discover(
  url,
  await addIntegration(database!, {
    kind: 'native',
    isPublic: true,
    redirectUrls: ['http://127.0.0.1/back'],
  }),
);

test('from the integration over sign-in and consent back to it', async () => {
  const asked = await askFor(configuration, { redirect_uri: redirectUri });
  const expected = [new RegExp(`^asks ${redirectUri}`)];
  await withPage(
    url,
    async (page) => {
      await page.goto(asked.url.href);
      await page.getByRole('button', { name: /John Andersen/ }).click();
      await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
      await assertAccessible(page, 'consent');
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.getByRole('heading', { name: 'Back' }).waitFor();
      const answer = new URL(page.url());
      const tokens = await client.authorizationCodeGrant(configuration, answer, asked.checks);
      assert.equal(await statusIn(url, tokens.access_token), 200);
    },
    { expected },
  );
});

test('from the code of a device to its tokens', async () => {
  const device = await client.initiateDeviceAuthorization(configuration, {
    scope: 'meeting:preferences_read',
  });
  await withPage(url, async (page) => {
    await page.goto(device.verification_uri);
    await assertAccessible(page, 'the code');
    await page.getByLabel('The code that your device shows').fill(device.user_code);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(device.user_code).waitFor();
    await assertAccessible(page, 'comparing');
    await page.getByRole('button', { name: 'It shows this code' }).click();
    await page.getByRole('button', { name: /John Andersen/ }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.getByRole('heading', { name: 'Device connected' }).waitFor();
    await assertAccessible(page, 'connected');
  });
  const tokens = await client.pollDeviceAuthorizationGrant(configuration, device);
  assert.equal(await statusIn(url, tokens.access_token), 200);
});
