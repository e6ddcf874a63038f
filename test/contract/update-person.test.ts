import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userIdOf } from '../../src/directory/person-id.ts';
import { onlyOwnServer, pathOf, site1, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, create, idOf, people, update } from '../helpers/directory-people.ts';
import { patch } from '../helpers/history.ts';
import { addToken } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

/** Somebody on site 1 and site 4, with a token of that name. */
async function somebody(name: string, more: object = {}) {
  const body = { emails: [`${name}@example.com`], displayName: `${name} Name`, siteUrls: [site4, site1] };
  const person = await create(request, { ...body, ...more });
  await addToken(server.database!, userIdOf(person.id)!, name);
  return person;
}

test('200 changes what is given, and keeps the rest', onlyOwnServer, async () => {
  const person = await somebody('ann', { administeredSiteUrls: [site1, site4] });
  const same = await update(request, person.id, person);
  assert.deepEqual(same.body, person);
  const role = 'Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg==';
  const { body } = await update(request, person.id, {
    displayName: 'Ann B',
    emails: ['ann.b@example.com'],
    roles: [role],
    siteUrls: [site4],
  });
  const { displayName, emails, roles, siteUrls, administeredSiteUrls, firstName } = body;
  assert.deepEqual([displayName, emails, firstName], ['Ann B', ['ann.b@example.com'], 'ann']);
  assert.deepEqual([roles.length, siteUrls, administeredSiteUrls], [1, [site4], [site4]]);
  assert.ok(body.lastModified > person.lastModified);
  assert.equal(body.created, person.created);
});

test('200 takes effect at once: another address, another site, no role', onlyOwnServer, async () => {
  const person = await somebody('ben');
  assert.equal((await request({ path: pathOf('sites'), as: 'ben' })).body.sites.length, 2);
  await update(request, person.id, { displayName: 'Ben', siteUrls: [site1] });
  const { body } = await request({ path: pathOf('sites'), as: 'ben' });
  assert.deepEqual(body.sites, [{ siteUrl: site1, default: true }]);
});

test('200 off a site and on it again: nothing of the time before', onlyOwnServer, async () => {
  const person = await somebody('cleo');
  await patch(request, 'cleo', 'personalMeetingRoom', { topic: 'old' });
  await update(request, person.id, { displayName: 'Cleo', siteUrls: [site1] });
  await update(request, person.id, { displayName: 'Cleo', siteUrls: [site1, site4] });
  const { body } = await request({ path: pathOf('personalMeetingRoom', { siteUrl: site4 }), as: 'cleo' });
  assert.notEqual(body.topic, 'old');
});

test('200 without loginEnabled: tokens do not work until it is back', onlyOwnServer, async () => {
  const person = await somebody('dora');
  const read = async () => (await request({ path: pathOf('audio'), as: 'dora' })).status;
  assert.equal(await read(), 200);
  await update(request, person.id, { displayName: 'Dora', loginEnabled: false });
  assert.equal(await read(), 401);
  await update(request, person.id, { displayName: 'Dora', loginEnabled: true });
  assert.equal(await read(), 200);
});

test('200 for many changes at once: none is lost', onlyOwnServer, async () => {
  const { id } = await somebody('eva');
  const changes = [{ firstName: 'Eva' }, { lastName: 'E' }, { loginEnabled: false }, { siteUrls: [site1] }];
  const answers = await Promise.all(
    changes.map((change) => update(request, id, { displayName: 'Eva E', ...change })),
  );
  for (const { status, text } of answers) assert.equal(status, 200, text);
  const { body } = await request({ path: `${people}/${id}`, as: 'boss' });
  assert.deepEqual([body.firstName, body.lastName, body.loginEnabled], ['Eva', 'E', false]);
  assert.deepEqual(body.siteUrls, [site1]);
});

test('400 for the last full administrator, who may not stop being one', onlyOwnServer, async () => {
  const self = idOf('admin@other.example');
  for (const change of [{ roles: [] }, { loginEnabled: false }]) {
    const answer = await update(request, self, { displayName: 'Otto', ...change }, 'stranger');
    assertRefused(answer, 400, 'people.last-administrator');
  }
});

test('400 without displayName', onlyOwnServer, async () => {
  const { id } = await somebody('fred');
  assertRefused(await update(request, id, { firstName: 'Fred' }), 400, 'body.required-field');
});

test('403 for anybody but a full administrator, 404 across organizations', onlyOwnServer, async () => {
  const { id } = await somebody('gus');
  const body = { displayName: 'Mine' };
  assertRefused(await update(request, id, body, 'pretender'), 403, 'people.administrator');
  assertRefused(await update(request, id, body, 'stranger'), 404, 'people.known');
});
