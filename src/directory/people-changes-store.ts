/** Adds, changes and removes people: for all who administer an organization while the server runs. */
import { Conflict, type Database, directoryChanged, type Statement } from '../platform/database.ts';
import { existingSites } from './bulk-registry.ts';
import { type Actor, type Deletions, leaveSiteStatements } from './deletion-store.ts';
import { keyOf } from './email.ts';
import type { PeopleStore } from './people-store.ts';
import { isSame, type Person, type PersonFields, type PersonSite } from './person.ts';
import { membershipStatements, userStatement } from './registration.ts';
import type { RandomBytes } from './room-names.ts';
import type { SiteSettings } from './site-settings.ts';

/** More for the same unit, such as events for the audit log. */
export type Also = (before: Person, after: PersonFields) => readonly Statement[];

export interface PeopleParts {
  readonly database: Database;
  readonly people: PeopleStore;
  readonly deletions: Deletions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: RandomBytes;
  /** Empties what this process keeps in memory of users. */
  readonly forget: () => void;
}

/** Each try fails only when a random name was taken, or somebody else changed the same person. */
const attempts = 8;

export class PeopleChanges {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** The settings of those of these sites that the organization has, by URL in lower case. */
  async sitesOf(
    organizationId: string,
    siteUrls: readonly string[],
  ): Promise<Map<string, Partial<SiteSettings>>> {
    const found = await existingSites(this.#parts.database, siteUrls.map(keyOf));
    const own = found.filter((site) => site.organizationId === organizationId);
    return new Map(own.map(({ siteUrl, settings }) => [siteUrl, settings]));
  }

  /**
   * Adds a person under a new uuid, with a room on each site; the first is the default one. Rejects with a Conflict when
   * the address or a site is not to be had.
   */
  async create(
    id: string,
    organizationId: string,
    fields: PersonFields,
    also: readonly Statement[] = [],
  ): Promise<Person> {
    const { people, now } = this.#parts;
    await this.#retried(async () => {
      const time = new Date(now()).toISOString();
      const { sites, ...facts } = fields;
      const defaultSiteUrl = sites[0]?.siteUrl;
      await this.#write([
        userStatement({ id, organizationId, ...facts, defaultSiteUrl }, time),
        ...(await this.#joinStatements(id, organizationId, sites)),
        ...also,
      ]);
    });
    return (await people.find(organizationId, id))!;
  }

  /**
   * Changes a person into what `change` makes of them, once more when somebody else changed them meanwhile; undefined when
   * there is no such person. What `change` throws refuses the request. Who they were and are is told to `also`.
   */
  async update(
    organizationId: string,
    id: string,
    actor: Actor,
    change: (person: Person) => Promise<PersonFields>,
    also: Also = () => [],
  ): Promise<Person | undefined> {
    const { people } = this.#parts;
    await this.#retried(async () => {
      const person = await people.find(organizationId, id);
      if (person === undefined) return;
      const fields = await change(person);
      if (!isSame(person, fields)) {
        await this.#write([...(await this.updateStatements(person, fields, actor)), ...also(person, fields)]);
      }
    });
    return people.find(organizationId, id);
  }

  /** Whether there was such a person; rejects with a Conflict for the last active full administrator. */
  async delete(person: Person, actor: Actor, also: readonly Statement[] = []): Promise<boolean> {
    const guards = person.fullAdministrator ? administratorRemains(person) : [];
    return this.#parts.deletions.deleteUser(person.id, actor, [...guards, ...also]);
  }

  /**
   * Writes what `make` makes, in one unit; once more when somebody else changed meanwhile what it looked at. What it
   * throws refuses the request.
   */
  writeTogether(make: () => Promise<Statement[]>): Promise<void> {
    return this.#retried(async () => this.#write(await make()));
  }

  /** What makes of a person what `fields` say, for a unit with others; nothing when it is so already. */
  async updateStatements(person: Person, fields: PersonFields, actor: Actor): Promise<Statement[]> {
    if (isSame(person, fields)) return [];
    const { id, organizationId, modified } = person;
    const time = new Date(Math.max(this.#parts.now(), Date.parse(modified) + 1)).toISOString();
    const wanted = new Set(fields.sites.map(({ siteUrl }) => keyOf(siteUrl)));
    const held = new Map(person.sites.map((site) => [site.siteUrl, site.siteAdministrator]));
    const left = [...held.keys()].filter((siteUrl) => !wanted.has(siteUrl));
    const joined = fields.sites.filter(({ siteUrl }) => !held.has(keyOf(siteUrl)));
    const isDemoted =
      person.fullAdministrator && person.active && !(fields.fullAdministrator && fields.active);
    return [
      ...(isDemoted ? administratorRemains(person) : []),
      updateStatement(person, fields, time),
      ...left.flatMap((siteUrl) => leaveSiteStatements(id, siteUrl, actor, time)),
      ...(await this.#joinStatements(id, organizationId, joined)),
      ...fields.sites
        .filter(({ siteUrl }) => held.has(keyOf(siteUrl)))
        .map((site) => roleStatement(id, site)),
      { sql: firstDefault, values: [joined[0] === undefined ? null : keyOf(joined[0].siteUrl), id] },
    ];
  }

  async #joinStatements(
    userId: string,
    organizationId: string,
    sites: readonly PersonSite[],
  ): Promise<Statement[]> {
    const urls = sites.map(({ siteUrl }) => siteUrl);
    const settings = await this.sitesOf(organizationId, urls);
    return sites.flatMap(({ siteUrl, siteAdministrator }) => {
      const known = settings.get(keyOf(siteUrl));
      if (known === undefined) throw new Conflict();
      const membership = { userId, siteUrl, siteAdministrator, roomId: undefined };
      return membershipStatements(membership, known, this.#parts.random);
    });
  }

  async #retried(run: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof Conflict) || attempt === attempts) throw error;
      }
    }
  }

  async #write(unit: readonly Statement[]): Promise<void> {
    await this.#parts.database.write([...unit, directoryChanged]);
    this.#parts.forget();
  }
}

