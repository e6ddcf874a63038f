import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addToken, demoUserId } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
const path = '/v1/adminAudit/eventCategories';

test('200 with all categories', async () => {
  const { status, body } = await request({ path, as: 'admin-all' });
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['eventCategories']);
  for (const category of ['LOGINS', 'LOGOUT', 'USERS', 'TOKENS', 'MEETING_PREFERENCES']) {
    assert.ok(body.eventCategories.includes(category), category);
  }
});

test('401 without a token, 403 without the scope or the role', onlyOwnServer, async () => {
  assertRefused(await request({ path }), 401, 'token.missing');
  assertRefused(await request({ path, as: 'admin' }), 403, 'token.scope');
  const scopes = ['audit:events_read'] as const;
  await addToken(server.database!, demoUserId('site-admin@example.com'), 'no-auditor', { scopes });
  assertRefused(await request({ path, as: 'no-auditor' }), 403, 'audit.full-administrator');
});
