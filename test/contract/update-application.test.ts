import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, applications, register } from '../helpers/applications.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const { url } = await startServer();
const request = clientOf(url);
const put = (id: string, body: object, as = 'admin') =>
  request({ method: 'PUT', path: `${applications}/${id}`, as, body });

test('200 with the integration as it is now', async () => {
  const { clientSecret: _, ...registered } = (await register(request)).body;
  const changes = {
    name: 'Better notes',
    redirectUrls: ['https://notes.example.net/back', 'https://notes.example.net/back'],
    scopes: ['meeting:preferences_write', 'meeting:preferences_read'],
  };
  const { status, body } = await put(registered.id, changes);
  assert.equal(status, 200);
  assert.deepEqual(body, { ...registered, ...changes, redirectUrls: ['https://notes.example.net/back'] });
  assert.deepEqual((await request({ path: `${applications}/${registered.id}`, as: 'admin' })).body, body);
});

test('200 for what GET answered, unchanged, also where kind and secret would differ', async () => {
  const { clientSecret: _, ...registered } = (await register(request)).body;
  const { body } = await put(registered.id, { ...registered, isNative: true, isPublic: true, clientId: 'x' });
  assert.deepEqual(body, registered);
});

test('three states: a value, null and nothing', async () => {
  const { id } = (await register(request)).body;
  const { description: _, contactEmail: _email, ...required } = application;
  assert.equal((await put(id, { ...required, description: null })).body.description, 'Writes notes.');
  assert.equal((await put(id, required)).body.contactEmail, 'notes@example.com');
  assert.equal((await put(id, { ...required, contactEmail: '' })).body.contactEmail, '');
});

test('400 with all faults at once, and nothing changes', async () => {
  const { clientSecret: _, ...registered } = (await register(request)).body;
  const answer = await put(registered.id, { redirectUrls: ['x'], scopes: [] });
  assertRefused(answer, 400, 'body.required-field', 'application.redirect-url', 'application.scopes');
  assert.deepEqual(
    (await request({ path: `${applications}/${registered.id}`, as: 'admin' })).body,
    registered,
  );
});

test('403 for whoever is no full administrator; 404 for one of another organization', async () => {
  const { id } = (await register(request)).body;
  assertRefused(await put(id, application, 'site-admin'), 403, 'application.administrator');
  assertRefused(await put(id, application, 'other-admin'), 404, 'application.known');
});
