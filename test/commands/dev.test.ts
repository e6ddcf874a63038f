import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientOf } from '../helpers/client.ts';
import { run, runServer, temporaryFolder } from '../helpers/process.ts';

test('the screen tells everything a newcomer needs, and says Ready last', async () => {
  const server = await runServer(['dev'], temporaryFolder());
  const screen = server.screen();
  for (const part of [
    '/v1',
    '/openapi.json',
    'data/development.db',
    'anteroom-dev-john',
    'reset',
    '--memory',
  ]) {
    assert.ok(screen.includes(part), part);
  }
  assert.match(screen, /\nReady\n$/);
  const [, token, url] = /curl -H "Authorization: Bearer (\S+)" (\S+)/.exec(screen)!;
  const answer = await fetch(url!, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
});

test('the curl line works when it is pasted', {
  skip: hasCurl() ? false : 'this machine has no curl',
}, async () => {
  const server = await runServer(['dev', '--memory'], temporaryFolder());
  const [line] = /curl -H .*/.exec(server.screen())!;
  const text = execFileSync('sh', ['-c', `${line} --silent`], { encoding: 'utf8' });
  assert.equal(JSON.parse(text).personalMeetingRoom.hostPin, '4325');
});

test('data is kept between starts, and seeded only when new', async () => {
  const folder = temporaryFolder();
  const first = await runServer(['dev'], folder);
  await changeVideo(first.url);
  first.child.kill('SIGTERM');
  assert.equal((await first.finished).code, 0);
  const second = await runServer(['dev'], folder);
  assert.match(second.screen(), /as you left it/);
  assert.deepEqual(await videoDevices(second.url), []);
});

test('--memory keeps nothing', async () => {
  const folder = temporaryFolder();
  const server = await runServer(['dev', '--memory'], folder);
  await changeVideo(server.url);
  assert.deepEqual(await videoDevices(server.url), []);
  assert.equal(existsSync(join(folder, 'data')), false);
});

test('reset deletes the data of development, but not under a running server', async () => {
  const folder = temporaryFolder();
  const server = await runServer(['dev'], folder);
  const refused = await run(['reset'], folder);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /in use/);
  server.child.kill('SIGTERM');
  await server.finished;
  assert.equal((await run(['reset'], folder)).code, 0);
  assert.equal(existsSync(join(folder, 'data', 'development.db')), false);
  assert.match((await run(['reset'], folder)).out, /nothing to reset/);
});

test('it listens only where nobody else can reach it, unless told twice', async () => {
  const refused = await run(['dev', '--host', '0.0.0.0', '--memory'], temporaryFolder());
  assert.equal(refused.code, 2);
  assert.match(refused.err, /--allow-remote/);
  const allowed = await runServer(
    ['dev', '--host', '0.0.0.0', '--allow-remote', '--memory'],
    temporaryFolder(),
  );
  assert.equal((await fetch(`${allowed.url}/livez`)).status, 200);
});

async function changeVideo(url: string): Promise<void> {
  const path = '/v1/meetingPreferences/video';
  const answer = await clientOf(url)({ method: 'PUT', path, as: 'john', body: { videoDevices: [] } });
  assert.equal(answer.status, 200);
}

async function videoDevices(url: string): Promise<unknown> {
  return (await clientOf(url)({ path: '/v1/meetingPreferences/video', as: 'john' })).body.videoDevices;
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version']);
    return true;
  } catch {
    return false;
  }
}
