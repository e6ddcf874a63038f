/** Ten thousand clients that connect and say nothing, or fall silent: as many as this system lets a process open. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { clientOf } from '../helpers/client.ts';
import { demoUrl } from '../helpers/databases.ts';
import { forkServer } from './processes.ts';

const path = '/v1/meetingPreferences/schedulingOptions';
/** What a process needs for itself. */
const reserved = 200;
const wanted = 10_000;

/** How many files a process may open: the server as well as this one, each has an end of every connection. */
function descriptorLimit(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  const { soft = 1_024 } = report.userLimits?.open_files ?? {};
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** Asks once, and keeps the connection. */
function askOn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('data', () => resolve());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anteroom-dev-john\r\n\r\n`);
  });
}

test('idle connections hold up nobody else', async (context) => {
  const count = Math.min(wanted, descriptorLimit() - reserved);
  const { url } = await forkServer(await demoUrl());
  const sockets: Socket[] = [];
  for (let start = 0; start < count; start += 250) {
    const batch = Array.from({ length: Math.min(250, count - start) }, () => open(url));
    sockets.push(...(await Promise.all(batch)));
  }
  // Every tenth was used once, and is kept alive; the others never said a word.
  await Promise.all(sockets.filter((_, index) => index % 10 === 0).map(askOn));
  const request = clientOf(url);
  const elapsed: number[] = [];
  for (let sent = 0; sent < 100; sent += 1) {
    const start = performance.now();
    assert.equal((await request({ path, as: 'john' })).status, 200);
    elapsed.push(performance.now() - start);
  }
  const slowest = elapsed.sort((a, b) => a - b)[98]!;
  context.diagnostic(`${count} idle connections, 99 of 100 requests within ${slowest.toFixed(1)} ms`);
  assert.ok(slowest < 500, `${slowest} ms`);
  for (const socket of sockets) socket.destroy();
  assert.equal((await request({ path, as: 'john' })).status, 200);
});
