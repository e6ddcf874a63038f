import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineStatement } from '../../src/directory/registration.ts';
import { allScopes, type Scope, userLevelScopes } from '../../src/identity/scopes.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import type { RuleId } from '../../src/rules.ts';
import { register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addSite, addToken, addUser, demoUserId } from '../helpers/people.ts';
import { each, notTexts } from '../helpers/section-rules.ts';
import { startServer } from '../helpers/server.ts';
import {
  addIntegrationToken,
  addTokenCallers,
  createToken,
  john,
  listTokens,
  revokeToken,
  withToken,
} from '../helpers/tokens.ts';

const server = await startServer();
const database = server.database!;
const request = clientOf(server.url);
await addTokenCallers(database);
const admin = demoUserId('admin@example.com');
const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();
const given = (values: readonly unknown[]) => values.filter((value) => value !== undefined && value !== null);

interface Cases {
  readonly refused: readonly object[];
  readonly accepted: readonly object[];
}

/** A rule of one field: what breaks it breaks it alone. */
function rule(title: string, { refused, accepted }: Cases): void {
  test(title, async () => {
    for (const fields of refused) {
      assertRefused(await createToken(request, fields), 400, title.split(':')[0] as RuleId);
    }
    for (const fields of accepted) {
      const answer = await createToken(request, fields);
      assert.equal(answer.status, 200, `${JSON.stringify(fields)} ${answer.text}`);
    }
  });
}

/** A token of the administrator of Example with these scopes. */
async function holding(name: string, scopes: readonly Scope[], expires?: string): Promise<string> {
  await addToken(database, admin, name, { scopes, ...(expires && { expires }) });
  return name;
}

test('tokens.administrator: administers the whole organization', async () => {
  assertRefused(await listTokens(request, {}, 'pretender'), 403, 'tokens.administrator');
  assertRefused(await createToken(request, {}, 'pretender'), 403, 'tokens.administrator');
  assertRefused(await revokeToken(request, 'x', 'pretender'), 403, 'tokens.administrator');
});

test('tokens.maker: nothing that an integration was allowed outlives its consent', async () => {
  const { clientId } = (await register(request)).body;
  await addIntegrationToken(database, clientId, 'obtained', allScopes);
  assertRefused(await createToken(request, {}, 'obtained'), 403, 'tokens.maker');
  assert.equal((await listTokens(request, {}, 'obtained')).status, 200);
});

test('tokens.known: is one of the own organization', async () => {
  const { id } = (await createToken(request, {}, 'stranger')).body;
  assertRefused(await revokeToken(request, id), 404, 'tokens.known');
  assert.equal((await revokeToken(request, id, 'stranger')).status, 204);
});

test('tokens.max: is a whole number from 1 to 1000', async () => {
  for (const max of ['0', '1001', '-1', '1.5', 'x', '1e2'])
    assertRefused(await listTokens(request, { max }), 400, 'tokens.max');
  for (const max of ['1', '1000']) assert.equal((await listTokens(request, { max })).status, 200);
});

test('tokens.after: is the next of an answer', async () => {
  for (const after of ['x', '0', Buffer.from('2026-01-01T00:00:00Z ').toString('base64url')])
    assertRefused(await listTokens(request, { after }), 400, 'tokens.after');
  const { next } = (await listTokens(request, { max: '1' })).body;
  assert.equal((await listTokens(request, { after: next })).status, 200);
});

test('tokens.active: is true or false', async () => {
  for (const active of ['1', 'yes', 'True'])
    assertRefused(await listTokens(request, { active }), 400, 'tokens.active');
  for (const active of ['true', 'false']) assert.equal((await listTokens(request, { active })).status, 200);
});

rule('tokens.name: is a text that people can read', {
  refused: each('name', [...given(notTexts), '', '  ', 'x'.repeat(129)]),
  accepted: each('name', ['x', 'x'.repeat(128), 'Панель 📊']),
});

rule('tokens.person: is somebody of the own organization', {
  refused: each('userEmail', [...given(notTexts), '', 'x', 'nobody@example.com', 'admin@other.example']),
  accepted: each('userEmail', [john, john.toUpperCase(), 'admin@example.com', null, undefined]),
});

