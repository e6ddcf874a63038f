import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, json, rows } from './command-line.ts';
import { refused, small } from './small-directory.ts';

const create = ['integration', 'create', '--name', 'Notes', '--scopes', 'user'];
const redirect = ['--redirect-url', 'https://notes.example.net/callback'];

test('the secret is shown once, and is kept nowhere', async () => {
  const path = await small();
  const made = await json(path, ...create, ...redirect);
  assert.match(made.clientSecret, /^[\w-]{43}$/);
  assert.deepEqual(made.redirectUrls, ['https://notes.example.net/callback']);
  const bare = await anteroom(path, ...create, ...redirect);
  assert.match(bare.out, /^Client id {6}\S+\nClient secret {2}\S{43}$/);
  assert.match(bare.err, /only time/);
  const { integrations, total } = await json(path, 'integration', 'list');
  assert.equal(total, 2);
  const { clientSecret: _, ...facts } = made;
  assert.deepEqual(integrations[0], facts);
  const stored = JSON.stringify(await rows(path, 'select * from integrations'));
  assert.ok(!stored.includes(made.clientSecret));
});

test('a program that cannot keep a secret has none', async () => {
  const path = await small();
  for (const flag of ['--public', '--native']) {
    assert.equal((await json(path, ...create, ...redirect, flag)).clientSecret, null);
  }
  assert.match((await anteroom(path, ...create, ...redirect, '--public')).out, /Client secret {2}none/);
});

test('redirect URLs and scopes are judged', async () => {
  const path = await small();
  await refused(
    'UsageError',
    /redirect URL "http:\/\/a.example\/" must begin with/,
    path,
    ...create,
    '--redirect-url',
    'http://a.example/',
  );
  await refused('UsageError', /--scopes must be/, path, ...create.slice(0, -1), 'everything');
  assert.equal((await json(path, 'integration', 'list')).total, 0);
});

test('deleting asks twice, and knows integrations alone', async () => {
  const path = await small();
  const { clientId } = await json(path, ...create, ...redirect);
  const account = await json(path, 'service-account', 'create', '--name', 'Report', '--scopes', 'all');
  await refused('UsageError', /with all its tokens/, path, 'integration', 'delete', clientId);
  await refused(
    'CommandError',
    /no integration with the client id/,
    path,
    'integration',
    'delete',
    account.clientId,
    '--yes',
  );
  await json(path, 'integration', 'delete', clientId, '--yes');
  assert.equal((await json(path, 'integration', 'list')).total, 0);
});
