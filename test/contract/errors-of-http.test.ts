/** Refusals that need broken HTTP, or a server in trouble (contract section 4). */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { onlyOwnServer, pathOf, video } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { type Engine, engine, onlyOn } from '../helpers/databases.ts';
import { demoUserId } from '../helpers/people.ts';
import { asAnswer, exchange, rawRequest } from '../helpers/raw.ts';
import { openDatabase, silentLog, startServer } from '../helpers/server.ts';

const { url } = await startServer();
const path = pathOf('video');
const token = 'Authorization: Bearer anteroom-dev-john';

test('400 for broken HTTP', async () => {
  for (const bytes of [
    'nonsense\r\n\r\n',
    'FOO / HTTP/1.1\r\nHost: x\r\n\r\n',
    `get ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n`,
    `PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n`,
    `PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`,
  ]) {
    const answers = await exchange(url, bytes);
    assert.equal(answers.length, 1, bytes);
    assertRefused(asAnswer(answers[0]!), 400, 'request.http');
  }
});

test('400 for no Host header and for two', async () => {
  for (const hosts of [[], ['Host: a', 'host: a']]) {
    const answer = await rawRequest(url, [`GET ${path} HTTP/1.1`, ...hosts, token]);
    assertRefused(asAnswer(answer), 400, 'request.http');
  }
});

test('400 for a path that is not percent-encoded UTF-8, 404 for one with NUL', async () => {
  for (const broken of ['%zz', '%', '%f', '%ff', '%c0%af']) {
    const answer = await rawRequest(url, [`GET ${path}/${broken} HTTP/1.1`, 'Host: x', token]);
    assertRefused(asAnswer(answer), 400, 'request.http');
  }
  for (const missing of [`${path}%00`, '/%00', '/v1/meetings/%00/globalCallinNumbers']) {
    const answer = await rawRequest(url, [`GET ${missing} HTTP/1.1`, 'Host: x', token]);
    assertRefused(asAnswer(answer), 404);
  }
});

test('404 for a site whose name is no percent-encoded UTF-8', async () => {
  for (const broken of ['%zz', '%ff', '%']) {
    const answer = await rawRequest(url, [`GET ${path}?siteUrl=${broken} HTTP/1.1`, 'Host: x', token]);
    assertRefused(asAnswer(answer), 404, 'subject.site');
  }
});

test('414 for a URL over 8 KiB, 431 for headers over 16 KiB', async () => {
  const long = await rawRequest(url, [`GET ${path}?x=${'x'.repeat(9_000)} HTTP/1.1`, 'Host: x', token]);
  assertRefused(asAnswer(long), 414, 'request.http');
  const wide = await rawRequest(url, [`GET ${path} HTTP/1.1`, 'Host: x', `X: ${'x'.repeat(20_000)}`]);
  assertRefused(asAnswer(wide), 431, 'request.http');
});

test('408 for a client that does not finish its headers', onlyOwnServer, async () => {
  const hasty = await startServer({ headersTimeoutMs: 200, requestTimeoutMs: 400 });
  const [answer] = await exchange(hasty.url, `GET ${path} HTTP/1.1\r\nHost: x\r\n`);
  assertRefused(asAnswer(answer!), 408);
});

test('a client that hangs up in the middle of a request leaves the server as it was', async () => {
  const { hostname, port } = new URL(url);
  const head = `PUT ${path} HTTP/1.1\r\nHost: x\r\n${token}\r\nContent-Type: application/json\r\n`;
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port || 80), hostname, () => {
      socket.write(`${head}Content-Length: 100\r\n\r\n{"video`, () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  assert.equal((await clientOf(url)({ path, as: 'john' })).status, 200);
});

/** Lets no version of a document in, and calls that no error. */
const losing: Record<Engine, readonly string[]> = {
  sqlite: ['create trigger lose before insert on preferences begin select raise(ignore); end'],
  postgres: [
    'create function lose() returns trigger language plpgsql as $$ begin return null; end $$',
    'create trigger lose before insert on preferences for each row execute function lose()',
  ],
};

test('409 for a write that loses every time', onlyOwnServer, async () => {
  const database = await openDatabase();
  const { url: contested } = await startServer({ database });
  for (const sql of losing[engine]) await database.write([{ sql, values: [] }]);
  const answer = await clientOf(contested)({ method: 'PUT', path, as: 'john', body: video });
  assertRefused(answer, 409);
});

test('500 tells nothing from inside; the log has the cause', onlyOwnServer, async () => {
  const database = await openDatabase();
  const failures: string[] = [];
  const failure = (trackingId: string): void => void failures.push(trackingId);
  const { url: damaged } = await startServer({ database, log: { ...silentLog, failure } });
  const values = [demoUserId('john.andersen@example.com')];
  await database.write([{ sql: 'update preferences set checksum = 1 where user_id = ?', values }]);
  const answer = await clientOf(damaged)({ path, as: 'john' });
  assertRefused(answer, 500);
  assert.doesNotMatch(answer.text, /checksum|preferences|sql|\.ts|john|Error:/i);
  assert.deepEqual(failures, [answer.body.trackingId]);
});

const onlyOwnFile = onlyOwnServer.skip === false ? onlyOn('sqlite') : onlyOwnServer;

// For PostgreSQL, test/reliability has the same and more.
test('503 with Retry-After in seconds while the database cannot commit', onlyOwnFile, async () => {
  const database = await openDatabase();
  const { url: stuck } = await startServer({ database, log: { ...silentLog, failure: () => {} } });
  const client = clientOf(stuck);
  const before = await client({ path, as: 'john' });
  const [{ file = '' } = {}] = await database.all('pragma database_list', []);
  const release = await lock(file as string);
  const answer = await client({ method: 'PUT', path, as: 'john', body: video });
  release();
  assertRefused(answer, 503);
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  assert.deepEqual((await client({ path, as: 'john' })).body, before.body);
  assert.equal((await client({ method: 'PUT', path, as: 'john', body: video })).status, 200);
});

/** Begins a write from outside; the result ends it. */
async function lock(file: string): Promise<() => void> {
  const { DatabaseSync } = await import('node:sqlite');
  const connection = new DatabaseSync(file, { timeout: 5_000 });
  connection.exec('begin immediate');
  return () => {
    connection.exec('rollback');
    connection.close();
  };
}
