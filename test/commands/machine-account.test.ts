import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, json, rows } from './command-line.ts';
import { refused, small } from './small-directory.ts';

const create = ['service-account', 'create', '--name', 'Nightly report', '--scopes', 'admin-read'];

test('the account acts as a machine with the roles it is given, which no list of people shows', async () => {
  const path = await small();
  const people = await json(path, 'user', 'list');
  const [site] = await rows(path, 'select site_url from sites order by site_url');
  const siteUrl = site!.site_url as string;
  const made = await json(path, ...create, '--full-administrator', '--site-administrator', siteUrl);
  assert.match(made.clientSecret, /^[\w-]{43}$/);
  const machines = await rows(path, "select * from users where kind = 'machine'");
  assert.equal(machines.length, 1);
  assert.equal(machines[0]!.full_administrator, 1);
  assert.equal(machines[0]!.default_site_url, siteUrl);
  const roles = await rows(
    path,
    `select site_url, site_administrator from memberships where user_id = '${machines[0]!.id}'`,
  );
  assert.deepEqual(roles, [{ site_url: siteUrl, site_administrator: 1 }]);
  assert.deepEqual(await json(path, 'user', 'list'), people);
  assert.ok(!(await anteroom(path, 'export')).out.includes('service-account.invalid'));
});

test('without a role it has none', async () => {
  const path = await small();
  await json(path, ...create);
  const [machine] = await rows(path, "select * from users where kind = 'machine'");
  assert.equal(machine!.full_administrator, 0);
  assert.equal(machine!.default_site_url, null);
});

test('an unknown site is refused, and nothing is made', async () => {
  const path = await small();
  await refused('CommandError', /no site/, path, ...create, '--site', 'nowhere.example.com');
  assert.deepEqual(await rows(path, 'select * from integrations'), []);
  assert.deepEqual(await rows(path, "select * from users where kind = 'machine'"), []);
});

test('deleting takes the machine along', async () => {
  const path = await small();
  const { clientId } = await json(path, ...create);
  await json(path, 'service-account', 'delete', clientId, '--yes');
  assert.deepEqual(await rows(path, "select * from users where kind = 'machine'"), []);
  assert.equal((await json(path, 'service-account', 'list')).total, 0);
});
