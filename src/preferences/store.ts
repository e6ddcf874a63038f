/** Reads and updates one section's document: the only preferences SQL. */
import { crc32 } from 'node:zlib';
import type { Audit } from '../audit/audit.ts';
import { fault, invalidRequest } from '../errors.ts';
import { requireMatch } from '../identity/conditions.ts';
import type { Cause } from '../identity/operation.ts';
import { andThen } from '../platform/at-once.ts';
import {
  type Database,
  insertion,
  insertionOf,
  type Row,
  type Statement,
  Unavailable,
} from '../platform/database.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Answered, withFacts } from './answered.ts';
import { changesOf, sectionInWords } from './auditing.ts';
import type { Subject } from './subject.ts';
import { type Next, update } from './update.ts';
import { type Version, VersionMemory } from './version-memory.ts';
import {
  DamagedDocument,
  type Identity,
  nobody,
  type StoredVersion,
  valuesOf,
  versionFrom,
  versionOf,
  versionTable,
} from './version-table.ts';

export type SectionName = 'personalMeetingRoom' | 'audio' | 'video' | 'schedulingOptions';

/** A section of preferences. */
export interface Section<T> {
  readonly name: SectionName;
  /** What somebody has who never changed it. */
  readonly initial: (subject: Subject) => T;
  /** Read-only fields, in an answer behind the stored ones: they follow from the directory. */
  readonly facts?: (subject: Subject) => object;
  /** What else has to be written so that a change of the document can be searched for; nothing where it need not. */
  projection?(identity: Identity, before: T, after: T): Statement[];
}

const unchanged: StoredVersion = { revision: 0, text: '', checksum: 0 };

/**
 * Not the document that whoever asks has already: its revision and checksum come first. The cast keeps SQLite from holding
 * the section against the conditions of partial indexes, and from making a new plan, which takes as long, for every read.
 */
const findVersion = `select revision, case when revision = ? and checksum = ? then null else document end as document,
    checksum from preferences
  where user_id = ? and site_url = ? and section = cast(? as text) order by revision desc limit 1`;
const versions = insertion({
  ...versionTable,
  where: `(given.revision = 1 and not exists (select 1 from preferences earlier where earlier.user_id = given.user_id
    and earlier.site_url = given.site_url and earlier.section = given.section))
    or exists (select 1 from preferences before where before.user_id = given.user_id
    and before.site_url = given.site_url and before.section = given.section
    and before.revision = given.revision - 1 and before.checksum = given.parent
    and (before.document <> '' or exists (select 1 from memberships current
      where current.user_id = given.user_id and current.site_url = given.site_url)))`,
});

/** Bytes of UTF-8, well under the limit of a request body: whatever GET answers, PUT must be able to carry back. */
const documentLimit = 48 * 1024;

export class PreferencesStore {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #audit: Audit;
  readonly #memories: Readonly<Record<SectionName, VersionMemory>>;

