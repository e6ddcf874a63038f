import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applications, register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const request = clientOf(url);

test('200 by the id and by the client id', async () => {
  const { clientSecret: _, ...registered } = (await register(request)).body;
  for (const id of [registered.id, registered.clientId]) {
    const { status, body } = await request({ path: `${applications}/${id}`, as: 'admin' });
    assert.equal(status, 200);
    assert.deepEqual(body, registered);
  }
});

test('403 for whoever is no full administrator, or lacks the scope', async () => {
  const { id } = (await register(request)).body;
  const path = `${applications}/${id}`;
  assertRefused(await request({ path, as: 'site-admin' }), 403, 'application.administrator');
  assertRefused(await request({ path, as: 'john' }), 403, 'token.scope');
});

test('404 in the same words for one of another organization and for none', async () => {
  const { id } = (await register(request, {}, 'other-admin')).body;
  const answers = [];
  for (const each of [id, 'unknown', '%00', 'a'.repeat(3000)]) {
    answers.push(await request({ path: `${applications}/${each}`, as: 'admin' }));
  }
  for (const answer of answers) assertRefused(answer, 404, 'application.known');
  assert.equal(new Set(answers.map(({ body }) => body.message)).size, 1);
});
