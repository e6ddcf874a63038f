import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvents } from '../helpers/audit.ts';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';
import { addTokenCallers, createToken, listTokens, revokeToken, withToken } from '../helpers/tokens.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addTokenCallers(server.database);
const path = '/v1/meetingPreferences/audio';

test('204, and the token is worth nothing from then on', async () => {
  const { id, token } = (await createToken(request)).body;
  assert.equal((await withToken(request, token, { path })).status, 200);
  const answer = await revokeToken(request, id);
  assert.deepEqual([answer.status, answer.text], [204, '']);
  assertRefused(await withToken(request, token, { path }), 401, 'token.valid');
  const { items } = (await listTokens(request, { active: 'false' })).body;
  const found = items.find((item: { id: string }) => item.id === id);
  assert.equal(found.state, 'revoked');
  assert.ok(Math.abs(Date.parse(found.revoked) - Date.now()) < 60_000);
});

test('204 once more for one that was revoked before, which keeps its time and tells nobody', async () => {
  const { id } = (await createToken(request)).body;
  const stateOf = async () =>
    (await listTokens(request, { max: '1000' })).body.items.find((item: { id: string }) => item.id === id);
  await revokeToken(request, id);
  const before = await stateOf();
  assert.equal((await revokeToken(request, id)).status, 204);
  assert.deepEqual(await stateOf(), before);
  const events = await auditEvents(request, 'admin-all', { eventCategories: 'TOKENS' });
  const texts = events.filter(({ data }) => data.targetId === id).map(({ data }) => data.actionText);
  assert.deepEqual(texts, [
    'Alex Admin revoked the token "Dashboard" of Alex Admin.',
    'Alex Admin created the token "Dashboard" of Alex Admin.',
  ]);
});

test('204 for the very token that asks, for the last time', onlyOwnServer, async () => {
  const scopes = ['identity:tokens_read', 'identity:tokens_write'] as const;
  await addToken(server.database!, demoUserId('admin@example.com'), 'last', { scopes });
  const { items } = (await listTokens(request, { search: 'last' }, 'last')).body;
  assert.equal((await revokeToken(request, items[0].id, 'last')).status, 204);
  assertRefused(await revokeToken(request, items[0].id, 'last'), 401, 'token.valid');
});

test('403 for whoever is no full administrator, or lacks the scope', onlyOwnServer, async () => {
  const { id, token } = (await createToken(request)).body;
  assertRefused(await revokeToken(request, id, 'pretender'), 403, 'tokens.administrator');
  assertRefused(await revokeToken(request, id, 'admin'), 403, 'token.scope');
  assert.equal((await withToken(request, token, { path })).status, 200);
});

test('404 in the same words for one of another organization and for none', onlyOwnServer, async () => {
  const { id } = (await createToken(request, {}, 'stranger')).body;
  const answers = [];
  for (const each of [id, 'unknown', '%00', 'a'.repeat(3000)]) answers.push(await revokeToken(request, each));
  for (const answer of answers) assertRefused(answer, 404, 'tokens.known');
  assert.equal(new Set(answers.map(({ body }) => body.message)).size, 1);
  const { items } = (await listTokens(request, { active: 'true' }, 'stranger')).body;
  assert.ok(items.some((item: { id: string }) => item.id === id));
});
