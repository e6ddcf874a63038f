import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DirectoryDocument } from '../../src/commands/document/schema.ts';
import { hashOf } from '../../src/identity/tokens.ts';
import { anteroom, anteroomOn, fileWith, importText, json, newPath, rows } from './command-line.ts';

const page = readFileSync(new URL('../../docs/reference/import-file.md', import.meta.url), 'utf8');
const example = /```yaml\n([\s\S]*?)```/.exec(page)![1]!;

/** Everything that an import may write. */
async function contents(path: string): Promise<unknown[]> {
  const tables = [
    ...['organizations', 'sites', 'users', 'memberships', 'tokens', 'latest_writer'],
    ...['integrations', 'provisioned_groups', 'provisioned_group_members', 'audit_events'],
  ];
  return Promise.all(tables.map((table) => rows(path, `select * from ${table} order by 1, 2`)));
}

function directory(organization: object): string {
  return JSON.stringify({ organizations: [{ name: 'Example', ...organization }] });
}

const site = { siteUrl: 'one.example.com' };

test('the example of the reference page', async () => {
  const path = newPath('a.db');
  const file = fileWith('example.yaml', example);
  const counts = await json(path, 'import', file);
  assert.deepEqual(counts, {
    organizations: { created: 1, changed: 0, unchanged: 0 },
    sites: { created: 2, changed: 0, unchanged: 0 },
    users: { created: 3, changed: 0, unchanged: 0 },
    memberships: { created: 4, changed: 0, unchanged: 0 },
    tokens: { created: 1, changed: 0, unchanged: 0 },
    groups: { created: 1, changed: 0, unchanged: 0 },
    integrations: { created: 1, changed: 0, unchanged: 0 },
    serviceAccounts: { created: 1, changed: 0, unchanged: 0 },
    dryRun: false,
  });
  const john = await json(path, 'user', 'show', 'JOHN.andersen@example.com');
  assert.equal(john.firstName, 'John');
  assert.deepEqual(
    john.sites.map(({ siteUrl, default: isDefault }: { siteUrl: string; default: boolean }) => [
      siteUrl,
      isDefault,
    ]),
    [
      ['site1-example.webex.com', false],
      ['site4-example.webex.com', true],
    ],
  );
  assert.equal(john.sites[1].personalMeetingRoomId, 'john');
  assert.match(john.sites[0].personalMeetingRoomId, /^prSITE\d{8}$/);
});

test('the reference page names every field', () => {
  const names = new Set<string>();
  const visit = (schema: { properties?: Record<string, object>; items?: object }): void => {
    if (schema.items !== undefined) visit(schema.items);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      names.add(name);
      visit(inner);
    }
  };
  visit(DirectoryDocument);
  assert.ok(names.size > 35);
  const missing = [...names].filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missing, []);
});

test('importing twice writes nothing the second time', async () => {
  const path = newPath('a.db');
  const file = fileWith('example.yaml', example);
  await anteroom(path, 'import', file);
  const before = await contents(path);
  const { out } = await anteroom(path, 'import', file);
  assert.equal(
    out,
    'Imported 1 organization (1 unchanged), 2 sites (2 unchanged), 3 users (3 unchanged), 4 memberships (4 unchanged), 1 token (1 unchanged), ' +
      '1 group (1 unchanged), 1 integration (1 unchanged), 1 service account (1 unchanged).',
  );
  assert.deepEqual(await contents(path), before);
});

test('what a file leaves out stays as it is', async () => {
  const path = newPath('a.db');
  await anteroom(path, 'import', fileWith('example.yaml', example));
  const before = await contents(path);
  const users = [
    {
      email: 'admin@example.com',
      displayName: 'Alex Admin',
      sites: [{ siteUrl: 'site4-example.webex.com' }],
    },
    { email: 'john.andersen@example.com', displayName: 'John Andersen' },
  ];
  const sites = [{ siteUrl: 'SITE4-example.webex.com', settings: { hostPinLength: 6 } }];
  const { error } = await importText(path, directory({ sites, users }));
  assert.equal(error, undefined);
  assert.deepEqual(await contents(path), before);
});

test('an existing room keeps its names when its user changes', async () => {
  const path = newPath('a.db');
  const user = { email: 'ann@example.com', displayName: 'Ann', sites: [site] };
  await importText(path, directory({ sites: [site], users: [user] }));
  const rooms = 'select room_id, access_code, meeting_id, initial_pins, site_administrator from memberships';
  const [before] = await rows(path, rooms);
  const promoted = {
    ...user,
    displayName: 'Ann B',
    fullAdministrator: true,
    sites: [{ ...site, siteAdministrator: true }],
  };
  const { out } = await importText(path, directory({ users: [promoted] }));
  assert.match(out, /1 user \(1 changed\), 1 membership \(1 changed\)/);
  assert.deepEqual(await rows(path, rooms), [{ ...before, site_administrator: 1 }]);
});

