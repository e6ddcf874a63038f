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
import { machineEmailOf, type NewSite, type NewUser } from '../../directory/registration.ts';
import { mergedSettings } from '../../directory/site-settings.ts';
import type { Integration } from '../../oauth/integration-registry.ts';
import type { Group } from '../../scim/group-store.ts';
import type { ExistingState } from './existing-state.ts';
import { type DocumentFault, type Path, pathText } from './fault.ts';
import { resolveGroup, type UserOfAddress } from './group-resolution.ts';
import { userIdIn } from './identifiers.ts';
import type { MembershipEntry } from './membership-schema.ts';
import { resolveIntegration, resolveServiceAccount } from './program-resolution.ts';
import type { IntegrationEntry, ServiceAccountEntry } from './program-schema.ts';
import type { Resolution, Resolved, ResolvedMembership, ResolvedUser, WantedGroup } from './resolved.ts';
import type { DirectoryDocument, GroupEntry, OrganizationEntry, SiteEntry, UserEntry } from './schema.ts';
import { resolveToken } from './token-resolution.ts';

/**
 * `document` has no fault by itself; `now` is ISO-8601 UTC. Room names are not looked at: that is for the rooms of a whole
 * site together.
 */
export function resolveDocument(
  { organizations }: DirectoryDocument,
  state: ExistingState,
  now: string,
): Resolution {
  const resolver = new Resolver(state, now);
  // All sites first: a user may be on a site that the file lists later. Groups last: their members are users of the file.
  const ids = organizations.map((entry, index) => resolver.organization(entry, ['organizations', index]));
  const parts = organizations.map((entry, index) => [entry, ids[index]!, ['organizations', index]] as const);
  for (const [{ users = [], serviceAccounts = [], integrations = [] }, id, path] of parts) {
    for (const [place, user] of users.entries()) resolver.user(user, id, [...path, 'users', place]);
    for (const [place, account] of serviceAccounts.entries()) {
      resolver.serviceAccount(account, id, [...path, 'serviceAccounts', place]);
    }
    for (const [place, integration] of integrations.entries()) {
      resolver.integration(integration, id, [...path, 'integrations', place]);
    }
  }
  const userOf = resolver.userOfAddress();
  for (const [{ groups = [] }, id, path] of parts) {
    for (const [place, group] of groups.entries())
      resolver.group(group, id, [...path, 'groups', place], userOf);
  }
  return resolver;
}

class Resolver implements Resolution {
  readonly organizations: Resolved<ExistingOrganization>[] = [];
  readonly sites: Resolved<NewSite, ExistingSite>[] = [];
  readonly users: ResolvedUser[] = [];
  readonly groups: Resolved<WantedGroup, Group>[] = [];
  readonly integrations: Resolved<Integration>[] = [];
  readonly faults: DocumentFault[] = [];
  readonly #state: ExistingState;
  readonly #now: string;
  /** Every site that may be used: of the database and of the file. */
  readonly #sites: Map<string, NewSite>;
  /** Which entry stands for an organization, a user or a group: two that come to the same one are a fault. */
  readonly #claims = new Map<string, Path>();

  constructor(state: ExistingState, now: string) {
    this.#state = state;
    this.#now = now;
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

  user(entry: UserEntry, organizationId: string, path: Path, account?: Resolved<Integration>): void {
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
      active: entry.active ?? existing?.active ?? true,
      externalId: entry.externalId ?? existing?.externalId ?? '',
      defaultSiteUrl: this.#defaultSite(entry, existing, before, path),
    };
    this.users.push({
      wanted,
      existing,
      memberships,
      tokens: tokens.map((token, index) =>
        resolveToken(token, id, [...path, 'tokens', index], this.#state, this.faults),
      ),
      account,
    });
  }

  /** A service account is a program, and the machine that it acts as. */
  serviceAccount(entry: ServiceAccountEntry, organizationId: string, path: Path): void {
    const account = resolveServiceAccount(entry, organizationId, path, this.#state, this.faults, this.#now);
    if (account === undefined) return;
    const { name, clientId, userId, description, scopes, secretSha256, ...roles } = entry;
    const id = account.wanted.userId!;
    const names = { email: machineEmailOf(id), displayName: name, firstName: name, lastName: '' };
    this.user({ ...names, ...roles, id }, organizationId, path, account);
  }

  integration(entry: IntegrationEntry, organizationId: string, path: Path): void {
    this.integrations.push(
      resolveIntegration(entry, organizationId, path, this.#state, this.faults, this.#now),
    );
  }

  group(entry: GroupEntry, organizationId: string, path: Path, userOf: UserOfAddress): void {
    const group = resolveGroup(entry, organizationId, path, this.#state, userOf, this.faults);
    this.#claim('group', group.wanted.id, path);
    this.groups.push(group);
  }

  /** As it will be: an address that the file takes from somebody is not theirs any more. */
  userOfAddress(): UserOfAddress {
    const wanted = new Map(this.users.map((user) => [keyOf(user.wanted.email), user.wanted]));
    return (emailKey) => wanted.get(emailKey) ?? this.#state.usersByEmail.get(emailKey);
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

  #claim(kind: string, id: string, path: Path): void {
    const first = this.#claims.get(kind + id);
    if (first === undefined) this.#claims.set(kind + id, path);
    else this.#add(path, `This entry and ${pathText(first)} stand for the same ${kind}, ${id}.`);
  }

  #add(path: Path, sentence: string): void {
    this.faults.push({ path, sentence });
  }
}
