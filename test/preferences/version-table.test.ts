/** A version is what was stored, or nothing at all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../src/platform/database.ts';
import { type Identity, versionFrom, versionOf } from '../../src/preferences/version-table.ts';

const identity: Identity = ['user', 'site.example.com', 'audio'];
const { revision, text, checksum } = versionOf(identity, 3, '{"audioPin":"1314"}');
const row: Row = { revision, document: text, checksum };

test('what was stored comes back', () => {
  assert.deepEqual(versionFrom(row, identity), { revision, text, checksum });
});

test('a document, revision or checksum that is another, or of another type, is damage that names the row', () => {
  const bytes = Buffer.from(text) as unknown as string;
  for (const change of [{ document: 7 }, { document: bytes }, { document: null }, { document: '' }]) {
    assert.throws(() => versionFrom({ ...row, ...change }, identity), /DamagedDocument.*user, site.*audio/s);
  }
  for (const change of [{ revision: 4 }, { checksum: 0 }, { revision: null }, { checksum: 'x' }]) {
    assert.throws(() => versionFrom({ ...row, ...change }, identity), /DamagedDocument.*user, site.*audio/s);
  }
  assert.throws(() => versionFrom(row, ['other', 'site.example.com', 'audio']), /DamagedDocument/);
});