/** Only what was read is changed: `modified` grows with every change. */
function updateStatement(person: Person, fields: PersonFields, time: string): Statement {
  const sql = `update users set email = ?, email_key = ?, display_name = ?, first_name = ?, last_name = ?,
      full_administrator = ?, active = ?, external_id = ?, modified = ?
    where id = ? and case when modified = '' then created else modified end = ?`;
  const { email, displayName, firstName, lastName, fullAdministrator, active, externalId } = fields;
  const names = [email, keyOf(email), displayName, firstName, lastName];
  const roles = [fullAdministrator ? 1 : 0, active ? 1 : 0, externalId];
  return { sql, values: [...names, ...roles, time, person.id, person.modified], changes: 1 };
}

function roleStatement(id: string, { siteUrl, siteAdministrator }: PersonSite): Statement {
  const sql = 'update memberships set site_administrator = ? where user_id = ? and site_url = ?';
  return { sql, values: [siteAdministrator ? 1 : 0, id, keyOf(siteUrl)], changes: 1 };
}

/** Somebody without a default site gets the first that they were put on. */
const firstDefault = 'update users set default_site_url = ? where id = ? and default_site_url is null';

/**
 * Fails the unit unless another active full administrator remains. The first statement makes all who take this role away
 * wait for each other, the second sees what they left.
 */
function administratorRemains({ id, organizationId }: Person): Statement[] {
  return [
    { sql: 'update organizations set name = name where id = ?', values: [organizationId], changes: 1 },
    {
      sql: `update users set full_administrator = full_administrator where id = ? and exists (select 1 from users other
        where other.organization_id = ? and other.full_administrator = 1 and other.active = 1 and other.kind = 'person'
          and other.id <> ?)`,
      values: [id, organizationId, id],
      changes: 1,
    },
  ];
}
