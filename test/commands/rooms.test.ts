import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readExistingState } from '../../src/commands/document/existing-state.ts';
import { resolveDocument } from '../../src/commands/document/resolution.ts';
import { completeRooms } from '../../src/commands/document/rooms.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { memoryPath } from '../../src/platform/sqlite-connection.ts';

const sites = [{ siteUrl: 'one.example.com' }];

function documentOf(count: number) {
  const users = Array.from({ length: count }, (_, index) => ({
    email: `user${index}@example.com`,
    displayName: 'User',
    sites,
  }));
  return { organizations: [{ name: 'Example', sites, users }] };
}

test('ids that are used up are said so, instead of being looked for without end', async () => {
  const database = new SqliteDatabase({ path: memoryPath, migrations });
  // Room ids and access codes are always the same; the 16 bytes of PINs and meeting ids are random.
  const random = (count: number) => (count === 16 ? randomBytes(16) : Buffer.alloc(count, 1));
  const complete = async (count: number) => {
    const document = documentOf(count);
    const resolution = resolveDocument(
      document,
      await readExistingState(database, document),
      new Date().toISOString(),
    );
    return completeRooms(database, resolution, random);
  };
  assert.deepEqual(await complete(1), []);
  await assert.rejects(complete(2), /^CommandError: Too few ids are left on one\.example\.com/);
  await database.close();
});
