import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applications, register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const request = clientOf(url);
const remove = (id: string, as = 'admin') => request({ method: 'DELETE', path: `${applications}/${id}`, as });

test('204, and it is gone', async () => {
  const { id } = (await register(request)).body;
  const answer = await remove(id);
  assert.equal(answer.status, 204);
  assert.equal(answer.text, '');
  assertRefused(await request({ path: `${applications}/${id}`, as: 'admin' }), 404, 'application.known');
  assertRefused(await remove(id), 404, 'application.known');
});

test('403 for whoever is no full administrator, or lacks the scope; 404 for one of another organization', async () => {
  const { id } = (await register(request)).body;
  assertRefused(await remove(id, 'site-admin'), 403, 'application.administrator');
  assertRefused(await remove(id, 'admin-read'), 403, 'token.scope');
  assertRefused(await remove(id, 'other-admin'), 404, 'application.known');
  assert.equal((await request({ path: `${applications}/${id}`, as: 'admin' })).status, 200);
});
