import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, tokenStatement } from '../../src/identity/tokens.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { register } from '../helpers/applications.ts';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import {
  addIntegrationToken,
  addTokenCallers,
  createToken,
  john,
  listTokens,
  tokensPath,
} from '../helpers/tokens.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addTokenCallers(server.database);
const namesOf = ({ body }: Answer): string[] => body.items.map(({ name }: { name: string }) => name);

test('200 with the tokens of the organization, newest first, and of no other', onlyOwnServer, async () => {
  await createToken(request, { name: 'First' });
  await createToken(request, { name: 'Second', userEmail: john });
  await createToken(request, { name: 'Theirs' }, 'stranger');
  const answer = await listTokens(request, { max: '1000' });
  assert.equal(answer.status, 200);
  assert.deepEqual(namesOf(answer).slice(0, 2), ['Second', 'First']);
  assert.ok(!namesOf(answer).includes('Theirs'));
  assert.ok(namesOf(await listTokens(request, {}, 'stranger')).includes('Theirs'));
  const times = answer.body.items.map(({ created }: { created: string }) => created);
  assert.deepEqual(times, times.toSorted().reverse());
});

test('200 without any token or hash', onlyOwnServer, async () => {
  const { token } = (await createToken(request)).body;
  const { text } = await listTokens(request, { max: '1000' });
  for (const secret of [token, hashOf(token), 'anteroom-dev-admin', hashOf('anteroom-dev-admin')])
    assert.ok(!text.includes(secret));
});

test('200 finds by person, and by a part of a name or an address', onlyOwnServer, async () => {
  await createToken(request, { name: '100% sure_thing', userEmail: john });
  await createToken(request, { name: 'A second one' });
  const ofJohn = (await listTokens(request, { userEmail: 'JOHN.andersen@example.com' })).body.items;
  assert.ok(ofJohn.length >= 3);
  for (const { person } of ofJohn) assert.equal(person.email, john);
  assert.deepEqual(namesOf(await listTokens(request, { search: 'SURE_T' })), ['100% sure_thing']);
  assert.deepEqual(namesOf(await listTokens(request, { search: '0% ' })), ['100% sure_thing']);
  assert.deepEqual(namesOf(await listTokens(request, { search: 'sureXt' })), []);
  assert.deepEqual(namesOf(await listTokens(request, { search: 'N.Anders' })), ofJohn.map(nameOf));
  assert.deepEqual(namesOf(await listTokens(request, { search: 'john and' })), ofJohn.map(nameOf));
  for (const userEmail of ['admin@other.example', 'nobody@example.com'])
    assert.deepEqual((await listTokens(request, { userEmail })).body, { items: [] });
});

const nameOf = ({ name }: { name: string }): string => name;

test('200 in pages that next leads through, also where two are of one moment', onlyOwnServer, async () => {
  const all = namesOf(await listTokens(request, { max: '1000' }));
  const found: string[] = [];
  let after: string | undefined;
  do {
    const { body } = await listTokens(request, { max: '2', ...(after && { after }) });
    assert.ok(body.items.length <= 2);
    found.push(...body.items.map(nameOf));
    after = body.next;
  } while (after !== undefined);
  assert.deepEqual(found, all);
});

test('200 says which work, and why others do not', onlyOwnServer, async () => {
  const database = server.database!;
  const away = await addUser(database, { email: 'away@example.com', sites: [] });
  await addToken(database, away, 'of-away');
  await database.write([
    { sql: 'update users set active = 0 where id = ?', values: [away] },
    directoryChanged,
  ]);
  const here = await addUser(database, { email: 'here@example.com', sites: [] });
  await addToken(database, here, 'expired', { expires: '2026-01-02T00:00:00.000Z' });
  await addToken(database, here, 'revoked', { revoked: true });
  await addToken(database, here, 'works');
  const statesOf = async (active?: string) => {
    const emails = ['away@example.com', 'here@example.com'];
    const { items } = (await listTokens(request, { max: '1000', ...(active && { active }) })).body;
    const theirs = items.filter(({ person }: { person: { email: string } }) => emails.includes(person.email));
    return theirs.map(({ state }: { state: string }) => state).sort();
  };
  assert.deepEqual(await statesOf(), ['active', 'expired', 'revoked', 'suspended']);
  assert.deepEqual(await statesOf('true'), ['active']);
  assert.deepEqual(await statesOf('false'), ['expired', 'revoked', 'suspended']);
});

test('200 shows whom else a token serves: integrations', onlyOwnServer, async () => {
  const { clientId } = (await register(request, { name: 'Notes' })).body;
  const scopes = ['meeting:preferences_read'] as const;
  const id = await addIntegrationToken(server.database!, clientId, 'notes', scopes);
  const found = (await listTokens(request, { search: 'notes' })).body.items;
  assert.equal(found.length, 1);
  assert.deepEqual([found[0].id, found[0].kind, found[0].clientId], [id, 'integration', clientId]);
  assert.equal('createdBy' in found[0], false);
});

test('200 finds one among more than are looked at in one go', onlyOwnServer, async () => {
  const database = server.database!;
  const holder = await addUser(database, { email: 'many@example.com', sites: [] });
  const numbers = Array.from({ length: 4_100 }, (_, index) => index);
  const unit = numbers.map((n) => {
    const token = { id: `id ${n}`, hash: `hash ${n}`, userId: holder, name: `number ${n}` };
    const more = { scopes: ['spark:people_read'] as const, expires: undefined };
    return tokenStatement({ ...token, ...more }, '2025-01-01T00:00:00.000Z');
  });
  await database.write([...unit, directoryChanged]);
  assert.deepEqual(namesOf(await listTokens(request, { search: 'number 0' })), ['number 0']);
  const page = (await listTokens(request, { search: 'number 4', max: '5' })).body;
  assert.equal(page.items.length, 5);
  const rest = namesOf(await listTokens(request, { search: 'number 4', max: '1000', after: page.next }));
  assert.equal(rest.length, 211 - 5);
});

test('400 for a query that makes no sense, with all faults', async () => {
  const answer = await request({
    path: `${tokensPath}?max=0&active=perhaps&after=x&search=%20&userEmail=a&userEmail=b`,
    as: 'admin-all',
  });
  assertRefused(answer, 400, 'tokens.max', 'tokens.active', 'tokens.after', 'query.text', 'query.single');
});

test('401 without a token; 403 for whoever is no full administrator, or lacks the scope', async () => {
  assertRefused(await request({ path: tokensPath }), 401, 'token.missing');
  assertRefused(await listTokens(request, {}, 'admin'), 403, 'token.scope');
  if (server.database !== undefined)
    assertRefused(await listTokens(request, {}, 'pretender'), 403, 'tokens.administrator');
});
