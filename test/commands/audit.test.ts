/** What commands and imports leave in the audit log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuditStore } from '../../src/audit/audit-store.ts';
import { sentenceOf } from '../../src/audit/events.ts';
import { anteroom, importText, json, newPath, openPath } from './command-line.ts';

const organizationId = '6f6d2a34-5a0c-4c55-8f3f-3c1f0a1d2b01';
const site = 'site.example';
const all = { organizationId, from: '2000', to: '3000', actorId: '', categories: [], max: 100, offset: 0 };

/** The sentences of the log, in the order in which things happened. */
async function logOf(path: string): Promise<string[]> {
  const database = await openPath(path);
  try {
    const events = await new AuditStore(database).list(all);
    assert.ok(events.every(({ actorId, actorName }) => actorId === '' && actorName === 'The command line'));
    return events.map(sentenceOf).sort();
  } finally {
    await database.close();
  }
}

async function directory(users: readonly object[]): Promise<string> {
  const path = newPath('audit.db');
  await importUsers(path, users);
  return path;
}

async function importUsers(path: string, users: readonly object[]): Promise<void> {
  const organization = { name: 'Org', id: organizationId, sites: [{ siteUrl: site }], users };
  const { error } = await importText(path, JSON.stringify({ organizations: [organization] }));
  assert.equal(error, undefined);
}

const ann = { email: 'ann@example.com', displayName: 'Ann' };

test('an import tells of roles and tokens, once', async () => {
  const token = { name: 'sync', sha256: 'A'.repeat(43), scopes: ['meeting:preferences_read'] };
  const sites = [{ siteUrl: site, siteAdministrator: true }];
  const users = [{ ...ann, fullAdministrator: true, sites, tokens: [token] }];
  const path = await directory(users);
  const first = [
    'The command line created the token "sync" of Ann.',
    'The command line made Ann a full administrator.',
    `The command line made Ann an administrator of ${site}.`,
  ];
  assert.deepEqual(await logOf(path), first);
  await importUsers(path, users);
  assert.deepEqual(await logOf(path), first);
  await importUsers(path, [{ ...ann, tokens: [{ ...token, revoked: '2026-01-01T00:00:00Z' }] }]);
  assert.deepEqual(await logOf(path), [...first, 'The command line revoked the token "sync" of Ann.'].sort());
});

test('user commands tell of roles that are given and taken', async () => {
  const path = await directory([]);
  const user = ['user', 'create', '--email', ann.email, '--display-name', 'Ann', '--site', site];
  await json(path, ...user);
  assert.deepEqual(await logOf(path), []);
  const update = (...more: string[]) => json(path, 'user', 'update', ann.email, ...more);
  await update('--full-administrator', '--site-administrator', site);
  await update('--no-full-administrator');
  await update('--remove-site', site);
  assert.deepEqual(await logOf(path), [
    'The command line made Ann a full administrator.',
    `The command line made Ann an administrator of ${site}.`,
    'The command line took from Ann the role of a full administrator.',
    `The command line took from Ann the role of an administrator of ${site}.`,
  ]);
});

test('token commands tell of tokens, and never the token', async () => {
  const path = await directory([ann]);
  const { id, value } = await json(
    path,
    'token',
    'create',
    '--user',
    ann.email,
    '--scopes',
    'all',
    '--name',
    'cli',
  );
  await json(path, 'token', 'revoke', id);
  await anteroom(path, 'token', 'delete', id, '--yes');
  const sentences = await logOf(path);
  assert.deepEqual(sentences, [
    'The command line created the token "cli" of Ann.',
    'The command line deleted the token "cli" of Ann.',
    'The command line revoked the token "cli" of Ann.',
  ]);
  const database = await openPath(path);
  const events = await new AuditStore(database).list(all);
  await database.close();
  assert.ok(events.every((event) => !JSON.stringify(event).includes(value)));
  assert.ok(events.every(({ targetId }) => targetId === id));
});