test('a given room is what the room becomes', async () => {
  const path = newPath('a.db');
  const user = { email: 'ann@example.com', displayName: 'Ann', sites: [site] };
  await importText(path, directory({ sites: [site], users: [user] }));
  const room = {
    accessCode: '1234567890',
    meetingId: '0fc6ec1109e0d9b6c94e1f6caccda976',
    initialPins: '4325000000001314',
  };
  const given = { ...user, sites: [{ ...site, personalMeetingRoomId: 'Ann', room }] };
  await importText(path, directory({ users: [given] }));
  assert.deepEqual(
    await rows(path, 'select room_id, room_key, access_code, meeting_id, initial_pins from memberships'),
    [
      {
        room_id: 'Ann',
        room_key: 'ann',
        access_code: room.accessCode,
        meeting_id: room.meetingId,
        initial_pins: room.initialPins,
      },
    ],
  );
});

test('an id lets a file rename an organization and change an address', async () => {
  const path = newPath('a.db');
  const id = '25bbf831-5be9-4c25-b4b0-9b592c8a086b';
  const organizationId = '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01';
  const user = { id, email: 'old@example.com', displayName: 'Ann', sites: [site] };
  await importText(path, directory({ id: organizationId, sites: [site], users: [user] }));
  const personId = Buffer.from(`ciscospark://us/PEOPLE/${id}`).toString('base64');
  const renamed = {
    name: 'Renamed',
    id: organizationId,
    users: [{ ...user, id: personId, email: 'new@example.com' }],
  };
  const { error } = await importText(path, directory(renamed));
  assert.equal(error, undefined);
  const shown = await json(path, 'user', 'show', 'new@example.com');
  assert.deepEqual([shown.id, shown.organization, shown.sites.length], [id, 'Renamed', 1]);
  assert.equal((await json(path, 'user', 'list')).total, 1);
});

test('a revoked token stays revoked', async () => {
  const path = newPath('a.db');
  const value = 'x'.repeat(40);
  const token = { name: 'test', scopes: ['meeting:preferences_read'], value };
  const user = { email: 'ann@example.com', displayName: 'Ann', sites: [site], tokens: [token] };
  await importText(path, directory({ sites: [site], users: [user] }));
  const [{ id }] = (await json(path, 'token', 'list')).tokens;
  const { revoked } = await json(path, 'token', 'revoke', id);
  assert.equal((await importText(path, directory({ users: [user] }))).error, undefined);
  assert.deepEqual(await rows(path, 'select hash, revoked from tokens'), [{ hash: hashOf(value), revoked }]);
});

test('a file can revoke a token, and move its expiry', async () => {
  const path = newPath('a.db');
  const token = { name: 'test', scopes: ['meeting:preferences_read'], value: 'x'.repeat(40) };
  const user = { email: 'ann@example.com', displayName: 'Ann', sites: [site] };
  await importText(path, directory({ sites: [site], users: [{ ...user, tokens: [token] }] }));
  const changed = { ...token, expires: '2030-01-31T12:00:00+02:00', revoked: '2026-01-01T00:00:00Z' };
  await importText(path, directory({ users: [{ ...user, tokens: [changed] }] }));
  const [listed] = (await json(path, 'token', 'list')).tokens;
  assert.equal(listed.expires, '2030-01-31T10:00:00.000Z');
  assert.equal(listed.revoked, '2026-01-01T00:00:00.000Z');
});

test('--dry-run counts and writes nothing', async () => {
  const path = newPath('a.db');
  const { out } = await anteroom(path, 'import', fileWith('example.yaml', example), '--dry-run');
  assert.match(out, /^Nothing was written\. The file would import 1 organization \(1 new\), 2 sites/);
  assert.deepEqual(await rows(path, 'select * from organizations'), []);
});

test('2,000 users: rooms are distinct, and only a terminal sees a bar', async () => {
  const path = newPath('a.db');
  const rule = { prefix: 'r', siteLetters: 0, digits: 6 };
  const users = Array.from({ length: 2_000 }, (_, index) => ({
    email: `user${index}@example.com`,
    displayName: `User ${index}`,
    sites: [site],
  }));
  const text = directory({ sites: [{ ...site, settings: { roomIdRule: rule } }], users });
  const first = await anteroomOn(true, path, 'import', fileWith('large.json', text));
  assert.equal(first.error, undefined);
  assert.match(first.err, /^Importing \[#+\.+\] \d+ %/);
  const second = await importText(path, text);
  assert.equal(second.err, '');
  assert.match(second.out, /2000 users \(2000 unchanged\), 2000 memberships \(2000 unchanged\)/);
  const [count] = await rows(
    path,
    "select count(distinct room_key) as ids from memberships where room_id like 'r______'",
  );
  assert.equal(count!.ids, 2_000);
});
