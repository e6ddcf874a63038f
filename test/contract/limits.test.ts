/** How many requests are taken, on a clock of our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppParts } from '../../src/app.ts';
import { pathOf, scheduling } from '../helpers/bodies.ts';
import { assertRefused } from '../helpers/client.ts';
import { buildTestApp, openDatabase } from '../helpers/server.ts';

const database = await openDatabase();
const url = pathOf('schedulingOptions');

interface From {
  readonly as?: string | undefined;
  readonly address?: string;
  readonly forwarded?: string;
  readonly path?: string;
  readonly method?: 'GET' | 'PUT' | 'HEAD';
}

/** A server of its own whose clock stands still unless it is told to go on. */
function limited(parts: Partial<AppParts>) {
  let now = 1_000_000;
  const app = buildTestApp(database, { clock: () => now, ...parts });
  const send = async ({ as, address = '192.0.2.1', forwarded, path = url, method = 'GET' }: From = {}) => {
    const response = await app.inject({
      method,
      url: path,
      remoteAddress: address,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer anteroom-dev-${as}` }),
        ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
        ...(method === 'PUT' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'PUT' ? { payload: JSON.stringify(scheduling) } : {}),
    });
    const { statusCode: status, payload: text } = response;
    const headers = new Headers(response.headers as Record<string, string>);
    return { status, headers, text, body: /^\{/.test(text) ? JSON.parse(text) : undefined };
  };
  return {
    app,
    send,
    pass: (ms: number) => {
      now += ms;
    },
    statuses: async (count: number, from: From) => {
      const statuses: number[] = [];
      for (let index = 0; index < count; index += 1) statuses.push((await send(from)).status);
      return statuses;
    },
  };
}

test('429 with Retry-After in whole seconds for more requests with a token than its bucket has', async () => {
  const { send, pass, statuses } = limited({ tokenRate: 2, tokenBurst: 3 });
  assert.deepEqual(await statuses(4, { as: 'john' }), [200, 200, 200, 429]);
  const refused = await send({ as: 'john' });
  assertRefused(refused, 429, 'request.token-rate');
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.deepEqual(await statuses(1, { as: 'john-read' }), [200]);
  pass(1_000);
  assert.deepEqual(await statuses(3, { as: 'john', method: 'PUT' }), [200, 200, 429]);
});

test('Retry-After tells how long, and keeps its word', async () => {
  const { app, send, pass } = limited({ addressRate: 0, tokenRate: 1, tokenBurst: 1 });
  assert.equal((await send({ as: 'john' })).status, 200);
  assert.equal((await send({ as: 'john' })).headers.get('retry-after'), '1');
  pass(1_000);
  assert.equal((await send({ as: 'john' })).status, 200);
  await app.close();
});

test('429 for an address, before the token is looked up and whatever the path', async () => {
  const { send, pass, statuses } = limited({ addressRate: 1, addressBurst: 2 });
  assert.deepEqual(await statuses(3, { as: 'john' }), [200, 200, 429]);
  for (const from of [{ as: 'marcus' }, { path: '/nowhere' }, { path: '/openapi.json' }, { path: '/' }]) {
    assertRefused(await send(from), 429, 'request.address-rate');
  }
  assert.equal((await send({ as: 'john', address: '192.0.2.2' })).status, 200);
  pass(1_000);
  assert.deepEqual(await statuses(2, { as: 'john' }), [200, 429]);
});

test('trying out tokens is ten times as dear as using one', async () => {
  const { pass, statuses } = limited({ addressRate: 10, addressBurst: 30 });
  assert.deepEqual(await statuses(4, { as: 'nobody' }), [401, 401, 401, 429]);
  assert.deepEqual(await statuses(1, { as: 'john' }), [429]);
  pass(100);
  assert.deepEqual(await statuses(2, { as: 'john' }), [200, 429]);
  const { statuses: without } = limited({ addressRate: 10, addressBurst: 30 });
  assert.deepEqual(await without(4, {}), [401, 401, 401, 429]);
});

test('addresses of one IPv6 network share a bucket; this machine has none', async () => {
  const { statuses } = limited({ addressRate: 1, addressBurst: 1 });
  assert.deepEqual(await statuses(1, { as: 'john', address: '2001:db8::1' }), [200]);
  assert.deepEqual(await statuses(1, { as: 'john', address: '2001:db8::ffff:2' }), [429]);
  assert.deepEqual(await statuses(1, { as: 'john', address: '2001:db8:0:1::1' }), [200]);
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    assert.deepEqual(await statuses(3, { as: 'john', address }), [200, 200, 200]);
});

test('X-Forwarded-For counts only from a proxy that is trusted', async () => {
  const one = { as: 'john', forwarded: '203.0.113.1' };
  const two = { as: 'john', forwarded: '203.0.113.2' };
  const open = limited({ addressRate: 1, addressBurst: 1 });
  assert.deepEqual([...(await open.statuses(1, one)), ...(await open.statuses(1, two))], [200, 429]);
  const proxied = limited({ addressRate: 1, addressBurst: 1, trustProxy: '192.0.2.0/24' });
  assert.deepEqual(
    [...(await proxied.statuses(2, one)), ...(await proxied.statuses(2, two))],
    [200, 429, 200, 429],
  );
  // What a client puts in front of what the proxy adds is not believed.
  assert.deepEqual(await proxied.statuses(1, { as: 'john', forwarded: '198.51.100.9, 203.0.113.1' }), [429]);
  const direct = { as: 'john', address: '198.51.100.7' };
  assert.deepEqual(await proxied.statuses(1, { ...direct, forwarded: '203.0.113.3' }), [200]);
  assert.deepEqual(await proxied.statuses(1, { ...direct, forwarded: '203.0.113.4' }), [429]);
});

test('whether the server lives is told at any rate', async () => {
  const { statuses } = limited({ addressRate: 1, addressBurst: 1 });
  for (const path of ['/livez', '/readyz']) assert.deepEqual(await statuses(3, { path }), [200, 200, 200]);
});

test('503 with Retry-After for more requests at once than the limit', async () => {
  const { app, send } = limited({ concurrencyLimit: 2 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => send({ as: 'john', method: 'PUT' })));
  const served = answers.filter(({ status }) => status === 200);
  assert.equal(served.length, 2);
  for (const refused of answers.filter(({ status }) => status !== 200)) {
    assertRefused(refused, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
  }
  for (let index = 0; index < 5; index += 1) {
    assert.equal((await send({ as: 'john', method: index % 2 === 0 ? 'PUT' : 'GET' })).status, 200);
    assert.equal((await send({ as: 'nobody' })).status, 401);
    assert.equal((await send({ as: 'john', path: `${url}?siteUrl=no` })).status, 404);
  }
  await app.close();
});

test('one at a time is enough for every kind of request', async () => {
  const { send } = limited({ concurrencyLimit: 1 });
  for (const path of [url, '/openapi.json', '/livez', '/readyz']) {
    for (const method of ['GET', 'HEAD'] as const)
      assert.equal((await send({ as: 'john', path, method })).status, 200, `${method} ${path}`);
  }
});
