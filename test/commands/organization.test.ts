import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, json, newPath, rows } from './command-line.ts';
import { refused, small } from './small-directory.ts';

test('create, list, delete', async () => {
  const path = newPath('a.db');
  const id = '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01';
  const made = await json(path, 'organization', 'create', '--name', 'Example', '--id', id);
  assert.deepEqual([made.name, made.id, made.sites, made.users], ['Example', id, 0, 0]);
  await refused(
    'CommandError',
    /"Example" exists already/,
    path,
    'organization',
    'create',
    '--name',
    'Example',
  );
  await refused(
    'UsageError',
    /id must be a uuid/,
    path,
    'organization',
    'create',
    '--name',
    'B',
    '--id',
    'x',
  );
  await refused('UsageError', /name must be text of 1 to 128/, path, 'organization', 'create', '--name', '');
  await refused('CommanderError', /required option '--name/, path, 'organization', 'create');
  const { out } = await anteroom(path, 'organization', 'list');
  assert.match(
    out,
    /^name +id +sites +users +created\nExample +1f8a1c52\S+ +0 +0 +\S+Z\n\n1 organization\.$/,
  );
  await refused(
    'UsageError',
    /^This deletes .*Add --yes to do it\.$/,
    path,
    'organization',
    'delete',
    'Example',
  );
  await refused('CommandError', /There is no organization "B"/, path, 'organization', 'delete', 'B', '--yes');
  assert.match((await anteroom(path, 'organization', 'delete', 'Example', '--yes')).out, /^Deleted/);
  assert.equal((await anteroom(path, 'organization', 'list')).out, 'There are no organizations.');
});

test('deleting an organization takes everything in it', async () => {
  const path = await small();
  await anteroom(path, 'token', 'create', '--user', 'ann@example.com', '--scopes', 'all');
  await anteroom(path, 'organization', 'delete', 'Example', '--yes');
  for (const table of ['organizations', 'sites', 'users', 'memberships', 'tokens']) {
    assert.deepEqual(await rows(path, `select * from ${table}`), []);
  }
});
