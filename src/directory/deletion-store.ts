/**
 * Ends memberships: of a user, of a site, of an organization, or one alone. Preferences are versions that nothing but their
 * key ties to a membership, so each of these says what becomes of them. What was in force is closed by a version whose
 * document is '', which a write that is under way cannot get around: it wants the same revision, or finds the membership gone.
 */
import {
  Conflict,
  type Database,
  directoryChanged,
  type Statement,
  type Value,
} from '../platform/database.ts';
import { type ExistingUser, existingUsers } from './bulk-registry.ts';

/** Who ends a membership, by which request; all are '' for what no request did. */
export interface Actor {
  readonly userId: string;
  readonly tokenId: string;
  readonly trackingId: string;
}

export const operator: Actor = { userId: '', tokenId: '', trackingId: '' };

/** What others lose with a user: statements for the unit that deletes the user, made anew for every try. */
export type Losses = (user: ExistingUser, actor: Actor, now: string) => Promise<Statement[]>;

/** Each try fails only when somebody whom the deletion is about was changed between looking and writing. */
const attempts = 16;

const ofUser = 'm.user_id = ?';
const ofMembership = 'm.user_id = ? and m.site_url = ?';
const ofSite = 'm.site_url = ?';
const ofOrganization = 'm.site_url in (select site_url from sites where organization_id = ?)';

export class Deletions {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #losses: Losses;
  readonly #forget: () => void;

  /** `forget` empties what this process keeps in memory, after a user was deleted. */
  constructor(
    database: Database,
    losses: Losses,
    now: () => number = Date.now,
    forget: () => void = () => {},
  ) {
    this.#database = database;
    this.#losses = losses;
    this.#now = now;
    this.#forget = forget;
  }

  /**
   * Deletes a user with their memberships, delegations, tokens and sessions, in one unit that ends with `also`. Their
   * preferences are no longer in force anywhere; the history stays, and `deleted_users` tells whose it is. Whether there
   * was such a user; rejects with a Conflict when `guards`, which come first, fail again and again.
   */
  async deleteUser(id: string, actor: Actor = operator, guards: readonly Statement[] = []): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const [user] = await existingUsers(this.#database, [], [id]);
      if (user === undefined) return false;
      const now = new Date(this.#now()).toISOString();
      try {
        await this.#database.write([
          ...guards,
          closeStatement(ofUser, [id], actor, now),
          { sql: 'delete from delegations where user_id = ?', values: [id] },
          ...(await this.#losses(user, actor, now)),
          { sql: rememberUser, values: [now, id], changes: 1 },
          { sql: 'delete from users where id = ?', values: [id], changes: 1 },
          directoryChanged,
        ]);
        this.#forget();
        return true;
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
      }
    }
  }

  /**
   * Deletes a site with everybody's membership, preferences and history there: nobody is left who could read it, and the
   * next holder of the URL must not. Whose default site it was gets another of their sites. `siteUrl` in lower case.
   */
  async deleteSite(siteUrl: string): Promise<void> {
    await this.#write((now) => [
      closeStatement(ofSite, [siteUrl], operator, now),
      { sql: "delete from preferences where site_url = ? and document <> ''", values: [siteUrl] },
      { sql: 'delete from delegations where site_url = ?', values: [siteUrl] },
      { sql: 'delete from memberships where site_url = ?', values: [siteUrl] },
      { sql: nextDefaults, values: [siteUrl, siteUrl] },
      { sql: 'delete from sites where site_url = ?', values: [siteUrl], changes: 1 },
    ]);
  }

  /** Deletes an organization with its sites, users, tokens, preferences and history. */
  async deleteOrganization(id: string): Promise<void> {
    const within = 'site_url in (select site_url from sites where organization_id = ?)';
    await this.#write((now) => [
      closeStatement(ofOrganization, [id], operator, now),
      { sql: `delete from preferences where ${within} and document <> ''`, values: [id] },
      { sql: `delete from delegations where ${within}`, values: [id] },
      { sql: 'delete from organizations where id = ?', values: [id], changes: 1 },
    ]);
  }

  async #write(unit: (now: string) => Statement[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const now = new Date(this.#now()).toISOString();
        return await this.#database.write([...unit(now), directoryChanged]);
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
      }
    }
  }
}

/**
 * Takes a user off a site, with their room and preferences there; a default site becomes another of their sites. What
 * they had is closed, and stays in the history.
 */
export function leaveSiteStatements(userId: string, siteUrl: string, actor: Actor, now: string): Statement[] {
  const nextDefault = `update users set default_site_url =
      (select min(m.site_url) from memberships m where m.user_id = users.id)
    where id = ? and default_site_url = ?`;
  const key = [userId, siteUrl];
  return [
    closeStatement(ofMembership, key, actor, now),
    { sql: 'delete from delegations where user_id = ? and site_url = ?', values: key },
    { sql: 'delete from memberships where user_id = ? and site_url = ?', values: key, changes: 1 },
    { sql: nextDefault, values: key },
  ];
}

const sections = ['audio', 'personalMeetingRoom', 'schedulingOptions', 'video'];

/**
 * Closes the documents of all memberships `where` says, also those that were never changed: a first change may be under way.
 * In the order in which shared insertions lock, so that none of them and this wait for each other.
 */
function closeStatement(
  where: string,
  key: readonly Value[],
  { userId, tokenId, trackingId }: Actor,
  now: string,
): Statement {
  const names = sections.map((name) => `select '${name}' as name`).join(' union all ');
  const sql = `insert into preferences (user_id, site_url, section, revision, document, checksum, parent, changed,
      actor_id, token_id, tracking_id, batch_id)
    select m.user_id, m.site_url, section.name, coalesce(max(p.revision), 0) + 1, '', 0, 0, cast(? as text),
      cast(? as text), cast(? as text), cast(? as text), ''
    from memberships m cross join (${names}) as section left join preferences p
      on p.user_id = m.user_id and p.site_url = m.site_url and p.section = section.name
    where ${where} group by m.user_id, m.site_url, section.name
    order by m.user_id, m.site_url, section.name`;
  return { sql, values: [now, userId, tokenId, trackingId, ...key] };
}

const nextDefaults = `update users set default_site_url =
    (select min(m.site_url) from memberships m where m.user_id = users.id)
  where default_site_url = ? and organization_id = (select organization_id from sites where site_url = ?)`;

const rememberUser = `insert into deleted_users
    (id, organization_id, email, email_key, display_name, first_name, last_name, deleted)
  select id, organization_id, email, email_key, display_name, first_name, last_name, cast(? as text)
  from users where id = ?
  on conflict (id) do update set organization_id = excluded.organization_id, email = excluded.email,
    email_key = excluded.email_key, display_name = excluded.display_name, first_name = excluded.first_name,
    last_name = excluded.last_name, deleted = excluded.deleted`;
