/** Who has whom as delegate: a table that follows the scheduling options in force, to search by the delegate. */
import type { Losses } from '../directory/deletion-store.ts';
import { keyOf } from '../directory/email.ts';
import { type Database, insertion, insertionOf, type Statement } from '../platform/database.ts';
import { delegatesOf } from './scheduling-options/rules.ts';
import type { SchedulingOptions } from './scheduling-options/schema.ts';
import { type Identity, valuesOf, versionFrom, versionOf, versionTable } from './version-table.ts';

const put =
  'insert into delegations (user_id, site_url, delegate_key) values (?, ?, ?) on conflict do nothing';
const remove = 'delete from delegations where user_id = ? and site_url = ? and delegate_key = ?';

/** What brings the table from one list of addresses to the next; nothing when they name the same. */
export function delegationStatements(
  [userId, siteUrl]: Identity,
  before: readonly string[],
  after: readonly string[],
): Statement[] {
  // Nearly every change leaves the list as it was.
  if (before.length === after.length && before.every((email, index) => email === after[index])) return [];
  const [from, to] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  const statement = (sql: string, key: string) => ({ sql, values: [userId, siteUrl, key] });
  return [
    ...[...from].filter((key) => !to.has(key)).map((key) => statement(remove, key)),
    ...[...to].filter((key) => !from.has(key)).map((key) => statement(put, key)),
  ];
}

const delegators = `select d.user_id, d.site_url from delegations d join users u on u.id = d.user_id
  where d.delegate_key = ? and u.organization_id = ? and u.id <> ? order by d.user_id, d.site_url`;
const inForce = `select revision, document, checksum from preferences
  where user_id = ? and site_url = ? and section = 'schedulingOptions' order by revision desc limit 1`;
/** On top of the version that was read, and of no other. */
const versions = insertion({
  ...versionTable,
  where: `exists (select 1 from preferences before where before.user_id = given.user_id
    and before.site_url = given.site_url and before.section = given.section
    and before.revision = given.revision - 1 and before.checksum = given.parent)`,
});

/** Takes a user off the lists of everybody in the organization who has them as delegate: a change of each list. */
export function removeDelegate(database: Database): Losses {
  return async ({ id, organizationId, emailKey }, actor, now) => {
    const rows = await database.all(delegators, [emailKey, organizationId, id]);
    const changes = await Promise.all(
      rows.map(async (row): Promise<Statement[]> => {
        const identity: Identity = [row.user_id as string, row.site_url as string, 'schedulingOptions'];
        const found = await database.get(inForce, identity.slice(0, 2));
        const base = found && versionFrom(found, identity);
        // Whoever left the site in the meantime has no list any more.
        if (base === undefined || base.text === '') return [];
        const options = JSON.parse(base.text) as SchedulingOptions;
        const delegateEmails = delegatesOf(options).filter((email) => keyOf(email) !== emailKey);
        const version = versionOf(
          identity,
          base.revision + 1,
          JSON.stringify({ ...options, delegateEmails }),
        );
        return [
          insertionOf(versions, valuesOf(identity, version, base.checksum, actor, now)),
          ...delegationStatements(identity, delegatesOf(options), delegateEmails),
        ];
      }),
    );
    return changes.flat();
  };
}
