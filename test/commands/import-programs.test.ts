/** Integrations and service accounts: what an import makes of them, and an export tells. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tokenRequest } from '../helpers/integrations.ts';
import { addToken } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { anteroom, fileWith, importText, json, newPath, openPath, rows } from './command-line.ts';
import { ann, document, otherUuid, scopes, sha256, site, testCases, uuid } from './faults.ts';

const callback = 'https://notes.example.net/callback';
const notes = { clientId: uuid, kind: 'web', name: 'Notes', redirectUrls: [callback], scopes };
const account = { clientId: otherUuid, name: 'Nightly', scopes, secretSha256: sha256 };
const actions = 'select action, target_name from audit_events order by created, action';

async function imported(path: string, organization: object): Promise<string> {
  const { out, error } = await importText(path, JSON.stringify(document(organization)));
  assert.equal(error, undefined);
  return out;
}

test('what is left out stays, what is given is what it becomes, twice is once', async () => {
  const path = newPath('a.db');
  const first = {
    ...notes,
    description: 'Of meetings\nand calls',
    contactEmail: ann.email,
    secretSha256: sha256,
  };
  assert.match(await imported(path, { integrations: [first] }), /1 integration \(1 new\)/);
  assert.match(await imported(path, { integrations: [notes] }), /1 integration \(1 unchanged\)/);
  const other = `B${sha256.slice(1)}`;
  const changed = { ...notes, redirectUrls: [], name: 'Better notes', secretSha256: other };
  assert.match(await imported(path, { integrations: [changed] }), /1 integration \(1 changed\)/);
  const columns = 'name, description, contact_email, redirect_urls, secret_hash, created_by';
  assert.deepEqual(await rows(path, `select ${columns} from integrations`), [
    {
      name: 'Better notes',
      description: first.description,
      contact_email: ann.email,
      redirect_urls: '[]',
      secret_hash: other,
      created_by: '',
    },
  ]);
  assert.deepEqual(await rows(path, actions), [
    { action: 'integration-created', target_name: 'Notes' },
    { action: 'integration-updated', target_name: 'Better notes' },
  ]);
});

test('a service account is a machine with roles, which a file can take away again', async () => {
  const path = newPath('a.db');
  const sites = [{ ...site, siteAdministrator: true }];
  const full = { ...account, fullAdministrator: true, sites };
  assert.match(await imported(path, { serviceAccounts: [full] }), /1 service account \(1 new\)/);
  assert.match(await imported(path, { serviceAccounts: [account] }), /1 service account \(1 unchanged\)/);
  const machines = 'select kind, email, full_administrator, active from users';
  const [{ userId }] = (await exported(path)).serviceAccounts;
  const email = `${userId}@service-account.invalid`;
  assert.deepEqual(await rows(path, machines), [
    { kind: 'machine', email, full_administrator: 1, active: 1 },
  ]);
  const less = { ...account, fullAdministrator: false, active: false };
  assert.match(await imported(path, { serviceAccounts: [less] }), /1 service account \(1 changed\)/);
  assert.deepEqual(await rows(path, machines), [
    { kind: 'machine', email, full_administrator: 0, active: 0 },
  ]);
  // Not among the people, and deleted as every service account is.
  assert.equal((await json(path, 'user', 'list')).total, 0);
  await anteroom(path, 'service-account', 'delete', otherUuid, '--yes');
  assert.deepEqual(await rows(path, machines), []);
});

// biome-ignore lint/suspicious/noExplicitAny: what an export says is for the test to judge
async function exported(path: string): Promise<any> {
  return JSON.parse((await anteroom(path, 'export')).out).organizations[0];
}

test('programs go on working in the database that they are moved to, with the secrets they have', async () => {
  const path = newPath('a.db');
  await anteroom(path, 'organization', 'create', '--name', 'Example');
  await anteroom(path, 'site', 'create', '--site-url', site.siteUrl);
  const scope = 'meeting:admin_preferences_read';
  const made = await json(
    path,
    ...['service-account', 'create', '--name', 'Nightly', '--scopes', scope, '--full-administrator'],
    ...['--site-administrator', site.siteUrl],
  );
  const created = ['integration', 'create', '--name', 'Notes', '--scopes', 'all', '--redirect-url', callback];
  const integration = await json(path, ...created, '--description', 'Of meetings');
  const file = newPath('directory.yaml');
  await anteroom(path, 'export', file);
  for (const secret of [made.clientSecret, integration.clientSecret]) {
    assert.equal(readFileSync(file, 'utf8').includes(secret), false);
  }
  const moved = newPath('moved.db');
  assert.equal((await anteroom(moved, 'import', file)).error, undefined);
  const { url } = await startServer({ database: await openPath(moved) });
  const credentials = { client_id: made.clientId, client_secret: made.clientSecret };
  const fields = { grant_type: 'client_credentials', ...credentials };
  const { status, body } = await tokenRequest(url, fields);
  assert.equal(status, 200, JSON.stringify(body));
  const headers = { authorization: `Bearer ${body.access_token}` };
  const list = `${url}/v1/admin/meetingPreferences/users?siteUrl=${site.siteUrl}`;
  assert.equal((await fetch(list, { headers })).status, 200);
  const wrong = await tokenRequest(url, { ...fields, client_secret: integration.clientSecret });
  assert.equal(wrong.status, 401);
  assert.deepEqual(await json(moved, 'integration', 'list').then(withoutTimes), {
    ...(await json(path, 'integration', 'list').then(withoutTimes)),
  });
  assert.deepEqual(await exported(moved), await exported(path));
});

/** Times of making are those of the database. */
function withoutTimes({ integrations }: { integrations: object[] }): object {
  return { integrations: integrations.map((facts) => ({ ...facts, created: undefined })) };
}

