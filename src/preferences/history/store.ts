/** Reads what was changed: the versions of documents, newest first. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Row, Value } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { versionFrom } from '../version-table.ts';
import type { Fields, HistoryQuery, Position } from './rules.ts';
import type { HistorySection } from './schema.ts';

/** A version of a document, and what made it; the last four are empty for what no request changed, or not in a batch. */
export interface HistoryVersion extends Position {
  readonly siteUrl: string;
  readonly section: HistorySection;
  readonly document: Fields;
  /** Whether the membership ended here: the document is {} then. */
  readonly isEnd: boolean;
  readonly actorId: string;
  readonly tokenId: string;
  readonly trackingId: string;
  readonly batchId: string;
}

export interface HistoryPage {
  readonly versions: readonly HistoryVersion[];
  readonly isLast: boolean;
}

const select = `select user_id, site_url, section, revision, document, checksum, changed, actor_id, token_id,
  tracking_id, batch_id from preferences where`;
/** Revision 0 is what was there before the first change; a version without a document tells of no change. */
const pageBy = (
  changed: string,
): string => `and revision > 0 and document <> '' and (? = '' or section = ?) and ${changed} >= ?
  and (${changed}, user_id, section, revision) < (?, ?, ?, ?)
  order by ${changed} desc, user_id desc, section desc, revision desc limit ?`;

const ofSite = `${select} site_url = ? ${pageBy('changed')}`;
/** No index finds the versions of one section: so many of the site are looked at before others have their turn. */
const lookedAtOnce = 4_000;
const timeAhead = `select changed from preferences where site_url = ? and changed >= ? and changed < ?
  order by changed desc limit 1 offset ${lookedAtOnce}`;
/** An expression in place of the column: else SQLite would read the whole site in its order to find one user there. */
const ofUserOnSite = `${select} user_id = ? and site_url = ? ${pageBy("changed || ''")}`;
const ofDefaultElsewhere = `${select} user_id = ? and section = 'sites' and site_url <> ? ${pageBy('changed')}`;
const one = `${select} user_id = ? and site_url = ? and section = ? and revision = ?`;
const oneOfSites = `${select} user_id = ? and section = 'sites' and revision = ?`;
const ofBatch = `${select} batch_id = ? and batch_id <> '' and site_url = ? order by user_id`;
const before = `${select} user_id = ? and site_url = ? and section = ? and revision < ? order by revision desc limit 1`;
const beforeOfSites = `${select} user_id = ? and section = 'sites' and revision < ? order by revision desc limit 1`;

