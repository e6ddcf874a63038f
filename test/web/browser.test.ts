/** The browser that the other tests use notices what they rely on it for. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { assertAccessible, withPage } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';

const pages: Record<string, string> = {
  '/sound': '<main><h1>All is well</h1></main>',
  '/console': '<script nonce="n">console.error("oh no")</script>',
  '/throws': '<script nonce="n">throw new Error("oh no")</script>',
  '/rejects': '<script nonce="n">Promise.reject(new Error("oh no"))</script>',
  '/unsafe-script': '<script>document.title = "run"</script>',
  '/unsafe-style': '<p style="color: red">red</p>',
  '/elsewhere': '<img src="http://elsewhere.example/pixel.png" alt="">',
  '/missing': '<img src="/nothing.png" alt="">',
  '/unlabelled': '<main><h1>A form</h1><input></main>',
  '/pale': '<main><h1>Hello</h1><p class="pale">Who can read this?</p></main>',
};

const policy = "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; img-src * data:";
const server = createServer((request, response) => {
  const body = pages[request.url!];
  const style = '<style nonce="n">.pale { color: #ddd }</style>';
  const head = `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">${style}`;
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': 'text/html',
    'content-security-policy': policy,
  });
  response.end(head + (body ?? ''));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => {
  server.closeAllConnections();
  server.close();
});
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function visit(path: string): Promise<void> {
  return withPage(url, async (page) => {
    await page.goto(path, { waitUntil: 'networkidle' });
  });
}

test('a sound page passes, with its accessibility', () =>
  withPage(url, async (page) => {
    await page.goto('/sound');
    await assertAccessible(page, 'sound');
  }));

for (const [path, complaint] of [
  ['/console', /oh no/],
  ['/throws', /thrown: Error: oh no/],
  ['/rejects', /thrown: Error: oh no/],
  ['/unsafe-script', /policy violation script-src/],
  ['/unsafe-style', /policy violation style-src/],
  ['/elsewhere', /asks http:\/\/elsewhere\.example/],
  ['/missing', /404/],
] as const) {
  test(`${path} is noticed`, () => assert.rejects(visit(path), complaint));
}

test('what a test expects does not fail it', () =>
  withPage(url, async (page) => void (await page.goto('/throws')), { expected: [/oh no/] }));

for (const [path, violation] of [
  ['/unlabelled', /label: /],
  ['/pale', /color-contrast: /],
] as const) {
  test(`${path} is not accessible`, () =>
    withPage(url, async (page) => {
      await page.goto(path);
      await assert.rejects(assertAccessible(page, 'bad'), violation);
    }));
}

test('it shows what the server answers', async () => {
  const anteroom = await startServer();
  await withPage(anteroom.url, async (page) => {
    await page.goto('/openapi.json');
    assert.equal(JSON.parse((await page.textContent('pre'))!).info.title, 'Anteroom');
  });
});
