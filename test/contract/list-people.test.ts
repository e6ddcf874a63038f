import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onlyOwnServer } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, idOf, john, people } from '../helpers/directory-people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);
const example = ['admin', 'brenda.song', 'john.andersen', 'marcus.hoffmann', 'site-admin'];

const list = (query: Record<string, string>, as = 'boss'): Promise<Answer> =>
  request({ path: `${people}?${new URLSearchParams(query)}`, as });
const addressesOf = ({ body }: Answer): string[] =>
  body.items.map(({ emails }: { emails: string[] }) => emails[0]!.split('@')[0]!);

test('200 lists the whole organization to its administrator, and nobody else', onlyOwnServer, async () => {
  assert.deepEqual(addressesOf(await list({})), example);
  assert.deepEqual(addressesOf(await list({}, 'stranger')), ['admin', 'olga']);
});

test('200 finds by address in any case, by the beginning of a name, by ids', onlyOwnServer, async () => {
  assert.deepEqual(addressesOf(await list({ email: 'JOHN.Andersen@example.com' })), ['john.andersen']);
  assert.deepEqual(addressesOf(await list({ displayName: 'jOHN a' })), ['john.andersen']);
  assert.deepEqual(addressesOf(await list({ displayName: '%' })), []);
  const nobody = idOf('olga@other.example');
  const answer = await list({ id: `${idOf(john)},${nobody}, ${idOf('admin@example.com')},nonsense` });
  assert.deepEqual(addressesOf(answer), ['admin', 'john.andersen']);
  assert.deepEqual(answer.body.notFoundIds, [nobody, 'nonsense']);
});

test('200 finds nobody of another organization', onlyOwnServer, async () => {
  assert.deepEqual((await list({ email: 'olga@other.example' })).body, { items: [] });
  assert.deepEqual((await list({ email: 'olga@other.example' }, 'colleague')).body, { items: [] });
});

test('200 in pages that a Link header leads through', onlyOwnServer, async () => {
  const found: string[] = [];
  let url = `${server.url}${people}?max=2`;
  for (let pages = 1; ; pages += 1) {
    const answer = await request({ path: url.slice(server.url.length), as: 'boss' });
    found.push(...addressesOf(answer));
    const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '');
    if (next === null) {
      assert.equal(pages, 3);
      break;
    }
    url = next[1]!;
    assert.ok(url.startsWith(`${server.url}/v1/people?max=2&cursor=`));
  }
  assert.deepEqual(found, example);
});

test('200 shows colleagues who somebody is, and no more', onlyOwnServer, async () => {
  const [colleague] = (await list({ email: 'admin@example.com' }, 'colleague')).body.items;
  const fields = ['id', 'emails', 'displayName', 'firstName', 'lastName', 'orgId', 'created', 'type'];
  assert.deepEqual(Object.keys(colleague), fields);
  const [self] = (await list({ email: john }, 'colleague')).body.items;
  assert.ok(self.siteUrls.includes('site4-example.webex.com'));
});

test('400 for the whole organization to anybody else', onlyOwnServer, async () => {
  assertRefused(await list({}, 'colleague'), 400, 'people.search');
});

test('403 for an administrator’s scope without the role, and without a scope', onlyOwnServer, async () => {
  assertRefused(await list({ email: john }, 'pretender'), 403, 'people.administrator');
  assertRefused(await list({ email: john }, 'john'), 403, 'token.scope');
});

test('401 without a token', async () => {
  assertRefused(await request({ path: people }), 401, 'token.missing');
});