  constructor(database: Database, now: () => number, audit: Audit) {
    this.#database = database;
    this.#now = now;
    this.#audit = audit;
    this.#memories = {
      personalMeetingRoom: new VersionMemory(database),
      audio: new VersionMemory(database),
      video: new VersionMemory(database),
      schedulingOptions: new VersionMemory(database),
    };
  }

  /** The document as it is answered. */
  read(section: Section<unknown>, subject: Subject): Answered | Promise<Answered> {
    const known = this.#memories[section.name].get(subject.membership.id);
    return andThen(known ?? this.#load(section.name, subject), (version) =>
      answered(section, subject, version),
    );
  }

  /** The documents of several sections, in this order. */
  readAll(sections: readonly Section<unknown>[], subject: Subject): Answered[] | Promise<Answered[]> {
    const documents = sections.map((section) => this.read(section, subject));
    return documents.some((document) => document instanceof Promise)
      ? Promise.all(documents)
      : (documents as Answered[]);
  }

  /**
   * Replaces the document by what `change` makes of it, and resolves with that once it is durable. `change` is pure:
   * it is called again with a newer document when another change came first. What it throws refuses the request, as
   * does an `ifMatch` that does not name the document in force.
   */
  async update<T>(
    section: Section<T>,
    subject: Subject,
    { author, ifMatch, foresight }: Cause,
    change: (current: T) => T,
  ): Promise<Answered & { document: T }> {
    const identity = identityOf(section.name, subject);
    const { user, membership } = subject;
    const judge = (base: Version): Next<T> => {
      if (ifMatch !== undefined) requireMatch(ifMatch, answered(section, subject, base).etag);
      const current = base.text === '' ? section.initial(subject) : documentOf<T>(base);
      const document = change(current);
      const version = versionAfter(identity, base, document, this.#database.secrets);
      if (Buffer.byteLength(version.text) > documentLimit) throw invalidRequest(fault('body.document-size'));
      const also = section.projection?.(identity, current, document) ?? [];
      const events = changesOf(author, user, membership.site.siteUrl, sectionInWords[section.name]);
      const isUnit = also.length + events.length > 0;
      const write = (): Promise<void> => {
        const now = new Date(this.#now()).toISOString();
        const values = valuesOf(identity, version, base.checksum, author, now);
        if (!isUnit) return this.#database.insert(versions, values, foresight?.asOf);
        return this.#audit.recording(events, (rows) =>
          this.#database.write([insertionOf(versions, values), ...also, ...rows]),
        );
      };
      return { document, version, isUnit, write };
    };
    const memory = this.#memories[section.name];
    const load = (): Promise<Version> => this.#load(section.name, subject);
    const isMember = (): Promise<boolean> => this.#isMember(subject);
    const { version, document } = await update({
      memory,
      id: membership.id,
      foresight,
      load,
      isMember,
      judge,
    });
    return { ...answered(section, subject, version), document };
  }

  /** Drops what is kept in memory, after a write around this class. */
  forgetAll(): void {
    for (const memory of Object.values(this.#memories)) memory.clear();
  }

  /** The version in force, from the database. */
  #load(section: SectionName, subject: Subject): Promise<Version> {
    return this.#memories[section].load(subject.membership.id, (kept) =>
      this.#read(identityOf(section, subject), kept),
    );
  }

  async #read(identity: Identity, kept: Version | undefined): Promise<Version> {
    const { revision, checksum } = kept ?? unchanged;
    let row: Row | undefined;
    try {
      row = await this.#database.get(findVersion, [revision, checksum, ...identity]);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      // An engine that finds its file damaged does not say which document it was looking for.
      throw new DamagedDocument(`preferences (${identity.join(', ')}) cannot be read`, { cause: error });
    }
    if (row === undefined) return kept?.revision === 0 ? kept : { ...unchanged };
    if (kept !== undefined && row.document === null && isSame(row, kept)) return kept;
    return versionFrom(row, identity, this.#database.secrets);
  }

  async #isMember({ user, membership }: Subject): Promise<boolean> {
    const sql = 'select 1 as found from memberships where user_id = ? and site_url = ?';
    return (await this.#database.get(sql, [user.id, membership.site.siteUrl])) !== undefined;
  }
}

/** The first version of a document that no request made. */
export function firstVersionStatement(
  identity: Identity,
  document: unknown,
  now: string,
  secrets: Secrets,
): Statement {
  const version = versionAfter(identity, unchanged, document, secrets);
  return insertionOf(versions, valuesOf(identity, version, unchanged.checksum, nobody, now));
}

function answered(section: Section<unknown>, subject: Subject, version: Version): Answered {
  if (version.answer?.membership === subject.membership) return version.answer.answered;
  const text = version.text === '' ? JSON.stringify(section.initial(subject)) : version.text;
  const tag = `${version.revision}-${version.text === '' ? crc32(text) : version.checksum}`;
  const answer = withFacts(text, tag, section.facts?.(subject));
  version.answer = { membership: subject.membership, answered: answer };
  return answer;
}

function isSame(row: Row, { revision, checksum }: Version): boolean {
  return Number(row.revision) === revision && Number(row.checksum) === checksum;
}

function identityOf(section: SectionName, { user, membership }: Subject): Identity {
  return [user.id, membership.site.siteUrl, section];
}

function documentOf<T>({ document, text }: Version): T {
  return document === undefined ? JSON.parse(text) : (document as T);
}

function versionAfter(identity: Identity, base: Version, document: unknown, secrets: Secrets): Version {
  return { ...versionOf(identity, base.revision + 1, JSON.stringify(document), secrets), document };
}
