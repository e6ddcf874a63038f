/** What the pages of sign-in ask the directory. */
import type { Database } from '../platform/database.ts';

/** Somebody whom a developer can sign in as. */
export interface Choice {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly organization: string;
  readonly fullAdministrator: boolean;
  readonly siteAdministrator: boolean;
}

const listChoices = `select u.id, u.display_name, u.email, u.full_administrator, o.name,
    (select count(*) from memberships m where m.user_id = u.id and m.site_administrator = 1) as administered
  from users u join organizations o on o.id = u.organization_id
  where u.active = 1 and u.kind = 'person' order by o.name, u.email_key limit ?`;

/** Some users in the order of their organizations. */
export async function choicesOf(database: Database, limit: number): Promise<Choice[]> {
  const rows = await database.all(listChoices, [limit]);
  return rows.map((row) => ({
    userId: row.id as string,
    displayName: row.display_name as string,
    email: row.email as string,
    organization: row.name as string,
    fullAdministrator: row.full_administrator === 1,
    siteAdministrator: (row.administered as number) > 0,
  }));
}
