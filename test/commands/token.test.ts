import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allScopes } from '../../src/identity/scopes.ts';
import { anteroom, json, rows } from './command-line.ts';
import { refused, small } from './small-directory.ts';

test('the value is shown once, and is kept nowhere', async () => {
  const path = await small();
  const create = ['token', 'create', '--user', 'ann@example.com'];
  const made = await json(path, ...create, '--scopes', 'admin-read', '--name', 'test', '--expires-in', '30d');
  assert.match(made.value, /^[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(made.scopes, ['meeting:preferences_read', 'meeting:admin_preferences_read']);
  assert.equal(Math.round((Date.parse(made.expires) - Date.parse(made.created)) / 86_400_000), 30);
  const bare = await anteroom(path, ...create, '--scopes', 'all');
  assert.match(bare.out, /^[A-Za-z0-9_-]{43}$/);
  assert.match(bare.err, /^This is the only time the token is shown\. Its id is \S+\.$/);
  const listing =
    (await anteroom(path, 'token', 'list', '--json')).out + (await anteroom(path, 'token', 'list')).out;
  const [stored] = await rows(path, "select hash from tokens where name = 'test'");
  for (const secret of [made.value, bare.out, stored!.hash as string]) assert.ok(!listing.includes(secret));
  const { value: _, ...facts } = made;
  assert.deepEqual((await json(path, 'token', 'list', '--user', 'ann@example.com')).tokens[1], facts);
});

test('scopes and expiry', async () => {
  const path = await small();
  const create = ['token', 'create', '--user', 'ann@example.com', '--scopes'];
  const scopes = async (list: string) => (await json(path, ...create, list)).scopes;
  assert.deepEqual(await scopes('all'), allScopes);
  assert.deepEqual(await scopes('user'), ['meeting:preferences_read', 'meeting:preferences_write']);
  assert.deepEqual(await scopes('meeting:admin_config_read, user-read'), [
    'meeting:preferences_read',
    'meeting:admin_config_read',
  ]);
  const until = await json(path, ...create, 'user', '--expires', '2999-01-31');
  assert.equal(until.expires, '2999-01-31T00:00:00.000Z');
  await refused('UsageError', /--scopes must be made of all, user, .*not "admin"/, path, ...create, 'admin');
  await refused('UsageError', /--scopes must be made of .*not "constructor"/, path, ...create, 'constructor');
  await refused(
    'UsageError',
    /--expires-in must be a number of/,
    path,
    ...create,
    'user',
    '--expires-in',
    '1y',
  );
  await refused(
    'UsageError',
    /--expires must be in the future/,
    path,
    ...create,
    'user',
    '--expires',
    '2020-01-31',
  );
  await refused(
    'UsageError',
    /--expires must be a day or a time/,
    path,
    ...create,
    'user',
    '--expires',
    'tomorrow',
  );
  await refused(
    'UsageError',
    /either --expires or --expires-in/,
    path,
    ...create,
    'user',
    '--expires',
    '2999-01-31',
    '--expires-in',
    '1d',
  );
  await refused(
    'CommandError',
    /no user "b@b\.c"/,
    path,
    'token',
    'create',
    '--user',
    'b@b.c',
    '--scopes',
    'all',
  );
});

test('revoke and delete', async () => {
  const path = await small();
  const { id } = await json(path, 'token', 'create', '--user', 'ann@example.com', '--scopes', 'all');
  const revoked = await json(path, 'token', 'revoke', id);
  assert.match(revoked.revoked, /^\d{4}-.*Z$/);
  assert.deepEqual(await json(path, 'token', 'revoke', id), revoked);
  await refused(
    'UsageError',
    /^This deletes the token "made on the command line" of ann@example\.com/,
    path,
    'token',
    'delete',
    id,
  );
  await anteroom(path, 'token', 'delete', id, '--yes');
  assert.equal((await json(path, 'token', 'list')).total, 0);
  await refused('CommandError', /There is no token with the id/, path, 'token', 'revoke', id);
});
