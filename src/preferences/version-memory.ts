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
  /** What the text says, of a version on its way to the disk: the next change needs it again. */
  document?: unknown;
  /** On its way to the disk. */
  writing?: Promise<void> | undefined;
  /** The first of those on their way to the disk that it is built on, or itself: when that fails, all fail. */
  root?: Version | undefined;
  /** Whether more than the version is written with it. */
  isUnit?: boolean;
  /** How it was answered last, and to whom: the same member of the directory gets the same answer. */
  answer?: { readonly membership: Membership; readonly answered: Answered };
}

/** How many documents of each section are kept: some 1 KB each as a rule, and 48 at most. */
const documentsKept = 20_000;

/** Below it is cheaper to ask first than to have changes fail. */
const reliable = 0.75;

/** By the id of the membership. */
export class VersionMemory {
  /** Whether every write of others empties it: what is kept is in force then. Otherwise it was in force once. */
  readonly #isCertain: boolean;
  readonly #kept: Cache<Version>;
  /** Changes on their way to the disk: the next change of the same document builds on them. */
  readonly #pending = new Map<string, Version>();
  /** How often, of late, what is kept turned out to be in force: from 0 to 1. Other processes may write the same documents. */
  #reliability = 1;

  constructor(database: Database) {
    this.#isCertain = database.noticesEveryWrite;
    this.#kept = new Cache(database, documentsKept);
  }

  /** The version in force, as far as memory alone can tell. */
  get(id: string): Version | undefined {
    return this.#isCertain ? this.#kept.get(id) : undefined;
  }

  /**
   * What the next change builds on: what is to come after `inForce`; where that is undefined, whatever memory is good for;
   * undefined where the database has to be asked first.
   */
  latest(id: string, inForce: Version | undefined): Version | undefined {
    const pending = this.#pending.get(id);
    if (inForce !== undefined)
      return pending !== undefined && pending.revision > inForce.revision ? pending : inForce;
    return pending ?? (this.#reliability > reliable ? this.#kept.get(id) : undefined);
  }

  /** The version in force, from the database; `read` is told which one was in force once, if any is kept. */
  load(id: string, read: (kept: Version | undefined) => Promise<Version>): Promise<Version> {
    const kept = this.#kept.get(id);
    const loading = this.#kept.load(id, () => read(kept)) as Promise<Version>;
    if (kept === undefined) return loading;
    return loading.then((version) => {
      this.#note(version === kept);
      return version;
    });
  }

  #note(isInForce: boolean): void {
    this.#reliability += (Number(isInForce) - this.#reliability) / 64;
  }

  begin(id: string, version: Version, base: Version): void {
    version.root = base.writing === undefined ? version : base.root;
    this.#pending.set(id, version);
  }

  /**
   * `version` is durable. Acknowledgements can arrive after a read that already saw a later version, or after another
   * process wrote one and the cache was emptied for it: only what is kept still, and older, is replaced. `wasPresumed`
   * says that it was built on what was kept, without asking the database.
   */
  acknowledge(id: string, version: Version, wasPresumed: boolean): void {
    if (this.#pending.get(id) === version) this.#pending.delete(id);
    version.root = undefined;
    version.document = undefined;
    const kept = this.#kept.get(id);
    if (kept !== undefined && kept.revision < version.revision) this.#kept.set(id, version);
    if (wasPresumed) this.#note(true);
  }

  /** After a failed commit only the database knows what is in force; what is made from that version fails as well. */
  fail(id: string, version: Version): void {
    if (this.#isCertain) this.#kept.delete(id);
    if (this.#pending.get(id)?.root === version.root) this.#pending.delete(id);
  }

  clear(): void {
    this.#kept.clear();
  }
}
