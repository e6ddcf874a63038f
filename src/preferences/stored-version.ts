/** How a version is read from its row. */
import type { Row } from '../platform/database.ts';
import { checksumOf, type Identity, type StoredVersion } from './version-table.ts';

/** A row that cannot be read or whose checksum does not fit: the disk or somebody else changed it. */
export class DamagedDocument extends Error {
  override readonly name = 'DamagedDocument';
}

/** Throws when the row does not fit its checksum. */
export function versionFrom(row: Row, identity: Identity): StoredVersion {
  const version = {
    revision: Number(row.revision),
    text: row.document as string,
    checksum: Number(row.checksum),
  };
  if (checksumOf(identity, version.revision, version.text) !== version.checksum) {
    throw new DamagedDocument(`preferences (${identity.join(', ')}) does not fit its checksum`);
  }
  return version;
}
