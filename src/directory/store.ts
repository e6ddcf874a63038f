/** Reads and changes who and what exists. */
import { Cache } from '../platform/cache.ts';
import { type Database, directoryChanged, type Row, type Statement } from '../platform/database.ts';
import { keyOf } from './email.ts';
import type { Member, Membership, Site } from './member.ts';
import { pinsContext } from './registration.ts';
import { type SiteSettings, withDefaults } from './site-settings.ts';

const memberRows = `select u.id, u.organization_id, u.email, u.email_key, u.display_name, u.full_administrator,
  u.active, u.default_site_url, m.site_url, m.site_administrator, m.room_id, m.access_code, m.meeting_id, m.initial_pins, s.settings
  from users u left join memberships m on m.user_id = u.id left join sites s on s.site_url = m.site_url
  where u.id = ? order by m.site_url`;

/** How many members, some 1 KB each, are kept in memory. */
const membersKept = 50_000;

/** The settings of a site as they lie in the database. */
export interface StoredSettings {
  readonly text: string;
  readonly settings: Partial<SiteSettings>;
}

export class Directory {
  readonly #database: Database;
  readonly #members: Cache<Member>;
  /** Site objects are shared by the members on them: settings are parsed once, not once a member. */
  readonly #sites: Cache<Site & { readonly text: string }>;

  constructor(database: Database) {
    this.#database = database;
    this.#members = new Cache(database, membersKept);
    this.#sites = new Cache(database, membersKept);
  }

  /** The user with this id as far as memory tells; undefined also for one who has to be looked up. */
  knownMember(userId: string): Member | undefined {
    return this.#members.get(userId);
  }

