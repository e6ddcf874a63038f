/** Records as history what the directory keeps: default sites and the ids of personal rooms. */
import type { Author } from '../identity/operation.ts';
import { type Database, insertion, insertionOf, type Row, type Statement } from '../platform/database.ts';
import { nobody, type StoredVersion, valuesOf, versionOf, versionTable } from './version-table.ts';

export type RecordedSection = 'sites' | 'personalMeetingRoomId';

/** What is in force, and the version that was recorded last. */
export interface Recorded {
  /** What the directory says now; undefined for nothing. */
  readonly value: string | undefined;
  readonly last: StoredVersion | undefined;
}

/** What is about to change. */
export interface Recording {
  readonly section: RecordedSection;
  readonly userId: string;
  readonly siteUrl: string;
  readonly recorded: Recorded;
  readonly value: string;
}

const lastOfSites = `select revision, document, checksum from preferences
  where user_id = ? and section = 'sites' order by revision desc limit 1`;
const lastOfRoomId = `select revision, document, checksum from preferences
  where user_id = ? and site_url = ? and section = 'personalMeetingRoomId' order by revision desc limit 1`;
const defaultSiteOf = 'select default_site_url as value from users where id = ?';
const roomIdOf = 'select room_id as value from memberships where user_id = ? and site_url = ?';

/** Nobody recorded another change since: the caller looks again otherwise. */
const versions: Readonly<Record<RecordedSection, ReturnType<typeof insertion>>> = {
  sites: insertion({
    ...versionTable,
    where: `not exists (select 1 from preferences later where later.user_id = given.user_id
      and later.section = 'sites' and later.revision >= given.revision)`,
  }),
  personalMeetingRoomId: insertion({
    ...versionTable,
    where: `not exists (select 1 from preferences later where later.user_id = given.user_id
      and later.site_url = given.site_url and later.section = given.section and later.revision >= given.revision)`,
  }),
};

const fieldOf = { sites: 'defaultSite', personalMeetingRoomId: 'personalMeetingRoomId' } as const;

export class RecordStore {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  defaultSite(userId: string): Promise<Recorded> {
    return this.#recorded(lastOfSites, defaultSiteOf, [userId]);
  }

  roomId(userId: string, siteUrl: string): Promise<Recorded> {
    return this.#recorded(lastOfRoomId, roomIdOf, [userId, siteUrl]);
  }

  /** The version first: a change between the two reads then makes a later one, on which the unit fails. */
  async #recorded(findLast: string, findValue: string, key: readonly string[]): Promise<Recorded> {
    const last = await this.#database.get(findLast, key);
    const found = await this.#database.get(findValue, key);
    return {
      value: (found?.value as string | null | undefined) ?? undefined,
      last: last === undefined ? undefined : baseFrom(last),
    };
  }

  /**
   * What records a change, for the unit that makes it. What the directory said before the first change becomes revision
   * 0; a change that came around this server, by an import or a command, becomes a version by nobody.
   */
  statements(
    { section, userId, siteUrl, recorded, value }: Recording,
    author: Author,
    batchId = '',
  ): Statement[] {
    const now = new Date(this.#now()).toISOString();
    const statements: Statement[] = [];
    const identity = [userId, siteUrl, section] as const;
    let base = recorded.last;
    const add = (text: string, by: Author, batch: string): void => {
      const version = versionOf(identity, base === undefined ? 0 : base.revision + 1, text);
      const values = valuesOf(identity, version, base?.checksum ?? 0, by, now, batch);
      statements.push(insertionOf(versions[section], values));
      base = version;
    };
    const found = textOf(section, recorded.value);
    if (base?.text !== found) add(found, nobody, '');
    add(textOf(section, value), author, batchId);
    return statements;
  }
}

function textOf(section: RecordedSection, value: string | undefined): string {
  return JSON.stringify({ [fieldOf[section]]: value });
}

function baseFrom({ revision, document, checksum }: Row): StoredVersion {
  return { revision: Number(revision), text: document as string, checksum: Number(checksum) };
}
