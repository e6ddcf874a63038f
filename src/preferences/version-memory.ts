/** What is kept in memory of a section's documents: the versions in force, and those on their way to the disk. */
import type { Membership } from '../directory/member.ts';
import { Cache } from '../platform/cache.ts';
import type { Database } from '../platform/database.ts';
import type { Answered } from './answered.ts';
import type { StoredVersion } from './version-table.ts';

/**
 * A version of a document. Before the first change the revision is 0 and the text empty: what is initial follows from the
 * directory. The text is also empty after a membership ended: somebody who comes back begins anew.
 */
export interface Version extends StoredVersion {
  /** What the text says, of a version that was made here: the next change needs it again. */
  readonly document?: unknown;
  /** On its way to the disk. */
  writing?: Promise<void> | undefined;
  /** Whether more than the version is written with it. */
  isUnit?: boolean;
  /** How it was answered last, and to whom: the same member of the directory gets the same answer. */
  answer?: { readonly membership: Membership; readonly answered: Answered };
}

/** How many documents of each section, some 1 KB each, are kept. */
const documentsKept = 20_000;

/** By the id of the membership. */
export class VersionMemory {
  /** Undefined where another process may have changed a document unnoticed. */
  readonly #inForce: Cache<Version> | undefined;
  /** Changes on their way to the disk: the next change of the same document builds on them. */
  readonly #pending = new Map<string, Version>();

  constructor(database: Database) {
    if (database.noticesEveryWrite) this.#inForce = new Cache(database, documentsKept);
  }

  /** The version in force, as far as memory tells. */
  get(id: string): Version | undefined {
    return this.#inForce?.get(id);
  }

  /** What the next change builds on, as far as memory tells. */
  latest(id: string): Version | undefined {
    return this.#pending.get(id) ?? this.get(id);
  }

  /** What the next change builds on, when `loaded` was in force a moment ago. */
  later(id: string, loaded: Version): Version {
    const pending = this.#pending.get(id);
    return pending !== undefined && pending.revision > loaded.revision ? pending : loaded;
  }

  /** The version in force, from the database. */
  load(id: string, read: () => Promise<Version>): Promise<Version> {
    return this.#inForce === undefined ? read() : (this.#inForce.load(id, read) as Promise<Version>);
  }

  begin(id: string, version: Version): void {
    this.#pending.set(id, version);
  }

  /**
   * `version` is durable. Acknowledgements can arrive after a read that already saw a later version, or after another
   * process wrote one and the cache was emptied for it: only what is kept still, and older, is replaced.
   */
  acknowledge(id: string, version: Version): void {
    if (this.#pending.get(id) === version) this.#pending.delete(id);
    const kept = this.get(id);
    if (kept !== undefined && kept.revision < version.revision) this.#inForce!.set(id, version);
  }

  /** After a failed commit only the database knows what is in force; what is made from that version fails as well. */
  fail(id: string): void {
    this.#inForce?.delete(id);
    this.#pending.delete(id);
  }

  clear(): void {
    this.#inForce?.clear();
  }
}
