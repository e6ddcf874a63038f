import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, applications, register } from '../helpers/applications.ts';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);

test('200 with the client id and, this once, the secret', async () => {
  const { status, body } = await register(request);
  assert.equal(status, 200);
  const { id, clientId, clientSecret, orgId, createdBy, created, ...rest } = body;
  assert.deepEqual(rest, { ...application, isNative: false, isPublic: false });
  assert.match(clientSecret, /^[\w-]{43}$/);
  assert.equal(Buffer.from(id, 'base64').toString(), `ciscospark://us/APPLICATION/${clientId}`);
  assert.match(Buffer.from(orgId, 'base64').toString(), /^ciscospark:\/\/us\/ORGANIZATION\//);
  assert.match(Buffer.from(createdBy, 'base64').toString(), /^ciscospark:\/\/us\/PEOPLE\//);
  assert.ok(Math.abs(Date.parse(created) - Date.now()) < 60_000);
  const read = await request({ path: `${applications}/${id}`, as: 'admin' });
  const { clientSecret: _, ...facts } = body;
  assert.deepEqual(read.body, facts);
});

test('200 without a secret for a program that cannot keep one', async () => {
  for (const fields of [{ isPublic: true }, { isNative: true, redirectUrls: ['com.example.notes:/back'] }]) {
    const { status, body, text } = await register(request, fields);
    assert.equal(status, 200, text);
    assert.equal('clientSecret' in body, false);
    assert.equal(body.isPublic, true);
  }
});

test('200 with nothing but what is required', async () => {
  const { name, redirectUrls, scopes } = application;
  const body = { name, redirectUrls, scopes };
  const answer = await request({ method: 'POST', path: applications, as: 'admin', body });
  assert.equal(answer.status, 200);
  assert.equal(answer.body.description, '');
});

test('400 with all faults at once, and nothing is registered', async () => {
  const before = (await request({ path: applications, as: 'admin' })).body.items.length;
  const answer = await register(request, { name: ' ', scopes: ['all'], redirectUrls: ['http://a.example/'] });
  assertRefused(answer, 400, 'application.name', 'application.scopes', 'application.redirect-url');
  assert.equal((await request({ path: applications, as: 'admin' })).body.items.length, before);
});

test('403 for whoever is no full administrator, or lacks the scope', async () => {
  assertRefused(await register(request, {}, 'site-admin'), 403, 'application.administrator');
  assertRefused(await register(request, {}, 'john'), 403, 'token.scope');
});

test('the secret is not kept to answer a request again', onlyOwnServer, async () => {
  const headers = { 'idempotency-key': 'twice' };
  const body = { ...application, name: 'Twice' };
  const send = () => request({ method: 'POST', path: applications, as: 'admin', body, headers });
  const { clientSecret } = (await send()).body;
  const rows = await server.database!.all('select * from idempotent_requests', []);
  assert.ok(!JSON.stringify(rows).includes(clientSecret));
  assert.notEqual((await send()).body.clientSecret, clientSecret);
});
