/** Prunes what need not be kept: versions that were replaced long ago, and who was deleted long ago. */
import type { Database, Row, Statement, Value } from '../../platform/database.ts';

/** A version that is older than the limit, when it is examined. */
interface OldVersion {
  readonly key: readonly [userId: string, siteUrl: string, section: string, revision: number];
  readonly changed: string;
  /** When the version after it was made; null while it is in force. */
  readonly replaced: string | null;
}

const nextSite = 'select site_url from sites where site_url > ? order by site_url limit 1';
const oldVersions = `select p.user_id, p.section, p.revision, p.changed,
  case when p.section = 'sites'
    then (select later.changed from preferences later where later.user_id = p.user_id and later.section = 'sites'
      and later.revision > p.revision order by later.revision limit 1)
    else (select later.changed from preferences later where later.user_id = p.user_id and later.site_url = p.site_url
      and later.section = p.section and later.revision > p.revision order by later.revision limit 1)
  end as replaced
  from preferences p where p.site_url = ? and p.changed < ? and (p.changed, p.user_id, p.section, p.revision) > (?, ?, ?, ?)
  order by p.changed, p.user_id, p.section, p.revision limit ?`;
const remove = 'delete from preferences where user_id = ? and site_url = ? and section = ? and revision = ?';

/** So many are examined at a time: a millisecond of reading, and at most as much in one commit. */
const versionsPerUnit = 100;

/**
 * Removes the versions that were replaced before `limit` (ISO-8601 UTC), a small unit a step; yields how many each removed.
 * The one in force at the limit stays, so that every later change keeps its values before.
 */
export async function* pruneVersions(database: Database, limit: string): AsyncGenerator<number> {
  let site = await database.get(nextSite, ['']);
  while (site !== undefined) {
    const siteUrl = site.site_url as string;
    let last: readonly Value[] = ['', '', '', 0];
    for (;;) {
      const rows = await database.all(oldVersions, [siteUrl, limit, ...last, versionsPerUnit]);
      const versions = rows.map((row) => oldVersionFrom(row, siteUrl));
      const removals = versions
        .filter(({ replaced }) => replaced !== null && replaced < limit)
        .map(({ key }): Statement => ({ sql: remove, values: key }));
      if (removals.length > 0) await database.write(removals);
      yield removals.length;
      const end = versions.at(-1);
      if (end === undefined || versions.length < versionsPerUnit) break;
      const [userId, , section, revision] = end.key;
      last = [end.changed, userId, section, revision];
    }
    site = await database.get(nextSite, [siteUrl]);
  }
  yield* pruneDeletedUsers(database, limit);
}

const longDeleted = `select d.id, (select count(*) from preferences p where p.user_id = d.id) as versions
  from deleted_users d where d.deleted < ? order by d.deleted, d.id limit 1`;
const removeAll = `delete from preferences where user_id = ? and not exists (select 1 from users where id = ?)`;

/** With a user who was deleted before `limit` goes what is left: what closed their documents, and who they were. */
async function* pruneDeletedUsers(database: Database, limit: string): AsyncGenerator<number> {
  for (;;) {
    const user = await database.get(longDeleted, [limit]);
    if (user === undefined) return;
    await database.write([
      { sql: removeAll, values: [user.id!, user.id!] },
      { sql: 'delete from deleted_users where id = ?', values: [user.id!] },
    ]);
    yield Number(user.versions);
  }
}

function oldVersionFrom(row: Row, siteUrl: string): OldVersion {
  return {
    key: [row.user_id as string, siteUrl, row.section as string, Number(row.revision)],
    changed: row.changed as string,
    replaced: row.replaced as string | null,
  };
}
