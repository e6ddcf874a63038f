/**
 * Prunes what need not be kept: versions that were replaced long ago, what is left of memberships that ended long ago, and
 * who was deleted long ago.
 */
import type { Database, Row, Statement, Value } from '../../platform/database.ts';

/** A version that is older than the limit, when it is examined. */
interface OldVersion {
  readonly key: readonly [userId: string, siteUrl: string, section: string, revision: number];
  readonly changed: string;
  /** When the version after it was made; null for the last one. */
  readonly replaced: string | null;
  /** Whether nobody needs it although it is the last one: the membership ended before the limit, and there is no other. */
  readonly isOver: boolean;
}

/** Of all sites that versions lie on: those that were deleted leave the ends of their memberships behind. */
const nextSite = 'select site_url from preferences where site_url > ? order by site_url limit 1';
/** An expression in place of one column: else SQLite would read all changes of the site to find one user's. */
const oldVersions = `select p.user_id, p.section, p.revision, p.changed,
  case when p.section = 'sites'
    then (select later.changed from preferences later where later.user_id = p.user_id and later.section = 'sites'
      and later.revision > p.revision order by later.revision limit 1)
    else (select later.changed from preferences later where later.user_id = p.user_id and later.site_url = p.site_url
      and later.section = p.section and later.revision > p.revision order by later.revision limit 1)
  end as replaced,
  case when (p.document = '' or p.section = 'personalMeetingRoomId')
    and not exists (select 1 from memberships current where current.user_id = p.user_id and current.site_url = p.site_url)
    and not exists (select 1 from preferences ending where ending.user_id = p.user_id and ending.site_url = p.site_url
      and ending.document = '' and ending.changed || '' >= ?)
    then 1 else 0
  end as is_over
  from preferences p where p.site_url = ? and p.changed < ? and (p.changed, p.user_id, p.section, p.revision) > (?, ?, ?, ?)
  order by p.changed, p.user_id, p.section, p.revision limit ?`;
const ofKey = 'user_id = ? and site_url = ? and section = ?';
const remove = `delete from preferences where ${ofKey} and revision = ?`;
/** All of it at once: without its end, a version before would be in force again for whoever comes back. */
const removeWhole = `delete from preferences where ${ofKey} and revision <= ?
  and not exists (select 1 from memberships where user_id = ? and site_url = ?)`;

/**
 * Begins a unit that removes the end of memberships. Whoever makes a membership ends with {@link directoryChanged}, and one of
 * the two waits here for the other: nobody comes back, and builds on such an end, while it is being removed.
 */
const holdMemberships: Statement = { sql: 'update directory_version set version = version', values: [] };

/** So many are examined at a time: a millisecond of reading, and at most as much in one commit. */
const versionsPerUnit = 100;

/**
 * Removes the versions that were replaced before `limit` (ISO-8601 UTC), and those of people who left the site before, a
 * small unit a step; yields how many each removed. The one in force at the limit stays, so that every later change keeps
 * its values before.
 */
export async function* pruneVersions(database: Database, limit: string): AsyncGenerator<number> {
  let site = await database.get(nextSite, ['']);
  while (site !== undefined) {
    const siteUrl = site.site_url as string;
    let last: readonly Value[] = ['', '', '', 0];
    for (;;) {
      const rows = await database.all(oldVersions, [limit, siteUrl, limit, ...last, versionsPerUnit]);
      const versions = rows.map((row) => oldVersionFrom(row, siteUrl));
      const removals = versions.flatMap((version) => removalOf(version, limit));
      if (removals.length > 0) {
        const endsAny = removals.some(({ sql }) => sql === removeWhole);
        await database.write(endsAny ? [holdMemberships, ...removals] : removals);
      }
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

function removalOf({ key, replaced, isOver }: OldVersion, limit: string): Statement[] {
  if (replaced !== null) return replaced < limit ? [{ sql: remove, values: key }] : [];
  const [userId, siteUrl] = key;
  return isOver ? [{ sql: removeWhole, values: [...key, userId, siteUrl] }] : [];
}

const longDeleted = `select d.id, (select count(*) from preferences p where p.user_id = d.id) as versions
  from deleted_users d where d.deleted < ? order by d.deleted, d.id limit 1`;
const removeAll = `delete from preferences where user_id = ? and not exists (select 1 from users where id = ?)`;

/** With a user who was deleted before `limit` goes all that is left: their default sites, and who they were. */
async function* pruneDeletedUsers(database: Database, limit: string): AsyncGenerator<number> {
  for (;;) {
    const user = await database.get(longDeleted, [limit]);
    if (user === undefined) return;
    await database.write([
      holdMemberships,
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
    isOver: Number(row.is_over) === 1,
  };
}
