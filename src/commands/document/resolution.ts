/** Brings a file and the database together: what every entry stands for, and what must not be. */
import { randomUUID } from 'node:crypto';
import type {
  ExistingMembership,
  ExistingOrganization,
  ExistingSite,
  ExistingUser,
} from '../../directory/bulk-registry.ts';
import { keyOf } from '../../directory/email.ts';
import { namesIn } from '../../directory/person.ts';
import type { NewSite, NewUser, RoomNames } from '../../directory/registration.ts';
import { mergedSettings } from '../../directory/site-settings.ts';
import type { StoredToken } from '../../identity/token-registry.ts';
import { type ExistingState, hashOfToken } from './existing-state.ts';
import { type DocumentFault, type Path, pathText } from './fault.ts';
import { userIdIn } from './identifiers.ts';
import type {
  DirectoryDocument,
  MembershipEntry,
  OrganizationEntry,
  SiteEntry,
  TokenEntry,
  UserEntry,
} from './schema.ts';

/** What an entry asks for, beside what is there; undefined when it is new. */
interface Resolved<Wanted, Existing> {
  readonly wanted: Wanted;
  readonly existing: Existing | undefined;
}

export interface ResolvedMembership {
  readonly userId: string;
  readonly site: NewSite;
  readonly siteAdministrator: boolean;
  /** The names that the file gives or the database has; the others are still to be made. */
  readonly room: { -readonly [Name in keyof RoomNames]: RoomNames[Name] | undefined };
  readonly existing: ExistingMembership | undefined;
  readonly path: Path;
}

export interface ResolvedUser extends Resolved<NewUser, ExistingUser> {
  readonly memberships: readonly ResolvedMembership[];
  readonly tokens: readonly Resolved<StoredToken, StoredToken>[];
}

export interface Resolution {
  readonly organizations: readonly Resolved<ExistingOrganization, ExistingOrganization>[];
  readonly sites: readonly Resolved<NewSite, ExistingSite>[];
  readonly users: readonly ResolvedUser[];
  readonly faults: DocumentFault[];
}

/** `document` has no fault by itself. Room names are not looked at: that is for the rooms of a whole site together. */
export function resolveDocument({ organizations }: DirectoryDocument, state: ExistingState): Resolution {
  const resolver = new Resolver(state);
  // All sites first: a user may be on a site that the file lists later.
  const resolved = organizations.map((entry, index) =>
    resolver.organization(entry, ['organizations', index]),
  );
  for (const [index, { users = [] }] of organizations.entries()) {
    const organizationId = resolved[index]!;
    for (const [place, user] of users.entries()) {
      resolver.user(user, organizationId, ['organizations', index, 'users', place]);
    }
  }
  return resolver;
}

class Resolver implements Resolution {
  readonly organizations: Resolved<ExistingOrganization, ExistingOrganization>[] = [];
  readonly sites: Resolved<NewSite, ExistingSite>[] = [];
  readonly users: ResolvedUser[] = [];
  readonly faults: DocumentFault[] = [];
  readonly #state: ExistingState;
  /** Every site that may be used: of the database and of the file. */
  readonly #sites: Map<string, NewSite>;
  /** Which entry stands for an organization or a user: two that come to the same one are a fault. */
  readonly #claims = new Map<string, Path>();

  constructor(state: ExistingState) {
    this.#state = state;
    this.#sites = new Map(state.sites);
  }

  organization({ name, id, sites = [] }: OrganizationEntry, path: Path): string {
    const byName = this.#state.organizationsByName.get(name);
    const organizationId = id ?? byName?.id ?? randomUUID();
    if (byName !== undefined && byName.id !== organizationId) {
      this.#add([...path, 'id'], `The organization ${JSON.stringify(name)} has the id ${byName.id} already.`);
    }
    const existing = this.#state.organizationsById.get(organizationId);
    this.#claim('organization', organizationId, path);
    this.organizations.push({ wanted: { id: organizationId, name }, existing });
    for (const [index, site] of sites.entries()) this.#site(site, organizationId, [...path, 'sites', index]);
    return organizationId;
  }

