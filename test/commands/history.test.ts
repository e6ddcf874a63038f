import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noSecrets } from '../../src/platform/secrets.ts';
import { firstVersionStatement } from '../../src/preferences/store.ts';
import { anteroom, json, openPath, rows } from './command-line.ts';
import { refused, site, small } from './small-directory.ts';

/** A small directory whose room has three versions: two from long ago, one from now. */
async function withHistory(): Promise<string> {
  const path = await small();
  const [ann] = await rows(path, 'select id from users');
  const database = await openPath(path);
  const key = [ann!.id as string, site, 'video'] as const;
  await database.write([
    firstVersionStatement(key, { videoDevices: [] }, '2020-01-01T00:00:00.000Z', noSecrets),
  ]);
  const later = `insert into preferences (user_id, site_url, section, revision, document, checksum, parent, changed, actor_id,
    token_id, tracking_id, batch_id) select user_id, site_url, section, ?, document, checksum, parent, ?, '', '', '', ''
    from preferences where revision = 1`;
  await database.write([
    { sql: later, values: [2, '2020-01-02T00:00:00.000Z'] },
    { sql: later, values: [3, new Date().toISOString()] },
  ]);
  await database.close();
  return path;
}

function revisions(path: string): Promise<number[]> {
  return rows(path, 'select revision from preferences order by revision').then((found) =>
    found.map(({ revision }) => Number(revision)),
  );
}

test('prune removes what was replaced before history begins, and says how much', async () => {
  const path = await withHistory();
  const { out } = await anteroom(path, 'history', 'prune', '--history-retention-days', '30');
  assert.match(out, /^Removed 1 version that was replaced before \d{4}-/);
  assert.deepEqual(await revisions(path), [2, 3]);
  const again = await json(path, 'history', 'prune', '--history-retention-days', '30');
  assert.deepEqual([Object.keys(again), again.removed], [['replacedBefore', 'removed'], 0]);
});

test('prune refuses to guess how long history is kept', async () => {
  const path = await withHistory();
  await refused('UsageError', /--history-retention-days/, path, 'history', 'prune');
  assert.deepEqual(await revisions(path), [1, 2, 3]);
});