test('a token that an integration obtained is not the user’s to take along', async () => {
  const path = newPath('a.db');
  await imported(path, { users: [ann], integrations: [notes] });
  const database = await openPath(path);
  const [{ id }] = (await database.all('select id from users', [])) as [{ id: string }];
  await addToken(database, id, 'own');
  await addToken(database, id, 'obtained');
  const obtained = "update tokens set integration_id = ? where name = 'obtained'";
  await database.write([{ sql: obtained, values: [uuid], changes: 1 }]);
  await database.close();
  const names = (await exported(path)).users[0].tokens.map(({ name }: { name: string }) => name);
  assert.deepEqual(names, ['own']);
});

const place = 'organizations[0].integrations';
testCases([
  [
    'a client id twice, of different programs',
    document({ integrations: [notes], serviceAccounts: [{ ...account, clientId: uuid }] }),
    ['organizations[0].serviceAccounts[0].clientId', /stands at organizations\[0\]\.integrations\[0\]/],
  ],
  [
    'redirect URLs that lead elsewhere',
    document({ integrations: [{ ...notes, redirectUrls: [callback, 'http://notes.example.net/', 'x'] }] }),
    [`${place}[0].redirectUrls[1]`, /The redirect URL "http:\/\/notes\.example\.net\/" must /],
    [`${place}[0].redirectUrls[2]`, /The redirect URL "x" must /],
  ],
  [
    'a native program with a secret',
    document({ integrations: [{ ...notes, kind: 'native', secretSha256: sha256 }] }),
    [`${place}[0].secretSha256`, /must have no secretSha256/],
  ],
  [
    'a secret that is none, and is not repeated',
    document({ serviceAccounts: [{ ...account, secretSha256: 'hunter2' }] }),
    [
      'organizations[0].serviceAccounts[0].secretSha256',
      /must be the 43 characters of a SHA-256.*padding\.$/,
    ],
  ],
  [
    'a service account without a secret, of another kind of id',
    document({ serviceAccounts: [{ clientId: 'nightly', name: 'Nightly', scopes }] }),
    ['organizations[0].serviceAccounts[0].clientId', /must be a uuid/],
    ['organizations[0].serviceAccounts[0].secretSha256', /is missing/],
  ],
  [
    'a machine on a site that is not there',
    document({ serviceAccounts: [{ ...account, sites: [{ siteUrl: 'nowhere.example.com' }] }] }),
    ['organizations[0].serviceAccounts[0].sites[0].siteUrl', /is unknown: list it under sites/],
  ],
]);

test('what does not fit the database', async () => {
  const path = newPath('a.db');
  const other = {
    name: 'Other',
    integrations: [{ ...notes, clientId: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d03' }],
  };
  const example = { name: 'Example', sites: [site], users: [{ ...ann, id: uuid }] };
  const accounts = { integrations: [notes], serviceAccounts: [account] };
  await importText(path, JSON.stringify({ organizations: [{ ...example, ...accounts }, other] }));
  const before = await rows(path, 'select * from integrations order by id');
  const file = fileWith(
    'conflicts.json',
    JSON.stringify(
      document({
        integrations: [
          { ...notes, kind: 'native' },
          { ...notes, clientId: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d03' },
        ],
        serviceAccounts: [
          { ...account, userId: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d04' },
          { ...account, clientId: '3b0f2f8e-93b5-4b39-8c77-0f8a1f6f7d05', userId: uuid },
        ],
      }),
      null,
      2,
    ),
  );
  const { err, error } = await anteroom(path, 'import', file);
  assert.match(error!.message, /has 4 faults/);
  const expected = [
    /integrations\[0\]\.clientId: .* belongs to a program of the kind web in the database\./,
    /integrations\[1\]\.clientId: .* belongs to another organization of the database\./,
    /serviceAccounts\[0\]\.userId: The service account .* has the userId .* already\./,
    /serviceAccounts\[1\]\.userId: .* belongs to another user in the database\./,
  ];
  for (const [index, line] of err.split('\n').entries()) assert.match(line, expected[index]!);
  assert.deepEqual(await rows(path, 'select * from integrations order by id'), before);
});
