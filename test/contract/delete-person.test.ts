import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userIdOf } from '../../src/directory/person-id.ts';
import { onlyOwnServer, pathOf, site4 } from '../helpers/bodies.ts';
import { type Answer, assertRefused, clientOf } from '../helpers/client.ts';
import { addPeopleTokens, create, idOf, people } from '../helpers/directory-people.ts';
import { historyPage, patch } from '../helpers/history.ts';
import { addToken } from '../helpers/people.ts';
import { startServer } from '../helpers/server.ts';

const server = await startServer();
const request = clientOf(server.url);
if (server.database !== undefined) await addPeopleTokens(server.database);

const remove = (personId: string, as = 'boss'): Promise<Answer> =>
  request({ method: 'DELETE', path: `${people}/${personId}`, as });

test(
  '204 deletes a person with their tokens, and takes them off the lists of others',
  onlyOwnServer,
  async () => {
    const email = 'gone@example.com';
    const { id } = await create(request, { emails: [email], siteUrls: [site4] });
    await addToken(server.database!, userIdOf(id)!, 'gone');
    assert.equal((await patch(request, 'gone', 'audio', { enabledTollFree: true })).status, 200);
    const before = await request({ path: pathOf('schedulingOptions'), as: 'john' });
    const delegateEmails = [...before.body.delegateEmails, email];
    await patch(request, 'john', 'schedulingOptions', { delegateEmails });
    const { status, text } = await remove(id);
    assert.deepEqual([status, text], [204, '']);
    assertRefused(await request({ path: `${people}/${id}`, as: 'boss' }), 404, 'people.known');
    assertRefused(await request({ path: pathOf('audio'), as: 'gone' }), 401);
    const after = await request({ path: pathOf('schedulingOptions'), as: 'john' });
    assert.deepEqual(after.body, before.body);
    const [change] = (await historyPage(request, 'john', { max: '1' })).body.items;
    assert.deepEqual([change.changedBy.email, change.changedBy.onBehalf], ['admin@example.com', true]);
    const past = await historyPage(request, 'admin', { userEmail: email });
    assert.deepEqual(past.body.items[0].after.enabledTollFree, true);
  },
);

test('403 for the last full administrator', onlyOwnServer, async () => {
  assertRefused(await remove(idOf('admin@other.example'), 'stranger'), 403, 'people.last-administrator');
});

test(
  '403 for anybody but a full administrator, 404 across organizations and twice',
  onlyOwnServer,
  async () => {
    const { id } = await create(request, { emails: ['stays@example.com'] });
    assertRefused(await remove(id, 'pretender'), 403, 'people.administrator');
    assertRefused(await remove(id, 'stranger'), 404, 'people.known');
    assert.equal((await remove(id)).status, 204);
    assertRefused(await remove(id), 404, 'people.known');
  },
);
