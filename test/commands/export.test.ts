import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { seedDemo } from '../../src/development/demo.ts';
import { clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { anteroom, importText, json, newPath, openPath, rows } from './command-line.ts';

async function demo(): Promise<string> {
  const path = newPath('demo.db');
  const database = await openPath(path);
  await seedDemo(database, new Date().toISOString());
  await database.close();
  return path;
}

for (const extension of ['json', 'yaml', 'yml']) {
  test(`export, import and export give the same ${extension}`, async () => {
    const path = await demo();
    const [{ id }] = (await json(path, 'token', 'list', '--user', 'admin@example.com')).tokens;
    await anteroom(path, 'token', 'revoke', id);
    await anteroom(
      path,
      'token',
      'create',
      '--user',
      'admin@example.com',
      '--scopes',
      'all',
      '--expires-in',
      '1d',
    );
    await anteroom(path, 'organization', 'create', '--name', 'Empty: "one"');
    const example = {
      name: 'Example',
      users: [
        { email: 'marcus.hoffmann@example.com', displayName: 'Marcus', active: false, externalId: '7: x' },
      ],
      groups: [{ displayName: 'Team "A"\n', members: ['john.andersen@example.com', 'admin@example.com'] }],
    };
    await importText(path, JSON.stringify({ organizations: [example] }));
    await anteroom(
      path,
      'service-account',
      'create',
      '--organization',
      'Example',
      '--name',
      'Nightly',
      '--scopes',
      'all',
    );
    for (const name of ['One', 'Two']) {
      const flags = [
        '--organization',
        'Example',
        '--scopes',
        'all',
        '--redirect-url',
        'https://one.example/',
      ];
      await anteroom(path, 'integration', 'create', '--name', name, ...flags);
    }
    const file = newPath(`first.${extension}`);
    const again = newPath(`second.${extension}`);
    await anteroom(path, 'export', file);
    const moved = newPath('moved.db');
    assert.equal((await anteroom(moved, 'import', file)).error, undefined);
    await anteroom(moved, 'export', again);
    assert.equal(readFileSync(again, 'utf8'), readFileSync(file, 'utf8'));
    assert.match(
      (await anteroom(path, 'import', file)).out,
      /5 sites|6 sites \(6 unchanged\), 7 users \(7 unchanged\)/,
    );
  });
}

test('an empty database, in both formats and on standard output', async () => {
  const path = newPath('empty.db');
  assert.deepEqual(JSON.parse((await anteroom(path, 'export')).out), { organizations: [] });
  const file = newPath('empty.yaml');
  await anteroom(path, 'export', file);
  assert.equal(readFileSync(file, 'utf8'), 'organizations: []\n');
  assert.match((await anteroom(path, 'import', file)).out, /^Imported nothing/);
});

test('standard output has the text of the file', async () => {
  const path = await demo();
  const file = newPath('directory.json');
  await anteroom(path, 'export', file);
  assert.equal(`${(await anteroom(path, 'export')).out}\n`, readFileSync(file, 'utf8'));
});

test('the file is for its owner alone, also where another one stood', async () => {
  const path = await demo();
  const file = newPath('directory.json');
  writeFileSync(file, '');
  chmodSync(file, 0o644);
  const { err } = await anteroom(path, 'export', file);
  assert.equal(err, `Exported to ${file}. It holds PINs: keep it secret.`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.doesNotMatch(readFileSync(file, 'utf8'), /anteroom-dev-/);
});

test('a place that cannot be written to', async () => {
  const path = await demo();
  const { error } = await anteroom(path, 'export', join(dirname(path), 'nowhere', 'directory.json'));
  assert.equal(error?.name, 'CommandError');
  assert.match(error!.message, /^.*directory\.json cannot be written: ENOENT/);
});

test('a client sees no difference after the move', async () => {
  const path = await demo();
  // Preferences that somebody changed are not part of the file: everybody starts with what was never changed.
  const database = await openPath(path);
  await database.write([{ sql: 'delete from preferences', values: [] }]);
  const file = newPath('directory.json');
  const movedPath = newPath('moved.db');
  await anteroom(path, 'export', file);
  await anteroom(movedPath, 'import', file);
  const moved = await openPath(movedPath);
  const before = clientOf((await startServer({ database })).url);
  const after = clientOf((await startServer({ database: moved })).url);
  for (const as of ['john', 'marcus', 'admin', 'site-admin', 'other-olga', 'john-read']) {
    const request = { path: '/v1/meetingPreferences', as };
    const answer = await after(request);
    assert.equal(answer.status, 200);
    assert.equal(answer.text, (await before(request)).text);
  }
  assert.deepEqual(
    await rows(movedPath, 'select id, email from users order by id'),
    await rows(path, 'select id, email from users order by id'),
  );
});
