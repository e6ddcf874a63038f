/** The key of `anteroom serve`: made once, for its owner alone, and asked for ever after. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { onlyOn } from '../helpers/databases.ts';
import { run, runServer, temporaryFolder } from '../helpers/process.ts';
import { newKey } from '../secrets/sealed-databases.ts';

async function stopped(folder: string, ...args: string[]): Promise<string> {
  const { child, finished, screen } = await runServer(['serve', ...args], folder);
  child.kill('SIGTERM');
  assert.equal((await finished).code, 0);
  return screen();
}

test('serve makes a key once, and does not start without it', onlyOn('sqlite'), async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'data', 'anteroom.key');
  assert.match(await stopped(folder), /Made the key data\/anteroom\.key, .*\. Keep a copy/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.doesNotMatch(await stopped(folder, '--workers', '2'), /Made the key/);
  renameSync(file, `${file}.away`);
  const { code, err } = await run(['serve', '--port', '0'], folder);
  assert.equal(code, 1);
  assert.match(
    err,
    /^The secrets of this database are sealed with the key [0-9a-f]{12}, and no key is given\./,
  );
  const listed = await run(['user', 'list'], folder);
  assert.equal(listed.code, 1);
  assert.equal((await run(['migrate'], folder)).code, 0);
  renameSync(`${file}.away`, file);
  assert.equal((await run(['user', 'list'], folder)).code, 0);
});

test(
  'what was imported before the first start is sealed by it; rotation takes a list of keys',
  onlyOn('sqlite'),
  async () => {
    const folder = temporaryFolder();
    const initialPins = '4325827364551314';
    const sites = [{ siteUrl: 'site.example', room: { initialPins } }];
    const users = [{ email: 'ann@example.com', displayName: 'Ann', sites }];
    const organization = { name: 'Org', sites: [{ siteUrl: 'site.example' }], users };
    writeFileSync(join(folder, 'in.json'), JSON.stringify({ organizations: [organization] }));
    assert.equal((await run(['import', 'in.json'], folder)).code, 0);
    await stopped(folder);
    const exported = async () => JSON.parse((await run(['export'], folder)).out);
    const pinsIn = (text: { organizations: { users: { sites: { room: object }[] }[] }[] }) =>
      (text.organizations[0]!.users[0]!.sites[0]!.room as { initialPins: string }).initialPins;
    assert.equal(pinsIn(await exported()), initialPins);
    const file = join(folder, 'data', 'anteroom.key');
    const old = readFileSync(file, 'utf8');
    writeFileSync(file, `${newKey()}\n${old}`);
    const { code, out } = await run(['secrets', 'rotate', '--json'], folder);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).sealed, 1);
    writeFileSync(file, readFileSync(file, 'utf8').split('\n')[0]!);
    assert.equal(pinsIn(await exported()), initialPins);
    writeFileSync(file, old);
    assert.equal((await run(['export'], folder)).code, 1);
  },
);

test('rotation without a key says how to give one', onlyOn('sqlite'), async () => {
  const { code, err } = await run(['secrets', 'rotate'], temporaryFolder());
  assert.equal(code, 2);
  assert.match(err, /ANTEROOM_SECRETS_KEY or --secrets-key-file/);
});
