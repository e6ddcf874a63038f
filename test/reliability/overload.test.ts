/** More requests than the server can work on: some are served as ever, the others are told so at once. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { scheduling } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { quietLog, startServer } from '../helpers/server.ts';

const path = '/v1/meetingPreferences/schedulingOptions';
const concurrencyLimit = 20;

test('while nothing can be committed, requests beyond the limit are refused within moments', async () => {
  const databaseUrl = await demoUrl('sqlite');
  const database = await openAt(databaseUrl);
  const { url } = await startServer({ database, concurrencyLimit, log: quietLog });
  const request = clientOf(url);
  const put = () => request({ method: 'PUT', path, as: 'john', body: scheduling });
  assert.equal((await put()).status, 200);
  const other = new DatabaseSync(databaseUrl.replace('sqlite:', ''));
  other.exec('begin immediate');
  const stuck = Array.from({ length: concurrencyLimit }, put);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = performance.now();
  // At once: the first ones give up after some seconds, and make room.
  for (const refused of await Promise.all(Array.from({ length: 50 }, put))) {
    assertRefused(refused, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
  }
  assert.equal((await request({ path: '/livez' })).status, 200);
  assert.equal((await request({ path: '/readyz' })).status, 200);
  const elapsedMs = performance.now() - started;
  assert.ok(elapsedMs < 1_000, `${elapsedMs} ms`);
  other.exec('rollback');
  other.close();
  for (const { status } of await Promise.all(stuck)) assert.ok([200, 503].includes(status), `${status}`);
  assert.equal((await put()).status, 200);
  assert.equal((await request({ path, as: 'john' })).status, 200);
  await database.close();
});

test('what waits for its body takes nobody else a place', async () => {
  const { url } = await startServer({ concurrencyLimit: 2, requestTimeoutMs: 3_000 });
  const head = `PUT ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anteroom-dev-john\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  const sockets = Array.from({ length: 50 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  await Promise.all(sockets.map((socket) => new Promise<void>((sent) => socket.write(head, () => sent()))));
  for (let count = 0; count < 20; count += 1)
    assert.equal((await clientOf(url)({ path, as: 'john' })).status, 200);
  for (const socket of sockets) socket.destroy();
});