export class HistoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What was changed of a user on a site, and their default site. */
  async ofUser(userId: string, siteUrl: string, query: HistoryQuery): Promise<HistoryPage> {
    const key = [userId, siteUrl];
    // Two statements, because one with "or" makes an engine read the whole site, or all sites of the user.
    const [onSite, elsewhere] = await Promise.all([
      this.#rows(ofUserOnSite, key, query),
      this.#rows(ofDefaultElsewhere, key, query),
    ]);
    return pageOf([...onSite, ...elsewhere].sort(newestFirst), query);
  }

  /** What was changed on a site, of everybody or of one user. */
  async ofSite(siteUrl: string, userId: string | undefined, query: HistoryQuery): Promise<HistoryPage> {
    if (userId !== undefined) return pageOf(await this.#rows(ofUserOnSite, [userId, siteUrl], query), query);
    if (query.section !== undefined) return pageOf(await this.#ofSection(siteUrl, query), query);
    return pageOf(await this.#rows(ofSite, [siteUrl], query), query);
  }

  /** Goes back in time, a stretch after the other, until the page is full or the site has no more. */
  async #ofSection(siteUrl: string, query: HistoryQuery): Promise<HistoryVersion[]> {
    const versions: HistoryVersion[] = [];
    let { start } = query;
    for (;;) {
      const ahead = await this.#database.get(timeAhead, [siteUrl, query.from, start.changed]);
      const from = (ahead?.changed as string | undefined) ?? query.from;
      const max = query.max - versions.length;
      versions.push(...(await this.#rows(ofSite, [siteUrl], { ...query, start, from, max })));
      if (ahead === undefined || versions.length > query.max) return versions;
      start = { changed: from, userId: '', section: '', revision: 0 };
      await nextTurn();
    }
  }

  /** One more than fit on the page, where there are more. */
  async #rows(
    sql: string,
    key: readonly Value[],
    { section, from, start, max }: HistoryQuery,
  ): Promise<HistoryVersion[]> {
    const { changed, userId, section: startSection, revision } = start;
    const only = section ?? '';
    const values = [...key, only, only, from, changed, userId, startSection, revision, max + 1];
    return (await this.#database.all(sql, values)).map((row) => fromRow(row, this.#database.secrets));
  }

  /** Whether there is, or was, anything of this user on this site. */
  async knows(userId: string, siteUrl: string): Promise<boolean> {
    const sql = 'select 1 as found from preferences where user_id = ? and site_url = ? limit 1';
    return (await this.#database.get(sql, [userId, siteUrl])) !== undefined;
  }

  /** When the user's last membership of the site ended, if it did and they are back; '' for never. */
  async closedAt(userId: string, siteUrl: string): Promise<string> {
    const sql = `select max(changed) as closed from preferences
      where user_id = ? and site_url = ? and document = ''`;
    const row = await this.#database.get(sql, [userId, siteUrl]);
    return (row?.closed as string | null | undefined) ?? '';
  }

  async find(
    userId: string,
    siteUrl: string,
    section: HistorySection,
    revision: number,
  ): Promise<HistoryVersion | undefined> {
    const row =
      section === 'sites'
        ? await this.#database.get(oneOfSites, [userId, revision])
        : await this.#database.get(one, [userId, siteUrl, section, revision]);
    return row === undefined ? undefined : fromRow(row, this.#database.secrets);
  }

  async ofBatch(batchId: string, siteUrl: string): Promise<HistoryVersion[]> {
    return (await this.#database.all(ofBatch, [batchId, siteUrl])).map((row) =>
      fromRow(row, this.#database.secrets),
    );
  }

  /** The version that this one was made from; undefined when there is none, or it is no longer kept. */
  async before({ userId, siteUrl, section, revision }: HistoryVersion): Promise<HistoryVersion | undefined> {
    const row =
      section === 'sites'
        ? await this.#database.get(beforeOfSites, [userId, revision])
        : await this.#database.get(before, [userId, siteUrl, section, revision]);
    return row === undefined ? undefined : fromRow(row, this.#database.secrets);
  }
}

function pageOf(versions: readonly HistoryVersion[], { max }: HistoryQuery): HistoryPage {
  return { versions: versions.slice(0, max), isLast: versions.length <= max };
}

/** The order of the statements, for versions of one user. */
function newestFirst(one: Position, other: Position): number {
  const keyOf = ({ changed, section }: Position): string => `${changed} ${section}`;
  if (keyOf(one) === keyOf(other)) return other.revision - one.revision;
  return keyOf(one) < keyOf(other) ? 1 : -1;
}

function fromRow(row: Row, secrets: Secrets): HistoryVersion {
  const [userId, siteUrl, section] = [row.user_id, row.site_url, row.section] as [
    string,
    string,
    HistorySection,
  ];
  const { revision, text } = versionFrom(row, [userId, siteUrl, section], secrets);
  return {
    userId,
    siteUrl,
    section,
    revision,
    document: text === '' ? {} : (JSON.parse(text) as Fields),
    isEnd: text === '',
    changed: row.changed as string,
    actorId: row.actor_id as string,
    tokenId: row.token_id as string,
    trackingId: row.tracking_id as string,
    batchId: row.batch_id as string,
  };
}
