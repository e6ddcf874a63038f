import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleId } from '../../src/rules.ts';
import { onlyOwnServer, site1, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, idOf, john, johnPath, people } from '../helpers/directory-people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

/** Each body breaks the rule alone, and adds nobody. */
async function refused(rule: RuleId, ...bodies: object[]): Promise<void> {
  for (const body of bodies) {
    const given = { emails: ['somebody@example.com'], ...body };
    const answer = await request({ method: 'POST', path: people, as: 'boss', body: given });
    assertRefused(answer, 400, rule);
  }
  const { body } = await request({ path: `${people}?email=somebody@example.com`, as: 'boss' });
  assert.deepEqual(body.items, []);
}

const list = (query: string, as = 'boss'): Promise<Answer> => request({ path: `${people}?${query}`, as });
const tooLong = 'x'.repeat(129);

test('people.administrator: a scope without the role is refused', onlyOwnServer, async () => {
  assertRefused(await request({ path: johnPath, as: 'pretender' }), 403, 'people.administrator');
  const answer = await request({ method: 'DELETE', path: johnPath, as: 'pretender' });
  assertRefused(answer, 403, 'people.administrator');
});

test('people.known: nobody of another organization, and no nonsense', onlyOwnServer, async () => {
  for (const id of [idOf('olga@other.example'), '%F0%9F%98%80']) {
    assertRefused(await request({ path: `${people}/${id}`, as: 'boss' }), 404, 'people.known');
  }
});

test('people.search: only administrators list people they cannot name', onlyOwnServer, async () => {
  assertRefused(await list('max=5', 'colleague'), 400, 'people.search');
  assert.equal((await list(`email=${john}`, 'colleague')).status, 200);
  assert.equal((await list('max=5')).status, 200);
});

test('people.ids: at most 85', onlyOwnServer, async () => {
  const ids = (count: number) => `id=${Array.from({ length: count }, () => idOf(john)).join(',')}`;
  assertRefused(await list(ids(86)), 400, 'people.ids');
  assert.equal((await list(ids(85))).status, 200);
});

test('people.max: from 1 to 1000', onlyOwnServer, async () => {
  for (const max of ['0', '1001', '-1', '1e2', 'many'])
    assertRefused(await list(`max=${max}`), 400, 'people.max');
  for (const max of ['1', '1000']) assert.equal((await list(`max=${max}`)).status, 200);
});

test('people.cursor: only one that was given', onlyOwnServer, async () => {
  assertRefused(await list('cursor=nonsense'), 400, 'people.cursor');
});

test('people.emails: exactly one valid address', onlyOwnServer, async () => {
  const two = ['a@example.com', 'b@example.com'];
  await refused(
    'people.emails',
    { emails: [] },
    { emails: two },
    { emails: ['nobody'] },
    { emails: 'a@b.c' },
  );
});

test('people.email-free: one user for each address, in any case', onlyOwnServer, async () => {
  await refused('people.email-free', { emails: ['JOHN.andersen@example.com'] });
});

test('people.display-name: 1 to 128 characters', onlyOwnServer, async () => {
  await refused('people.display-name', { displayName: '' }, { displayName: '  ' }, { displayName: tooLong });
});

test('people.first-name: up to 128 characters', onlyOwnServer, async () => {
  await refused('people.first-name', { firstName: tooLong }, { firstName: [] });
});

test('people.last-name: up to 128 characters', onlyOwnServer, async () => {
  await refused('people.last-name', { lastName: tooLong }, { lastName: 7 });
});

test('people.org-id: no other organization', onlyOwnServer, async () => {
  await refused('people.org-id', { orgId: idOf(john) }, { orgId: '' });
});

test('people.roles: only those there are', onlyOwnServer, async () => {
  const role = 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg';
  await refused('people.roles', { roles: ['admin'] }, { roles: role }, { roles: [role, role] });
});

test('people.site-urls: sites of the organization, each once', onlyOwnServer, async () => {
  const foreign = 'other-example.webex.com';
  const twice = [site1, site1.toUpperCase()];
  await refused('people.site-urls', { siteUrls: [foreign] }, { siteUrls: twice }, { siteUrls: site1 });
});

test('people.administered-site-urls: some of the sites', onlyOwnServer, async () => {
  await refused('people.administered-site-urls', { siteUrls: [site1], administeredSiteUrls: [site4] });
});

test('people.login-enabled: true or false', onlyOwnServer, async () => {
  await refused('people.login-enabled', { loginEnabled: 'true' });
});

test('people.last-administrator: an organization keeps one who can sign in', onlyOwnServer, async () => {
  const path = `${people}/${idOf('admin@other.example')}`;
  const body = { displayName: 'Otto', roles: [] };
  const answer = await request({ method: 'PUT', path, as: 'stranger', body });
  assertRefused(answer, 400, 'people.last-administrator');
  const deletion = await request({ method: 'DELETE', path, as: 'stranger' });
  assertRefused(deletion, 403, 'people.last-administrator');
});
