import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { openConversation } from '../helpers/conversation.ts';
import { run, runServer, temporaryFolder } from '../helpers/process.ts';

const audio = '/v1/meetingPreferences/audio';

test('production has no demo data, takes no well-known token and tells how to begin', async () => {
  const server = await runServer(['serve'], temporaryFolder());
  assert.match(server.screen(), /user create .*--full-administrator/);
  assertRefused(await clientOf(server.url)({ path: audio, as: 'john' }), 401, 'token.valid');
});

test('standard output of production carries JSON lines only', async () => {
  const server = await runServer(['serve'], temporaryFolder());
  await fetch(server.url + audio);
  server.child.kill('SIGTERM');
  const { out } = await server.finished;
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const request = lines.find(({ operation }) => operation === 'getAudioOptions');
  assert.equal(request.status, 401);
  assert.ok(request.durationMs > 0 && request.durationMs < 60_000);
  assert.match(request.trackingId, /^ROUTERGW_/);
});

test('production refuses the database of development', async () => {
  const folder = temporaryFolder();
  const dev = await runServer(['dev'], folder);
  dev.child.kill('SIGTERM');
  await dev.finished;
  const { code, err } = await run(['serve', '--database-url', 'sqlite:data/development.db'], folder);
  assert.equal(code, 1);
  assert.match(err, /demo organization/);
});

test('SIGTERM lets a running request end, refuses new connections and exits with 0', async () => {
  const server = await runServer(['dev'], temporaryFolder());
  const conversation = await openConversation(server.url);
  const body = JSON.stringify({ videoDevices: [] });
  conversation.write(
    `PUT /v1/meetingPreferences/video HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer anteroom-dev-john\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  server.child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await assert.rejects(fetch(`${server.url}/livez`));
  conversation.write(body.slice(5));
  assert.match(await conversation.ended, /^HTTP\/1\.1 200 OK/);
  assert.equal((await server.finished).code, 0);
});

test('a request that never ends is cut off after the time-out, or by a second signal at once', async () => {
  for (const signals of [1, 2]) {
    const server = await runServer(
      ['dev', '--stop-timeout-ms', signals === 1 ? '200' : '60000'],
      temporaryFolder(),
    );
    const conversation = await openConversation(server.url);
    conversation.write('GET /livez HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (let sent = 0; sent < signals; sent += 1) {
      server.child.kill('SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal((await server.finished).code, signals === 1 ? 0 : 1);
  }
});

test('what keeps it from starting is said in one sentence, with exit code 1', async () => {
  const folder = temporaryFolder();
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await assertSentence(['serve', '--port', String(port)], folder, 1, /Port \d+ is taken\./);
  taken.close();
  writeFileSync(join(folder, 'file'), '');
  await assertSentence(['serve', '--database-url', 'sqlite:file/a.db'], folder, 1, /cannot be written to/);
  mkdirSync(join(folder, 'newer'));
  const newerUrl = 'sqlite:newer/anteroom.db';
  const newer = new DatabaseSync(join(folder, 'newer', 'anteroom.db'));
  newer.exec('create table schema_migrations (version integer primary key, name text, applied text)');
  newer.exec("insert into schema_migrations values (9999, 'later', '')");
  newer.close();
  await assertSentence(['serve', '--database-url', newerUrl], folder, 1, /schema 9999/);
  const old =
    'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
  await assertSentence(['serve'], folder, 1, /needs Node 26 .* this is Node 20\.1\.0/, ['--import', old]);
});

test('a wrong call is said in one sentence, with exit code 2', async () => {
  const folder = temporaryFolder();
  await assertSentence(['serve', '--port', 'high'], folder, 2, /--port must be a whole number/);
  await assertSentence(['serve', '--compatibility', 'strict'], folder, 2, /documented, lenient/);
  assert.equal((await run(['serve', '--colour'], folder)).code, 2);
  assert.equal((await run(['fly'], folder)).code, 2);
  assert.equal(existsSync(join(folder, 'data')), false);
});

async function assertSentence(
  args: readonly string[],
  folder: string,
  code: number,
  sentence: RegExp,
  nodeFlags: readonly string[] = [],
): Promise<void> {
  const finished = await run(args, folder, nodeFlags);
  assert.equal(finished.code, code, finished.err);
  assert.match(finished.err, sentence);
  assert.equal(finished.err.trimEnd().split('\n').length, 1);
}
