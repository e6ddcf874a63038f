/** Commands and a server as processes of their own, on the same database file. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientOf } from '../helpers/client.ts';
import { run, runServer, temporaryFolder } from '../helpers/process.ts';

const folder = temporaryFolder();

/** Runs a command in the folder whose database the server has, and answers with its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: what a command prints is for the test to judge
async function command(...args: string[]): Promise<any> {
  const { code, out, err } = await run([...args, '--json'], folder);
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

const { url } = await runServer(['serve'], folder);
const client = clientOf(url);
const get = (token: string, path: string) => client({ path, headers: { authorization: `Bearer ${token}` } });

test('a running server follows what commands change, a revoked token above all', async () => {
  await command('organization', 'create', '--name', 'My organization');
  await command('site', 'create', '--site-url', 'meet.example.com');
  const me = ['--email', 'me@example.com', '--display-name', 'My Name'];
  await command('user', 'create', ...me, '--site', 'meet.example.com');
  const { id, value } = await command('token', 'create', '--user', 'me@example.com', '--scopes', 'user');
  const path = '/v1/meetingPreferences/sites';
  const first = await get(value, path);
  assert.deepEqual(first.body, { sites: [{ siteUrl: 'meet.example.com', default: true }] });

  await command('site', 'create', '--site-url', 'two.example.com');
  await command(
    'user',
    'update',
    'me@example.com',
    '--site',
    'two.example.com',
    '--default-site',
    'two.example.com',
  );
  assert.deepEqual((await get(value, path)).body.sites.at(-1), { siteUrl: 'two.example.com', default: true });

  await command('site', 'update', 'two.example.com', '--sip-domain', 'sip.example.com');
  const room = await get(value, '/v1/meetingPreferences/personalMeetingRoom');
  assert.match(room.body.sipAddress, /@sip\.example\.com$/);

  await command('token', 'revoke', id);
  assert.equal((await get(value, path)).status, 401);
});

test('a token of an import works at once, and stops when its user is deleted', async () => {
  const value = 'imported-'.padEnd(40, 'x');
  const user = {
    email: 'you@example.com',
    displayName: 'You',
    sites: [{ siteUrl: 'you.example.com' }],
    tokens: [{ name: 'test', scopes: ['meeting:preferences_read'], value }],
  };
  const organization = { name: 'Imported', sites: [{ siteUrl: 'you.example.com' }], users: [user] };
  const file = join(folder, 'directory.json');
  writeFileSync(file, JSON.stringify({ organizations: [organization] }));
  await command('import', file);
  assert.equal((await get(value, '/v1/meetingPreferences')).status, 200);
  await command('user', 'delete', 'you@example.com', '--yes');
  assert.equal((await get(value, '/v1/meetingPreferences')).status, 401);
});

test('exit codes, and nothing but sentences on standard error', async () => {
  const faulty = join(folder, 'faulty.yaml');
  writeFileSync(faulty, 'organizations:\n  - name: 7\n');
  const refused = await run(['import', faulty], folder);
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.equal(
    refused.err,
    `${faulty}:2: organizations[0].name: name must be text of 1 to 128 characters in one line, not 7; put it in quotes.\n` +
      `Nothing was imported: ${faulty} has a fault.\n`,
  );
  const wrong = await run(['token', 'create', '--user', 'me@example.com', '--scopes', 'none'], folder);
  assert.deepEqual([wrong.code, wrong.out], [2, '']);
  assert.match(wrong.err, /^--scopes must be made of [^\n]+\n$/);
});
