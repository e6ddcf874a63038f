/** A part of what `npm run fuzz` does: the same requests each time, and others each time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../helpers/server.ts';
import { fuzz } from './run.ts';

const { url } = await startServer();
const withinMs = 10_000;
const growthLimit = 40 * 1024 * 1024;

for (const seed of [20_260_131, Math.floor(Math.random() * 2 ** 32)]) {
  test(`generated requests are answered as described (seed ${seed})`, async (context) => {
    const { sent, statuses, faults, growth } = await fuzz({ url, seed, requests: 4_000, withinMs });
    context.diagnostic(`seed ${seed}: ${sent} requests, ${JSON.stringify(Object.fromEntries(statuses))}`);
    assert.deepEqual(faults, []);
    assert.ok(sent > 200, String(sent));
    for (const status of [200, 400, 401, 403, 404, 405]) assert.ok(statuses.has(status), `no ${status}`);
    assert.ok(growth < growthLimit, `${growth} bytes`);
  });
}
