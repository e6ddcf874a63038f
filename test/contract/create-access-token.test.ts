import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allScopes } from '../../src/identity/scopes.ts';
import { auditEvents } from '../helpers/audit.ts';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';
import { createToken, john, listTokens, newToken, tokensPath, withToken } from '../helpers/tokens.ts';

const server = await startServer();
const request = clientOf(server.url);
const audio = '/v1/meetingPreferences/audio';
const dayMs = 86_400_000;

test('200 with a token that works at once, and is told this once', async () => {
  const { status, body, text } = await createToken(request, { userEmail: 'John.Andersen@example.com' });
  assert.equal(status, 200, text);
  const { token, ...facts } = body;
  assert.match(token, /^[\w-]{43}$/);
  assert.deepEqual(Object.keys(facts), [
    ...['id', 'name', 'kind', 'person', 'scopes', 'state', 'created', 'createdBy', 'expires'],
  ]);
  assert.deepEqual([facts.kind, facts.state, facts.scopes], ['personal', 'active', newToken.scopes]);
  assert.deepEqual([facts.person.email, facts.person.displayName], [john, 'John Andersen']);
  assert.equal(facts.createdBy.displayName, 'Alex Admin');
  const mine = await withToken(request, token, { path: audio });
  assert.deepEqual(mine.body, (await request({ path: audio, as: 'john' })).body);
  const { body: listed } = await listTokens(request, { userEmail: john });
  const found = listed.items.find(({ id }: { id: string }) => id === facts.id);
  assert.deepEqual({ ...found, lastUsed: undefined }, { ...facts, lastUsed: undefined });
});

test('200 for oneself, with any scope that one has; each once and in the order of the API', async () => {
  const scopes = allScopes.filter((scope) => scope !== 'identity:tokens_write');
  const { status, body } = await createToken(request, { scopes: [...scopes.toReversed(), scopes[0]] });
  assert.equal(status, 200);
  assert.deepEqual(body.scopes, scopes);
  assert.equal(body.person.email, 'admin@example.com');
  assertRefused(await createAs(body.token), 403, 'token.scope');
});

const createAs = (token: string, fields: object = {}) =>
  withToken(request, token, { method: 'POST', path: tokensPath, body: { ...newToken, ...fields } });

test('200 for ninety days when nothing is said, else until then', async () => {
  const { body } = await createToken(request);
  assert.ok(Math.abs(Date.parse(body.expires) - Date.now() - 90 * dayMs) < 60_000);
  const later = new Date(Date.now() + 300 * dayMs).toISOString();
  assert.equal((await createToken(request, { expires: later })).body.expires, later);
  const day = later.slice(0, 10);
  assert.equal((await createToken(request, { expires: day })).body.expires, `${day}T00:00:00.000Z`);
});

test('200 is an event of the audit log, with the token that asked', async () => {
  const { body } = await createToken(request, { name: 'Watched', userEmail: john });
  const events = await auditEvents(request, 'admin-all', { eventCategories: 'TOKENS' });
  const event = events.find(({ data }) => data.targetId === body.id)!;
  assert.equal(event.data.actionText, 'Alex Admin created the token "Watched" of John Andersen.');
  assert.equal(event.data.targetType, 'TOKEN');
  assert.match(event.data.actorTokenId, /./);
  assert.ok(!JSON.stringify(events).includes(body.token));
});

test('400 with all faults at once, and nothing is made', async () => {
  const before = (await listTokens(request, { max: '1000' })).body.items.length;
  const answer = await createToken(request, {
    name: ' ',
    userEmail: 'nobody@example.com',
    scopes: ['meeting:admin_preferences_read', 'identity:tokens_write'],
    expires: 'tomorrow',
  });
  assertRefused(
    answer,
    400,
    ...(['tokens.name', 'tokens.person', 'tokens.scopes-of-token', 'tokens.scopes-for-others'] as const),
    'tokens.expires',
  );
  assert.equal((await listTokens(request, { max: '1000' })).body.items.length, before);
});

test('400 in the same words for somebody of another organization and for nobody', async () => {
  const answers = [];
  for (const userEmail of ['admin@other.example', 'nobody@example.com'])
    answers.push(await createToken(request, { userEmail }));
  for (const answer of answers) assertRefused(answer, 400, 'tokens.person');
  const [one, other] = answers.map(({ body: { message, errors } }) => ({ message, errors }));
  assert.deepEqual(one, other);
});

test('401 without a token; 403 for whoever lacks the scope', async () => {
  const body = newToken;
  assertRefused(await request({ method: 'POST', path: tokensPath, body }), 401, 'token.missing');
  assertRefused(await createToken(request, {}, 'admin'), 403, 'token.scope');
});

test('the token is kept nowhere, not even to answer a request again', onlyOwnServer, async () => {
  const send = () =>
    request({
      ...{ method: 'POST', path: tokensPath, as: 'admin-all', body: newToken },
      headers: { 'idempotency-key': 'twice' },
    });
  const { token } = (await send()).body;
  const kept = await Promise.all(
    ['tokens', 'idempotent_requests', 'audit_events'].map((table) =>
      server.database!.all(`select * from ${table}`, []),
    ),
  );
  assert.ok(!JSON.stringify(kept).includes(token));
  assert.notEqual((await send()).body.token, token);
});
