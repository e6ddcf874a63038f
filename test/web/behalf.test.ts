/** What pages say to somebody who looks at another's preferences: nothing in them speaks to the host. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { signIn } from '../helpers/web.ts';

const { url } = await startServer();
const pages = ['personal-room', 'audio', 'video', 'scheduling', 'sites', 'history'];
const subject = 'userEmail=john.andersen@example.com&siteUrl=site4-example.webex.com';

/** Words that only a host is spoken to with. */
const toTheHost = { 'en-GB': /\b(your|my|me)\b/i, 'de-DE': /\b(Ihre?[mnrs]?|meine?[mnrs]?|mich|mir)\b/ };

for (const [locale, words] of Object.entries(toTheHost)) {
  test(`every page on behalf speaks of the host, in ${locale}`, () =>
    withPage(
      url,
      async (page) => {
        await signIn(page, 'Alex Admin', '/preferences/audio');
        const own = await page.getByRole('main').innerText();
        assert.match(own, words, 'the same words are there on pages of one’s own');
        for (const name of pages) {
          await page.goto(`/preferences/${name}?${subject}`);
          await page.getByRole('region').filter({ hasText: 'John Andersen (john' }).waitFor();
          await page.getByRole('heading', { level: 1 }).waitFor();
          const text = (await page.locator('main .mantine-Container-root').innerText()).replaceAll(
            /John's PMR/g,
            '',
          );
          assert.doesNotMatch(text, words, name);
          await assertAccessible(page, 'on behalf');
        }
      },
      { locale },
    ));
}

test('somebody without a name is called by the address', () =>
  withPage(url, async (page) => {
    await signIn(page, 'Alex Admin', '/preferences/audio?userEmail=nobody@example.com');
    await page
      .getByRole('region', { name: 'You see and change the preferences of nobody@example.com on' })
      .waitFor();
  }));
