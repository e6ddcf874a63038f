/** Clients that take their time: cut off by the time-outs, answered where an answer is possible, and no harm to others. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { asAnswer, exchange } from '../helpers/raw.ts';
import { startServer } from '../helpers/server.ts';

const headersTimeoutMs = 300;
const requestTimeoutMs = 600;
const keepAliveTimeoutMs = 300;
/** Connections are looked at once every headers time-out; the rest is for a busy machine. */
const graceMs = 1_500;
const limits = { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs };
const { url } = await startServer(limits);
const path = '/v1/meetingPreferences/schedulingOptions';
const head = [
  `PUT ${path} HTTP/1.1`,
  'Host: localhost',
  'Authorization: Bearer anteroom-dev-john',
  'Content-Type: application/json',
  'Content-Length: 100',
];

async function timed<T>(action: Promise<T>): Promise<{ result: T; elapsedMs: number }> {
  const start = performance.now();
  return { result: await action, elapsedMs: performance.now() - start };
}

describe('slow clients', { concurrency: true }, () => {
  test('half-sent headers are answered with 408 and closed', async () => {
    const { result, elapsedMs } = await timed(exchange(url, head.slice(0, 3).join('\r\n')));
    assertRefused(asAnswer(result[0]!), 408);
    assert.ok(elapsedMs >= headersTimeoutMs && elapsedMs < headersTimeoutMs + graceMs, `${elapsedMs} ms`);
  });

  test('a half-sent body is answered with 408 and closed', async () => {
    const { result, elapsedMs } = await timed(exchange(url, `${head.join('\r\n')}\r\n\r\n{"enabled`));
    assert.equal(result.length, 1);
    assertRefused(asAnswer(result[0]!), 408);
    assert.ok(elapsedMs >= requestTimeoutMs && elapsedMs < requestTimeoutMs + graceMs, `${elapsedMs} ms`);
  });

  test('a body that comes byte by byte is cut off all the same', async () => {
    const { elapsedMs } = await timed(
      new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        socket.write(`${head.join('\r\n')}\r\n\r\n`);
        const drip = setInterval(() => socket.write(' '), 50);
        socket.on('error', () => {});
        socket.on('data', () => {});
        socket.on('close', () => {
          clearInterval(drip);
          resolve();
        });
      }),
    );
    assert.ok(elapsedMs < requestTimeoutMs + graceMs, `${elapsedMs} ms`);
  });

  test('a connection that never says a word is closed', async () => {
    const { elapsedMs } = await timed(exchange(url, ''));
    assert.ok(elapsedMs < headersTimeoutMs + graceMs, `${elapsedMs} ms`);
  });

  test('a connection that falls silent after an answer is closed', async () => {
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer anteroom-dev-john\r\n\r\n`;
    const { result, elapsedMs } = await timed(exchange(url, request));
    assert.equal(result[0]!.status, 200);
    // Node keeps a connection one second longer than it says.
    assert.ok(elapsedMs < keepAliveTimeoutMs + 1_000 + graceMs, `${elapsedMs} ms`);
  });

  test('two hundred of them hold up nobody else', async () => {
    const slow = Array.from({ length: 200 }, () => exchange(url, `${head.join('\r\n')}\r\n\r\n{`));
    const request = clientOf(url);
    for (let count = 0; count < 20; count += 1) {
      const { result, elapsedMs } = await timed(request({ path, as: 'john' }));
      assert.equal(result.status, 200);
      assert.ok(elapsedMs < 500, `${elapsedMs} ms`);
    }
    await Promise.all(slow);
  });
});
