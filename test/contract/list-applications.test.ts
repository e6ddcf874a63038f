import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applications, register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const request = clientOf(url);

test('200 with the integrations of the own organization, without their secrets', async () => {
  const names = ['First', 'Second'];
  for (const name of names) await register(request, { name });
  await register(request, { name: 'Theirs' }, 'other-admin');
  const { status, body, text } = await request({ path: applications, as: 'admin' });
  assert.equal(status, 200);
  const listed = body.items.map(({ name }: { name: string }) => name);
  for (const name of names) assert.ok(listed.includes(name));
  assert.ok(!listed.includes('Theirs'));
  assert.doesNotMatch(text, /secret/i);
});

test('403 for whoever is no full administrator, or lacks the scope', async () => {
  assertRefused(await request({ path: applications, as: 'site-admin' }), 403, 'application.administrator');
  assertRefused(await request({ path: applications, as: 'john' }), 403, 'token.scope');
});
