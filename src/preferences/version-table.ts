/** What every version of a document carries, whoever writes it. */
import { crc32 } from 'node:zlib';
import type { Author } from '../identity/operation.ts';
import type { Row, Value } from '../platform/database.ts';
import { noSecrets, type Secrets, withoutCiphers } from '../platform/secrets.ts';
import { documentOpened, documentSealed, hasSecret } from './sealed-document.ts';

/** Which document: user id, site URL, section. */
export type Identity = readonly [userId: string, siteUrl: string, section: string];

export const versionTable = {
  table: 'preferences',
  columns: {
    user_id: 'text',
    site_url: 'text',
    section: 'text',
    revision: 'bigint',
    document: 'text',
    checksum: 'bigint',
    parent: 'bigint',
    changed: 'text',
    actor_id: 'text',
    token_id: 'text',
    tracking_id: 'text',
    batch_id: 'text',
  },
  subjectColumns: 3,
} as const;

/**
 * Covers the key as well, so that a row that ended up under another key is noticed. Not the ciphers of secrets, which
 * change when they are sealed with another key, and notice by themselves.
 */
export function checksumOf(identity: Identity, revision: number, text: string): number {
  const kept = hasSecret(identity[2]) ? withoutCiphers(text) : text;
  return crc32(`${identity.join('\n')}\n${revision}\n${kept}`);
}

/** Who changed what no request changed. */
export const nobody: Author = { userId: '', tokenId: '', trackingId: '' };

/** A version as it lies in the table. */
export interface StoredVersion {
  readonly revision: number;
  readonly text: string;
  /** As it is stored, when that is not the text: its PIN is sealed. */
  readonly stored?: string;
  /** Of what is stored. */
  readonly checksum: number;
}

export function versionOf(
  identity: Identity,
  revision: number,
  text: string,
  secrets: Secrets = noSecrets,
): StoredVersion {
  const stored = documentSealed(secrets, identity, revision, text);
  const checksum = checksumOf(identity, revision, stored);
  return stored === text ? { revision, text, checksum } : { revision, text, stored, checksum };
}

/** A row that cannot be read or whose checksum does not fit: the disk or somebody else changed it. */
export class DamagedDocument extends Error {
  override readonly name = 'DamagedDocument';
}

/** Throws when the row does not fit its checksum. A version that closes a document is empty, and has none. */
export function versionFrom(row: Row, identity: Identity, secrets: Secrets = noSecrets): StoredVersion {
  const version = {
    revision: Number(row.revision),
    text: row.document as string,
    checksum: Number(row.checksum),
  };
  if (version.text === '' && version.checksum === 0) return version;
  // SQLite keeps the type of a value beside it: where that is damaged, a text comes back as bytes or a number.
  const isText = typeof version.text === 'string';
  if (!isText || checksumOf(identity, version.revision, version.text) !== version.checksum) {
    throw new DamagedDocument(`preferences (${identity.join(', ')}) does not fit its checksum`);
  }
  return { ...version, text: documentOpened(secrets, identity, version.revision, version.text) };
}

/** The values of {@link versionTable}'s columns; `parent` is the checksum of the version before, 0 for the first. */
export function valuesOf(
  identity: Identity,
  { revision, text, stored = text, checksum }: StoredVersion,
  parent: number,
  { userId, tokenId, trackingId }: Author,
  now: string,
  batchId = '',
): Value[] {
  return [...identity, revision, stored, checksum, parent, now, userId, tokenId, trackingId, batchId];
}