  #site({ siteUrl, settings = {} }: SiteEntry, organizationId: string, path: Path): void {
    const key = keyOf(siteUrl);
    const existing = this.#state.sites.get(key);
    if (existing !== undefined && existing.organizationId !== organizationId) {
      this.#add([...path, 'siteUrl'], `The site ${key} belongs to another organization in the database.`);
    }
    const wanted = { siteUrl: key, organizationId, settings: mergedSettings(existing?.settings, settings) };
    this.#sites.set(key, wanted);
    this.sites.push({ wanted, existing });
  }

  user(entry: UserEntry, organizationId: string, path: Path): void {
    const { email, displayName, sites = [], tokens = [] } = entry;
    const existing = this.#existingUser(entry, organizationId, path);
    const id = existing?.id ?? (entry.id === undefined ? randomUUID() : userIdIn(entry.id)!);
    this.#claim('user', id, path);
    const before = this.#state.memberships.get(id) ?? [];
    const memberships = sites.flatMap((membership, index) =>
      this.#membership(membership, id, organizationId, before, [...path, 'sites', index]),
    );
    const guessed = namesIn(displayName);
    const wanted: NewUser = {
      id,
      organizationId,
      email,
      displayName,
      firstName: entry.firstName ?? existing?.firstName ?? guessed.firstName,
      lastName: entry.lastName ?? existing?.lastName ?? guessed.lastName,
      fullAdministrator: entry.fullAdministrator ?? existing?.fullAdministrator ?? false,
      defaultSiteUrl: this.#defaultSite(entry, existing, before, path),
    };
    this.users.push({
      wanted,
      existing,
      memberships,
      tokens: tokens.map((token, index) => this.#token(token, id, [...path, 'tokens', index])),
    });
  }

  #existingUser({ id, email }: UserEntry, organizationId: string, path: Path): ExistingUser | undefined {
    const byEmail = this.#state.usersByEmail.get(keyOf(email));
    const userId = id === undefined ? byEmail?.id : userIdIn(id);
    const existing = userId === undefined ? undefined : this.#state.usersById.get(userId);
    const elsewhere = 'in another organization of the database';
    if (byEmail !== undefined && byEmail.organizationId !== organizationId) {
      this.#add([...path, 'email'], `The email ${email} belongs to a user ${elsewhere}.`);
    } else if (byEmail !== undefined && byEmail.id !== userId) {
      this.#add([...path, 'id'], `The user ${email} has the id ${byEmail.id} already.`);
    } else if (existing !== undefined && existing.organizationId !== organizationId) {
      this.#add([...path, 'id'], `The id ${id} belongs to a user ${elsewhere}.`);
    }
    return existing;
  }

  #membership(
    entry: MembershipEntry,
    userId: string,
    organizationId: string,
    before: readonly ExistingMembership[],
    path: Path,
  ): ResolvedMembership[] {
    const siteUrl = keyOf(entry.siteUrl);
    const site = this.#sites.get(siteUrl);
    if (site === undefined || site.organizationId !== organizationId) {
      const fault =
        site === undefined ? 'is unknown: list it under sites' : 'belongs to another organization';
      this.#add([...path, 'siteUrl'], `The site ${siteUrl} ${fault}.`);
      return [];
    }
    const existing = before.find((membership) => membership.siteUrl === siteUrl);
    const { room } = entry;
    return [
      {
        userId,
        site,
        siteAdministrator: entry.siteAdministrator ?? existing?.siteAdministrator ?? false,
        room: {
          roomId: entry.personalMeetingRoomId ?? existing?.roomId,
          accessCode: room?.accessCode ?? existing?.accessCode,
          meetingId: room?.meetingId ?? existing?.meetingId,
          initialPins: room?.initialPins ?? existing?.initialPins,
        },
        existing,
        path,
      },
    ];
  }

  #defaultSite(
    { defaultSite, sites = [], email }: UserEntry,
    existing: ExistingUser | undefined,
    before: readonly ExistingMembership[],
    path: Path,
  ): string | undefined {
    const siteUrls = [...sites, ...before].map(({ siteUrl }) => keyOf(siteUrl));
    if (defaultSite === undefined) return existing?.defaultSiteUrl ?? siteUrls[0];
    const siteUrl = keyOf(defaultSite);
    if (!siteUrls.includes(siteUrl)) {
      this.#add([...path, 'defaultSite'], `The default site ${siteUrl} is none of the sites of ${email}.`);
    }
    return siteUrl;
  }

  #token(entry: TokenEntry, userId: string, path: Path): Resolved<StoredToken, StoredToken> {
    const hash = hashOfToken(entry);
    const existing = this.#state.tokensByHash.get(hash);
    const byId = entry.id === undefined ? undefined : this.#state.tokensById.get(entry.id);
    if (existing !== undefined && existing.userId !== userId) {
      this.#add(path, `The token ${JSON.stringify(entry.name)} belongs to another user in the database.`);
    } else if (byId !== undefined && byId.hash !== hash) {
      this.#add([...path, 'id'], `The token id ${entry.id} belongs to another token in the database.`);
    } else if (existing !== undefined && entry.id !== undefined && existing.id !== entry.id) {
      this.#add(
        [...path, 'id'],
        `The token ${JSON.stringify(entry.name)} has the id ${existing.id} already.`,
      );
    }
    const wanted = {
      hash,
      id: existing?.id ?? entry.id ?? randomUUID(),
      userId,
      name: entry.name,
      scopes: entry.scopes,
      expires: utc(entry.expires) ?? existing?.expires,
      // A revoked token stays revoked, with its first time.
      revoked: existing?.revoked ?? utc(entry.revoked),
    };
    return { wanted, existing };
  }

  #claim(kind: string, id: string, path: Path): void {
    const first = this.#claims.get(kind + id);
    if (first === undefined) this.#claims.set(kind + id, path);
    else this.#add(path, `This entry and ${pathText(first)} stand for the same ${kind}, ${id}.`);
  }

  #add(path: Path, sentence: string): void {
    this.faults.push({ path, sentence });
  }
}

function utc(time: string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
