/** The history of one section of a site with many changes of others: found a stretch after the other, and complete. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertion, insertionOf, type Statement } from '../../src/platform/database.ts';
import { nobody, valuesOf, versionOf, versionTable } from '../../src/preferences/version-table.ts';
import { engine } from '../helpers/databases.ts';
import { type Item, siteHistoryPage, wholeHistory } from '../helpers/history.ts';
import { injectClientOf } from '../helpers/inject.ts';
import { addPerson, addSite } from '../helpers/people.ts';
import { openDatabase } from '../helpers/server.ts';

const siteUrl = 'busy.example.com';
const versions = insertion({ ...versionTable, where: 'true' });
const database = await openDatabase();
const request = injectClientOf(database);
await addSite(database, siteUrl);
const administrator = { sites: [siteUrl], administers: [siteUrl], fullAdministrator: true };
const userId = await addPerson(database, 'overseer', administrator);

/** The `count` versions of a section that follow the first `done`: ten of each moment, as a batch of room ids makes them. */
function statementsOf(
  section: 'video' | 'audio',
  done: number,
  count: number,
  momentOf: (revision: number) => number,
): Statement[] {
  return Array.from({ length: count }, (_, index) => {
    const revision = done + index + 1;
    const identity = [userId, siteUrl, section] as const;
    const version = versionOf(identity, revision, JSON.stringify({ revision }));
    const changed = new Date(Date.parse('2026-01-01') + momentOf(revision)).toISOString();
    return insertionOf(versions, valuesOf(identity, version, 0, nobody, changed));
  });
}

test('every change of the section comes once, whatever lies between them, in pages of any size', async () => {
  for (let done = 0; done < 9_500; done += 500) {
    await database.write(statementsOf('video', done, 500, (revision) => Math.floor(revision / 10)));
  }
  // The first and the last moment, the moments where a stretch ends, and some in between.
  const moments = [0, 1, 149, 150, 151, 549, 550, 551, 700, 949, 950];
  await database.write(statementsOf('audio', 0, moments.length, (revision) => moments[revision - 1]!));
  const revisions = (items: Item[]): number[] => items.map(({ after }) => Number(after.revision));
  for (const max of ['3', '4', '100']) {
    const items = await wholeHistory(
      request,
      'overseer',
      { siteUrl, section: 'audio', max },
      siteHistoryPage,
    );
    assert.deepEqual(revisions(items), moments.map((_, index) => index + 1).reverse());
  }
  const page = await wholeHistory(
    request,
    'overseer',
    { siteUrl, section: 'video', max: '100' },
    siteHistoryPage,
  );
  assert.equal(page.length, 9_500);
});

const elsewhere = engine === 'postgres' && 'PostgreSQL looks for it in a process of its own';

test('nobody else waits while a section without changes is looked for', { skip: elsewhere }, async () => {
  const order: string[] = [];
  const looking = wholeHistory(request, 'overseer', { siteUrl, section: 'sites' }, siteHistoryPage).then(
    (items) => {
      assert.deepEqual(items, []);
      order.push('history');
    },
  );
  await new Promise((resolve) => setImmediate(resolve));
  const one = request({ path: '/v1/meetingPreferences/video', as: 'john' }).then(() => order.push('video'));
  await Promise.all([looking, one]);
  assert.equal(order[0], 'video');
});
