/** How the web application is served: headers, compression, and what is not there. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { builtWeb } from '../../src/web/routes.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const ask = clientOf(url);

/** What `fetch` would decompress. */
function raw(path: string, coding: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(url + path, { headers: { 'accept-encoding': coding } }, async (response) => {
      const chunks = await response.toArray();
      resolve({ headers: response.headers, body: Buffer.concat(chunks as Buffer[]) });
    }).on('error', reject);
  });
}

test('every page of the application is the same HTML, and forbids everything inline', async () => {
  for (const path of ['/', '/preferences', '/preferences/audio', '/admin', '/admin/people/1']) {
    const answer = await fetch(url + path);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get('content-type'), 'text/html;charset=UTF-8');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const policy = answer.headers.get('content-security-policy')!;
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.match(policy, /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    const nonce = /'nonce-([\w+/=]{24})'/.exec(policy)![1]!;
    const html = await answer.text();
    assert.ok(html.includes(`nonce="${nonce}"`) && !html.includes('__CSP_NONCE__'), html);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  }
});

test('no two answers have the same nonce', async () => {
  const policies = await Promise.all(
    [0, 1, 2].map(async () => (await fetch(url)).headers.get('content-security-policy')),
  );
  assert.equal(new Set(policies).size, 3);
});

test('assets are compressed as the browser likes, and are kept for ever', async () => {
  const script = readdirSync(join(builtWeb, 'assets')).find((name) => /^index-.*\.js$/.test(name))!;
  const plain = await raw(`/assets/${script}`, 'identity');
  assert.equal(plain.headers['content-type'], 'text/javascript;charset=UTF-8');
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(plain.headers.vary, 'accept-encoding');
  assert.equal(plain.headers['content-encoding'], undefined);
  const brotli = await raw(`/assets/${script}`, 'gzip, deflate, br, zstd');
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.ok(brotliDecompressSync(brotli.body).equals(plain.body));
  const gzip = await raw(`/assets/${script}`, 'gzip;q=1, br;q=0');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.ok(gunzipSync(gzip.body).equals(plain.body));
});

test('what was not built is a 404 in JSON, wherever the name points to', async () => {
  const names = [
    'nothing.js',
    '..%2findex.html',
    '%2e%2e/index.html',
    'index.html',
    '..%2f..%2f..%2fpackage.json',
  ];
  for (const name of names) assertRefused(await ask({ path: `/assets/${name}` }), 404, 'request.path');
  assertRefused(await ask({ path: '/nowhere' }), 404, 'request.path');
});

test('405 for other methods than GET', async () => {
  for (const path of ['/', '/preferences/audio', '/assets/nothing.js']) {
    const answer = await ask({ method: 'POST', path, body: {} });
    assertRefused(answer, 405, 'request.method');
    assert.equal(answer.headers.get('allow'), 'GET, HEAD');
  }
});

test('a server whose pages were not built says so in a sentence', async () => {
  const bare = await startServer({ webFolder: temporaryFolder() });
  const answer = await fetch(bare.url);
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /run <code>npm run build:web<\/code>/);
  assert.equal((await fetch(`${bare.url}/livez`)).status, 200);
});

test('everything that the application can ever load, but for the reference, is under 250 KB compressed', () => {
  const folder = join(builtWeb, 'assets');
  const names = readdirSync(folder);
  const reached = new Set<string>();
  const follow = (text: string): void => {
    for (const name of names.filter((one) => !reached.has(one) && text.includes(one))) {
      reached.add(name);
      if (/\.(js|css)$/.test(name)) follow(readFileSync(join(folder, name), 'utf8'));
    }
  };
  follow(readFileSync(join(builtWeb, 'index.html'), 'utf8'));
  const sizes = [...reached].map((name) => {
    const compressed = join(folder, `${name}.gz`);
    return statSync(existsSync(compressed) ? compressed : join(folder, name)).size;
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total > 100_000 && total <= 250 * 1024, `${total} bytes in ${[...reached].join(', ')}`);
});

test('no script of the application makes code of text, which its policy forbids', () => {
  const scripts = readdirSync(join(builtWeb, 'assets')).filter((name) =>
    /^(index|page|texts|admin).*\.js$/.test(name),
  );
  assert.ok(scripts.length > 2);
  for (const name of scripts) {
    assert.doesNotMatch(
      readFileSync(join(builtWeb, 'assets', name), 'utf8'),
      /new Function\(|\beval\(/,
      name,
    );
  }
});
