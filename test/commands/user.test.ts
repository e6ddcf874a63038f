import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anteroom, json, rows } from './command-line.ts';
import { createUser, refused, site, small } from './small-directory.ts';

test('create and show', async () => {
  const path = await small();
  const id = '25bbf831-5be9-4c25-b4b0-9b592c8a086b';
  const shown = await json(path, 'user', 'show', 'ANN@example.com');
  assert.equal(shown.fullAdministrator, true);
  assert.deepEqual([shown.firstName, shown.lastName], ['Ann', 'Other Name']);
  assert.deepEqual(
    shown.sites.map(({ personalMeetingRoomId: _, ...rest }: Record<string, unknown>) => rest),
    [{ siteUrl: site, default: true, siteAdministrator: true }],
  );
  const personId = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8yNWJiZjgzMS01YmU5LTRjMjUtYjRiMC05YjU5MmM4YTA4NmI';
  const flags = [
    '--site',
    site,
    '--site',
    'two.example.com',
    '--default-site',
    'two.example.com',
    '--id',
    personId,
  ];
  await createUser(path, 'bob@example.com', ...flags);
  const bob = await json(path, 'user', 'show', 'bob@example.com');
  assert.deepEqual([bob.id, bob.personId, bob.fullAdministrator], [id, personId, false]);
  assert.deepEqual(
    bob.sites.map((entry: { default: boolean }) => entry.default),
    [false, true],
  );
});

test('update changes what is named and nothing else', async () => {
  const path = await small();
  const email = 'ann@example.com';
  const before = await json(path, 'user', 'show', email);
  assert.deepEqual(await json(path, 'user', 'update', email), before);
  const bob = 'bob@example.com';
  await createUser(path, bob, '--site', site);
  const same = await json(path, 'user', 'update', bob, '--first-name', 'Bob');
  assert.deepEqual([same.fullAdministrator, same.firstName, same.lastName], [false, 'Bob', 'Other Name']);
  const changed = await json(
    path,
    'user',
    'update',
    email,
    ...['--email', 'new@example.com', '--no-full-administrator', '--not-site-administrator', site],
    ...['--site', 'two.example.com', '--default-site', 'two.example.com'],
  );
  assert.deepEqual(
    [changed.id, changed.email, changed.fullAdministrator],
    [before.id, 'new@example.com', false],
  );
  assert.deepEqual(changed.sites[0], { ...before.sites[0], default: false, siteAdministrator: false });
  const left = await json(path, 'user', 'update', 'new@example.com', '--remove-site', 'TWO.example.com');
  assert.deepEqual(left.sites, [{ ...changed.sites[0], default: true }]);
});

test('what is refused', async () => {
  const path = await small();
  const create = ['user', 'create', '--display-name', 'Name', '--email'];
  await refused(
    'CommandError',
    /ann@example\.com exists already, in the organization "Example"/,
    path,
    ...create,
    'ANN@example.com',
  );
  await refused('UsageError', /email must be an e-mail address .*not "ann"/, path, ...create, 'ann');
  await refused(
    'CommandError',
    /no\.example\.com is unknown/,
    path,
    ...create,
    'a@b.c',
    '--site',
    'no.example.com',
  );
  await refused(
    'CommandError',
    /none of the sites of a@b\.c/,
    path,
    ...create,
    'a@b.c',
    '--default-site',
    site,
  );
  await refused(
    'CommandError',
    /no user "b@b\.c"\. `anteroom user list` shows all/,
    path,
    'user',
    'show',
    'b@b.c',
  );
  await refused(
    'CommandError',
    /is not on the site two\.example\.com/,
    path,
    'user',
    'update',
    'ann@example.com',
    '--remove-site',
    'two.example.com',
  );
  await createUser(path, 'bob@example.com');
  await refused(
    'CommandError',
    /bob@example\.com has the id \S+ already/,
    path,
    'user',
    'update',
    'ann@example.com',
    '--email',
    'bob@example.com',
  );
  await refused(
    'UsageError',
    /their preferences on 1 site, for good/,
    path,
    'user',
    'delete',
    'ann@example.com',
  );
  assert.equal((await json(path, 'user', 'delete', 'ann@example.com', '--yes')).email, 'ann@example.com');
  assert.deepEqual(await rows(path, 'select * from memberships'), []);
});

test('lists are bounded, and say how much there is', async () => {
  const path = await small();
  for (const name of ['b', 'c', 'd'])
    await createUser(path, `${name}@example.com`, '--site', 'two.example.com');
  const { out } = await anteroom(path, 'user', 'list', '--limit', '2', '--offset', '1');
  assert.match(out, /\nb@example\.com [^\n]*\nc@example\.com [^\n]*\n\n4 users, 2 to 3 shown\.$/);
  const { users, total } = await json(path, 'user', 'list', '--site', 'TWO.example.com', '--limit', '1');
  assert.deepEqual([users.length, total], [1, 3]);
  assert.equal((await anteroom(path, 'user', 'list', '--offset', '9')).out, 'There are only 4 users.');
  await refused(
    'UsageError',
    /--limit must be a whole number from 1 to 10000, not "0"/,
    path,
    'user',
    'list',
    '--limit',
    '0',
  );
});
