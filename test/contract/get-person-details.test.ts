import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personIdOf } from '../../src/directory/person-id.ts';
import { machineStatement } from '../../src/directory/registration.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { onlyOwnServer, site4 } from '../helpers/bodies.ts';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, idOf, johnPath, people } from '../helpers/directory-people.ts';
import { addUser } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

test(
  '200 with everything for administrators and the person, with the names for others',
  onlyOwnServer,
  async () => {
    for (const as of ['boss', 'colleague']) {
      const { status, body } = await request({ path: johnPath, as });
      assert.deepEqual([status, body.siteUrls.length, body.loginEnabled], [200, 5, true]);
    }
    const { body } = await request({ path: `${people}/${idOf('admin@example.com')}`, as: 'colleague' });
    assert.deepEqual([body.displayName, 'roles' in body, 'siteUrls' in body], ['Alex Admin', false, false]);
  },
);

test('404 in the same words for another organization, for nobody and for no id', onlyOwnServer, async () => {
  const texts = new Set<string>();
  for (const id of [idOf('olga@other.example'), idOf('admin@example.com').slice(0, -3), 'nonsense']) {
    const answer = await request({ path: `${people}/${id}`, as: 'boss' });
    assertRefused(answer, 404, 'people.known');
    texts.add(answer.body.message);
  }
  assert.equal(texts.size, 1);
  assertRefused(await request({ path: johnPath, as: 'stranger' }), 404, 'people.known');
});

test('403 for an administrator’s scope without the role', onlyOwnServer, async () => {
  assertRefused(await request({ path: johnPath, as: 'pretender' }), 403, 'people.administrator');
});

test(
  '200 for a machine by its id, which is in no list and cannot be changed here',
  onlyOwnServer,
  async () => {
    const id = await addUser(server.database!, { email: 'machine@example.com', sites: [site4] });
    await server.database!.write([machineStatement(id), directoryChanged]);
    const path = `${people}/${personIdOf(id)}`;
    assert.equal((await request({ path, as: 'boss' })).body.type, 'bot');
    const list = await request({ path: `${people}?email=machine@example.com`, as: 'boss' });
    assert.deepEqual(list.body.items, []);
    assertRefused(await request({ method: 'DELETE', path, as: 'boss' }), 404, 'people.known');
  },
);