test('tokens.person: a machine gets its tokens with its own credentials', async () => {
  const machine = await addUser(database, { email: 'machine@example.com', sites: [] });
  await database.write([machineStatement(machine), directoryChanged]);
  const answer = await createToken(request, { userEmail: 'machine@example.com' });
  assertRefused(answer, 400, 'tokens.person');
});

test('tokens.person-administered: is nobody beyond what one administers', async () => {
  const mine = 'site4-example.webex.com';
  await addSite(database, 'elsewhere.example.com');
  await addUser(database, { email: 'near@example.com', sites: [mine] });
  await addUser(database, { email: 'far@example.com', sites: [mine, 'elsewhere.example.com'] });
  await addUser(database, { email: 'chief@example.com', sites: [mine], fullAdministrator: true });
  for (const userEmail of ['far@example.com', 'chief@example.com'])
    assertRefused(await createToken(request, { userEmail }), 400, 'tokens.person-administered');
  assert.equal((await createToken(request, { userEmail: 'near@example.com' })).status, 200);
});

rule('tokens.scopes: are scopes of the API', {
  refused: each('scopes', [[], 'meeting:preferences_read', ['x'], [''], [1]]),
  accepted: each('scopes', [['meeting:preferences_read'], ['audit:events_read', 'audit:events_read']]),
});

test('tokens.scopes-held: no token gives what it has not', async () => {
  const maker = await holding('narrow', ['identity:tokens_write', 'meeting:preferences_read']);
  for (const scope of allScopes) {
    const answer = await createToken(request, { scopes: [scope, 'meeting:preferences_read'] }, maker);
    if (scope === 'meeting:preferences_read') assert.equal(answer.status, 200);
    else
      assertRefused(
        answer,
        400,
        scope === 'identity:tokens_write' ? 'tokens.scopes-of-token' : 'tokens.scopes-held',
      );
  }
});

test('tokens.scopes-of-token: what a token made makes no tokens', async () => {
  const answer = await createToken(request, { scopes: [...allScopes] });
  assertRefused(answer, 400, 'tokens.scopes-of-token');
});

test('tokens.scopes-for-others: only what one may do for them as an administrator', async () => {
  const userLevel: readonly Scope[] = userLevelScopes;
  for (const scope of allScopes.filter((name) => name !== 'identity:tokens_write')) {
    const answer = await createToken(request, { userEmail: john, scopes: [scope] });
    if (userLevel.includes(scope)) assert.equal(answer.status, 200, scope);
    else assertRefused(answer, 400, 'tokens.scopes-for-others');
  }
  const pairs = [
    ['meeting:preferences_read', 'meeting:admin_preferences_read'],
    ['meeting:preferences_write', 'meeting:admin_preferences_write'],
    ['spark:people_read', 'spark-admin:people_read'],
  ] as const;
  for (const [scope, counterpart] of pairs) {
    const without = await holding(`without-${counterpart}`.replaceAll(':', '-'), [
      ...allScopes.filter((name) => name !== counterpart),
    ]);
    const fields = { userEmail: john, scopes: [scope] };
    assertRefused(await createToken(request, fields, without), 400, 'tokens.scopes-for-others');
    const one = await holding(`only-${scope}`.replaceAll(':', '-'), [
      'identity:tokens_write',
      scope,
      counterpart,
    ]);
    assert.equal((await createToken(request, fields, one)).status, 200);
  }
});

rule('tokens.expires: is a time within a year and a day', {
  refused: each('expires', [
    ...given(notTexts),
    ...['', 'tomorrow', '2020-01-01', inDays(-0.001), inDays(366.1), '2027-13-01', '2027-01-01 12:00'],
  ]),
  accepted: each('expires', [inDays(0.01), inDays(365.9), inDays(2).slice(0, 10), null, undefined]),
});

test('tokens.expires-with-maker: no token outlives the one that made it', async () => {
  const ends = inDays(2);
  const maker = await holding('short', ['identity:tokens_write', 'meeting:preferences_read'], ends);
  assertRefused(await createToken(request, { expires: inDays(3) }, maker), 400, 'tokens.expires-with-maker');
  assert.equal((await createToken(request, { expires: inDays(1) }, maker)).status, 200);
  const { expires, token } = (await createToken(request, {}, maker)).body;
  assert.equal(expires, ends);
  assert.equal((await withToken(request, token, { path: '/v1/meetingPreferences/audio' })).status, 200);
});
