/**
 * Lets PostgreSQL itself refuse a unit that changes the directory but does not say so: other processes would go on with
 * what they have in memory. Every suite that runs on PostgreSQL thereby looks for one.
 */
const tables = {
  organizations: 'insert or update or delete',
  sites: 'insert or update or delete',
  users: 'insert or update or delete',
  memberships: 'insert or update or delete',
  // Their last use is kept by each process for itself.
  tokens: 'delete or update of hash, id, user_id, name, scopes, expires, revoked',
};
/** A token that an integration obtains is random: nobody can have asked for it, and found nothing, before. */
const byHand =
  'after insert on tokens deferrable initially deferred for each row when (new.integration_id is null)';

/** Statements for a database whose schema is up to date. */
export const assertDirectoryChanges: readonly string[] = [
  `create function assert_directory_changed() returns trigger language plpgsql as $$
  begin
    if not exists (select 1 from directory_version where xmin = pg_current_xact_id()::xid) then
      raise exception 'a unit changed % without directoryChanged', tg_table_name;
    end if;
    return null;
  end $$`,
  ...Object.entries(tables).map(
    ([table, events]) =>
      `create constraint trigger ${table}_are_watched after ${events} on ${table}
       deferrable initially deferred for each row execute function assert_directory_changed()`,
  ),
  `create constraint trigger new_tokens_are_watched ${byHand} execute function assert_directory_changed()`,
];