  /** The user with this id and all of their sites. */
  async member(userId: string): Promise<Member | undefined> {
    return (
      this.#members.get(userId) ??
      this.#members.load(userId, async () => {
        const rows = await this.#database.all(memberRows, [userId]);
        return rows.length === 0 ? undefined : this.#memberFrom(rows);
      })
    );
  }

  /** The user with this address, in any case. */
  async memberByEmail(email: string): Promise<Member | undefined> {
    const row = await this.#database.get('select id from users where email_key = ?', [keyOf(email)]);
    return row === undefined ? undefined : this.member(row.id as string);
  }

  /** The site whose personal room has this meeting id. */
  async siteOfMeeting(meetingId: string): Promise<Site | undefined> {
    const row = await this.#database.get(
      `select s.site_url, s.organization_id, s.settings from memberships m join sites s on s.site_url = m.site_url
       where m.meeting_id = ?`,
      [meetingId],
    );
    return row === undefined ? undefined : this.#siteFrom(row);
  }

  /** Who holds this room id on the site, compared without case. */
  async holderOfRoom(siteUrl: string, roomId: string): Promise<string | undefined> {
    const row = await this.#database.get(
      'select user_id from memberships where site_url = ? and room_key = ?',
      [siteUrl, keyOf(roomId)],
    );
    return row?.user_id as string | undefined;
  }

  /**
   * Makes one of the user's sites their default, together with `also`; rejects with a Conflict when it is no longer what
   * `user` says.
   */
  async setDefaultSite(user: Member, siteUrl: string, also: readonly Statement[]): Promise<void> {
    const sql = "update users set default_site_url = ? where id = ? and coalesce(default_site_url, '') = ?";
    const values = [siteUrl, user.id, user.defaultSiteUrl ?? ''];
    // Waits for whoever takes the user off the site, or makes them wait.
    const isThere = `update memberships set site_administrator = site_administrator
      where user_id = ? and site_url = ?`;
    await this.#write([
      { sql: isThere, values: [user.id, siteUrl], changes: 1 },
      { sql, values, changes: 1 },
      ...also,
    ]);
  }

  /** Drops what is kept in memory of a user, after a write found it outdated. */
  forget({ id }: Member): void {
    this.#members.delete(id);
  }

  /** Drops what is kept in memory of all users, after a write around this class. */
  forgetAll(): void {
    this.#members.clear();
  }

  /**
   * Gives people new room ids on a site, all or none, together with `also`; rejects with a Conflict when one is taken by
   * then. Ids go through a name that nobody can choose, so that two people can swap theirs.
   */
  async changeRoomIds(
    siteUrl: string,
    rooms: readonly { userId: string; roomId: string }[],
    also: readonly Statement[],
  ): Promise<void> {
    const vacate = 'update memberships set room_key = ? where user_id = ? and site_url = ?';
    const occupy = 'update memberships set room_id = ?, room_key = ? where user_id = ? and site_url = ?';
    await this.#write([
      ...rooms.map(
        ({ userId }): Statement => ({ sql: vacate, values: [`/${userId}`, userId, siteUrl], changes: 1 }),
      ),
      ...rooms.map(
        ({ userId, roomId }): Statement => ({
          sql: occupy,
          values: [roomId, keyOf(roomId), userId, siteUrl],
          changes: 1,
        }),
      ),
      ...also,
    ]);
  }

  /** What was ever set of a site's settings, and the text that it stands in; undefined when the site is gone. */
  async storedSettings(siteUrl: string): Promise<StoredSettings | undefined> {
    const row = await this.#database.get('select settings from sites where site_url = ?', [siteUrl]);
    if (row === undefined) return undefined;
    const text = row.settings as string;
    return { text, settings: JSON.parse(text) as Partial<SiteSettings> };
  }

  /** Replaces a site's settings, together with `also`; rejects with a Conflict when they are no longer `before`. */
  async setSettings(
    siteUrl: string,
    before: StoredSettings,
    settings: Partial<SiteSettings>,
    also: readonly Statement[],
  ): Promise<void> {
    const sql = 'update sites set settings = ? where site_url = ? and settings = ?';
    await this.#write([
      { sql, values: [JSON.stringify(settings), siteUrl, before.text], changes: 1 },
      ...also,
    ]);
  }

  async #write(unit: Statement[]): Promise<void> {
    await this.#database.write([...unit, directoryChanged]);
    this.#members.clear();
  }

  #memberFrom(rows: readonly Row[]): Member {
    const user = rows[0]!;
    const memberships = rows
      .filter(({ site_url }) => site_url !== null)
      .map((row) => this.#membershipFrom(row));
    return {
      id: user.id as string,
      organizationId: user.organization_id as string,
      email: user.email as string,
      emailKey: user.email_key as string,
      displayName: user.display_name as string,
      fullAdministrator: user.full_administrator === 1,
      active: user.active === 1,
      defaultSiteUrl: (user.default_site_url as string | null) ?? undefined,
      defaultMembership: memberships.find(({ site }) => site.siteUrl === user.default_site_url),
      memberships,
    };
  }

  #membershipFrom(row: Row): Membership {
    const { secrets } = this.#database;
    const pins = row.initial_pins as string;
    const context = pinsContext(row.id as string, row.site_url as string);
    return {
      id: `${row.id} ${row.site_url} ${row.meeting_id}`,
      site: this.#siteFrom(row),
      siteAdministrator: row.site_administrator === 1,
      roomId: row.room_id as string,
      accessCode: row.access_code as string,
      meetingId: row.meeting_id as string,
      // Opened when it is asked for, which is only before the first change of a document that has a PIN.
      get initialPins() {
        return secrets.open(pins, context);
      },
    };
  }

  #siteFrom(row: Row): Site {
    const siteUrl = row.site_url as string;
    const text = row.settings as string;
    const cached = this.#sites.get(siteUrl);
    if (cached?.text === text) return cached;
    const site = {
      siteUrl,
      organizationId: row.organization_id as string,
      settings: withDefaults(JSON.parse(text) as Partial<SiteSettings>),
      text,
    };
    this.#sites.set(siteUrl, site);
    return site;
  }
}
