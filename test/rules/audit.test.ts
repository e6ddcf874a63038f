import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personIdOf } from '../../src/directory/person-id.ts';
import type { RuleId } from '../../src/rules.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, demoUserId } from '../helpers/people.ts';
import { openDatabase, startServer } from '../helpers/server.ts';

const database = await openDatabase();
const request = clientOf((await startServer({ database })).url);
const scopes = ['audit:events_read'] as const;
await addToken(database, demoUserId('site-admin@example.com'), 'auditor', { scopes });

type Query = Readonly<Record<string, string>>;

function ask(query: Query, as = 'admin-all') {
  return request({ path: `/v1/adminAudit/events?${new URLSearchParams(query)}`, as });
}

async function assertJudged(
  rule: RuleId,
  refused: readonly Query[],
  accepted: readonly Query[],
): Promise<void> {
  for (const query of refused) assertRefused(await ask(query), 400, rule);
  for (const query of accepted) assert.equal((await ask(query)).status, 200, JSON.stringify(query));
}

test('audit.full-administrator: a site administrator is refused, a full administrator is not', async () => {
  assertRefused(await ask({}, 'auditor'), 403, 'audit.full-administrator');
  assert.equal((await ask({})).status, 200);
});

test('audit.organization: another organization is refused', async () => {
  assertRefused(await ask({ orgId: '2e7b2d63-7e4f-4e1c-8a68-3a7a1a4a9b11' }), 403, 'audit.organization');
  assert.equal((await ask({ orgId: '1f8a1c52-6d3e-4d0b-9f57-2f6f0f3f8a01' })).status, 200);
});

test('audit.time: a time has its zone', async () => {
  const to = '2026-03-01';
  const refused = ['yesterday', '2026-13-01', '2026-02-01T12:00:00', ''].map((from) => ({ from, to }));
  const accepted = ['2026-02-01', '2026-02-01T12:00:00.123Z', '2026-02-01T12:00:00+02:00'];
  await assertJudged(
    'audit.time',
    [...refused, { to: 'now' }],
    accepted.map((from) => ({ from, to })),
  );
});

test('audit.range: from a year before to, at most', async () => {
  const to = '2026-03-01';
  await assertJudged(
    'audit.range',
    [
      { from: to, to },
      { from: '2026-04-01', to },
      { from: '2025-02-27', to },
    ],
    [{ from: '2025-02-28', to }, { from: '2026-02-28', to }, { to }],
  );
});

test('audit.actor: an actor is a person id', async () => {
  const actorId = personIdOf(demoUserId('admin@example.com'));
  await assertJudged('audit.actor', [{ actorId: 'me' }, { actorId: '' }], [{ actorId }]);
});

test('audit.max: from 1 to 200', async () => {
  const refused = ['0', '201', '-1', '1.5', 'many', ''].map((max) => ({ max }));
  await assertJudged('audit.max', refused, [{ max: '1' }, { max: '200' }]);
});

test('audit.offset: from 0 to 999999', async () => {
  const refused = ['-1', '1000000', '1.5', 'x', ''].map((offset) => ({ offset }));
  await assertJudged('audit.offset', refused, [{ offset: '0' }, { offset: '999999' }]);
});

test('all faults are told at once', async () => {
  const answer = await ask({ from: 'x', to: 'y', max: '0', offset: '-1', actorId: 'z' });
  assertRefused(answer, 400, 'audit.time', 'audit.time', 'audit.max', 'audit.offset', 'audit.actor');
});
