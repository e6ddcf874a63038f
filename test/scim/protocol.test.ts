/** What SCIM tells of itself, whom it lets in, and how it refuses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { demoUserId } from '../helpers/people.ts';
import {
  assertScimRefused,
  groupSchema,
  patchSchema,
  provision,
  scim,
  startScim,
  userSchema,
} from '../helpers/scim.ts';

const client = await startScim();
const { get, send, patch, request } = client;
const john = demoUserId('john.andersen@example.com');
const olga = demoUserId('olga@other.example');

test('it says what it can do', onlyOwnServer, async () => {
  const { body } = await get('/ServiceProviderConfig');
  const { patch: patching, filter, bulk, etag, authenticationSchemes } = body;
  assert.deepEqual([patching.supported, filter.supported, filter.maxResults], [true, true, 1000]);
  assert.deepEqual([bulk.supported, etag.supported], [false, false]);
  assert.equal(authenticationSchemes[0].type, 'oauthbearertoken');
});

test('it has the two types of resources, and their schemas with what is kept', onlyOwnServer, async () => {
  const types = (await get('/ResourceTypes')).body.Resources;
  assert.deepEqual(
    types.map(({ endpoint, schema }: Record<string, string>) => [endpoint, schema]),
    [
      ['/Users', userSchema],
      ['/Groups', groupSchema],
    ],
  );
  assert.deepEqual((await get('/ResourceTypes/Group')).body, types[1]);
  const schemas = (await get('/Schemas')).body.Resources;
  const names = schemas[0].attributes.map(({ name }: { name: string }) => name).sort();
  assert.deepEqual(names, ['active', 'displayName', 'emails', 'groups', 'name', 'userName']);
  assert.deepEqual((await get(`/Schemas/${groupSchema}`)).body, schemas[1]);
  assertScimRefused(await get('/Schemas/unknown'), 404);
});

test('only full administrators with a scope come in', onlyOwnServer, async () => {
  const refusal = await request({ path: `${scim}/Users` });
  assertScimRefused(refusal, 401);
  assert.match(refusal.headers.get('www-authenticate') ?? '', /^Bearer/);
  assertScimRefused(await get('/Users', 'intruder'), 403);
  assertScimRefused(await get('/Users', 'admin'), 403);
  assert.equal((await get('/Users', 'reader')).status, 200);
  const body = { schemas: [userSchema], userName: 'x@example.com' };
  assertScimRefused(await send('POST', '/Users', body, 'reader'), 403);
});

test('another organization is not there', onlyOwnServer, async () => {
  assertScimRefused(await get(`/Users/${olga}`), 404);
  assertScimRefused(await get(`/Users/${john}`, 'foreign'), 404);
  assertScimRefused(await send('DELETE', `/Users/${john}`, undefined, 'foreign'), 404);
  const { body } = await get(`/Users?filter=${encodeURIComponent('userName co "."')}`, 'foreign');
  assert.equal(body.totalResults, 2);
  const group = await send('POST', '/Groups', { schemas: [groupSchema], displayName: 'Ours' });
  assertScimRefused(await get(`/Groups/${group.body.id}`, 'foreign'), 404);
  assert.equal((await get('/Groups', 'foreign')).body.totalResults, 0);
  const members = [{ value: olga }];
  const foreign = await send('POST', '/Groups', { schemas: [groupSchema], displayName: 'Mixed', members });
  assertScimRefused(foreign, 400, 'invalidValue');
});

test(
  'a path that is there does not answer other methods, and says which it does',
  onlyOwnServer,
  async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/Users', 'GET, HEAD, POST'],
      ['POST', `/Groups/${john}`, 'DELETE, GET, HEAD, PATCH, PUT'],
      ['PUT', '/Schemas', 'GET, HEAD'],
      ['PATCH', '/ServiceProviderConfig?count=1', 'GET, HEAD'],
    ] as const) {
      const answer = await send(method, path);
      assertScimRefused(answer, 405);
      assert.equal(answer.headers.get('allow'), allow);
      assert.match(answer.body.detail, new RegExp(`does not answer ${method}; it answers ${allow}`));
    }
    for (const path of ['/Nothing', `/Users/${john}/more`]) {
      for (const method of ['GET', 'DELETE']) {
        const answer = await send(method, path);
        assertScimRefused(answer, 404);
        assert.equal(answer.headers.get('allow'), null);
      }
    }
  },
);

test('refusals say what is wrong', onlyOwnServer, async () => {
  const filters = [
    'userName eq',
    'userName zz "a"',
    '(userName eq "a"',
    'userName eq "a" and',
    '"',
    '\u0007',
  ];
  for (const filter of filters) {
    const answer = await get(`/Users?filter=${encodeURIComponent(filter)}`);
    assertScimRefused(answer, 400, 'invalidFilter');
  }
  assertScimRefused(await get('/Users?count=many'), 400, 'invalidValue');
  assertScimRefused(await get('/Nothing'), 404);
  assertScimRefused(await send('POST', '/Users', '{"a": '), 400, 'invalidSyntax');
  assertScimRefused(await send('POST', '/Users', [1]), 400, 'invalidSyntax');
  for (const body of [{}, { userName: 'nobody' }, { userName: 'a@b.cd', active: 1 }, { userName: 7 }]) {
    assertScimRefused(await send('POST', '/Users', { schemas: [userSchema], ...body }), 400, 'invalidValue');
  }
  const taken = { schemas: [userSchema], userName: 'OLGA@other.example' };
  assertScimRefused(await send('POST', '/Users', taken), 409, 'uniqueness');
  const path = `/Users/${john}`;
  assertScimRefused(await patch(path, { op: 'jump', path: 'active' }), 400, 'invalidSyntax');
  assertScimRefused(await patch(path), 400, 'invalidValue');
  assertScimRefused(await patch(path, { op: 'remove' }), 400, 'noTarget');
  assertScimRefused(await patch(path, { op: 'replace', path: 'userName', value: 'x' }), 400, 'invalidValue');
  assertScimRefused(await patch(path, { op: 'replace', path: 'name.nick', value: 'x' }), 400, 'invalidPath');
  assertScimRefused(await send('PATCH', path, { schemas: [patchSchema] }), 400, 'invalidValue');
});

test('the last full administrator stays one who can sign in', onlyOwnServer, async () => {
  const path = `/Users/${demoUserId('admin@other.example')}`;
  assertScimRefused(await send('DELETE', path, undefined, 'foreign'), 403);
  const Operations = [{ op: 'replace', path: 'active', value: false }];
  assertScimRefused(await send('PATCH', path, { schemas: [patchSchema], Operations }, 'foreign'), 403);
});

test('pages from 1, with attributes that were asked for', onlyOwnServer, async () => {
  for (const name of ['p1', 'p2', 'p3']) await provision(client, `${name}@pages.example`);
  const filter = encodeURIComponent('userName ew "@pages.example"');
  const { body } = await get(
    `/Users?filter=${filter}&startIndex=2&count=1&attributes=userName,name.givenName`,
  );
  assert.deepEqual([body.totalResults, body.startIndex, body.itemsPerPage], [3, 2, 1]);
  assert.deepEqual(Object.keys(body.Resources[0]).sort(), ['id', 'name', 'schemas', 'userName']);
  const counted = await get(`/Users?count=0&filter=${filter}`);
  assert.deepEqual([counted.body.totalResults, counted.body.Resources], [3, []]);
});

test('a broken body, a huge one and a strange one are refused, never a 500', onlyOwnServer, async () => {
  const long = { schemas: [userSchema], userName: 'a@b.cd', displayName: 'x'.repeat(1024 * 1024) };
  assertScimRefused(await send('POST', '/Users', long), 413);
  for (const value of ['\u0000', { a: { b: 1 } }, [[[]]], 1e308, null, '']) {
    for (const path of ['userName', 'displayName', 'name', 'active', 'externalId', 'members']) {
      const answer = await patch(`/Users/${john}`, { op: 'replace', path, value });
      assert.ok(answer.status < 500, `${path} ${JSON.stringify(value)}: ${answer.text}`);
    }
  }
});
