/** Whether a file agrees with itself: nothing twice, and whatever a schema cannot say. */
import { keyOf } from '../../directory/email.ts';
import { areSafePins } from '../../directory/room-names.ts';
import { developmentTokenPrefix, hashOf } from '../../identity/tokens.ts';
import { redirectUrlFaults } from '../../oauth/applications/rules.ts';
import { type DocumentFault, type Path, pathText } from './fault.ts';
import { userIdIn } from './identifiers.ts';
import type { MembershipEntry } from './membership-schema.ts';
import type { IntegrationEntry, ServiceAccountEntry } from './program-schema.ts';
import type {
  DirectoryDocument,
  GroupEntry,
  OrganizationEntry,
  SiteEntry,
  TokenEntry,
  UserEntry,
} from './schema.ts';

/** What stays of a file without the values that have not their form. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | undefined)[]
  : T extends object
    ? { readonly [Name in keyof T]?: Loose<T[Name]> | undefined }
    : T;

/** All faults that can be found without the database. */
export function consistencyFaults(document: Loose<DirectoryDocument>): DocumentFault[] {
  const check = new ConsistencyCheck();
  check.document(document);
  return check.faults;
}

class ConsistencyCheck {
  readonly faults: DocumentFault[] = [];
  /** For each kind of name, where it was seen first. */
  readonly #seen = new Map<string, Map<string, Path>>();

  document({ organizations }: Loose<DirectoryDocument>): void {
    for (const [index, organization] of present(organizations)) {
      this.#organization(organization, ['organizations', index]);
    }
  }

  #organization(organization: Loose<OrganizationEntry>, path: Path): void {
    const { name, id, sites, users, groups, integrations, serviceAccounts } = organization;
    this.#once('organization name', name, [...path, 'name']);
    this.#once('organization id', id, [...path, 'id']);
    for (const [index, site] of present(sites)) this.#site(site, [...path, 'sites', index]);
    for (const [index, user] of present(users)) this.#user(user, [...path, 'users', index]);
    const names = new Map<string, Path>();
    for (const [index, group] of present(groups)) this.#group(group, names, [...path, 'groups', index]);
    for (const [index, integration] of present(integrations)) {
      this.#integration(integration, [...path, 'integrations', index]);
    }
    for (const [index, account] of present(serviceAccounts)) {
      this.#serviceAccount(account, [...path, 'serviceAccounts', index]);
    }
  }

  /** `names` are those of the groups before it in the same organization. */
  #group({ id, displayName, members }: Loose<GroupEntry>, names: Map<string, Path>, path: Path): void {
    this.#once('group id', id, [...path, 'id']);
    const place = [...path, 'displayName'];
    this.#onceIn(names, 'group', displayName && keyOf(displayName), place, displayName);
    const seen = new Map<string, Path>();
    for (const [index, email] of present(members)) {
      this.#onceIn(seen, 'member', keyOf(email), [...path, 'members', index], email);
    }
  }

  #integration({ clientId, kind, redirectUrls, ...rest }: Loose<IntegrationEntry>, path: Path): void {
    this.#once('clientId', clientId, [...path, 'clientId']);
    if (kind === undefined) return;
    if (kind === 'native' && Object.hasOwn(rest, 'secretSha256')) {
      const sentence = 'A native integration must have no secretSha256: it can keep no secret.';
      this.#add([...path, 'secretSha256'], sentence);
    }
    for (const [index, url] of present(redirectUrls)) {
      const [fault] = redirectUrlFaults([url], kind);
      if (fault !== undefined) this.#add([...path, 'redirectUrls', index], fault.description);
    }
  }

  #serviceAccount({ clientId, userId, sites }: Loose<ServiceAccountEntry>, path: Path): void {
    this.#once('clientId', clientId, [...path, 'clientId']);
    this.#once('user id', userId, [...path, 'userId']);
    this.#memberships(sites, path);
  }

  #site({ siteUrl }: Loose<SiteEntry>, path: Path): void {
    this.#once('siteUrl', siteUrl && keyOf(siteUrl), [...path, 'siteUrl'], siteUrl);
  }

  #user({ id, email, sites, tokens }: Loose<UserEntry>, path: Path): void {
    this.#once('email', email && keyOf(email), [...path, 'email'], email);
    const userId = id === undefined ? undefined : userIdIn(id);
    if (id !== undefined && userId === undefined) {
      this.#add([...path, 'id'], 'id must be a uuid in lower case, or a person id that holds one.');
    }
    this.#once('user id', userId, [...path, 'id']);
    this.#memberships(sites, path);
    for (const [index, token] of present(tokens)) this.#token(token, [...path, 'tokens', index]);
  }

  #memberships(sites: Loose<readonly MembershipEntry[]> | undefined, path: Path): void {
    const onSites = new Set<string>();
    for (const [index, membership] of present(sites)) {
      this.#membership(membership, onSites, [...path, 'sites', index]);
    }
  }

  #membership(membership: Loose<MembershipEntry>, onSites: Set<string>, path: Path): void {
    const { siteUrl, personalMeetingRoomId: roomId, room } = membership;
    if (room?.initialPins !== undefined && !areSafePins(room.initialPins)) {
      const sentence = 'initialPins must neither begin nor end with four digits that are a run or all alike.';
      this.#add([...path, 'room', 'initialPins'], sentence);
    }
    this.#once('meetingId', room?.meetingId, [...path, 'room', 'meetingId']);
    if (siteUrl === undefined) return;
    const site = keyOf(siteUrl);
    if (onSites.has(site)) this.#add([...path, 'siteUrl'], `This user is on ${site} twice.`);
    onSites.add(site);
    const roomKey = roomId && keyOf(roomId);
    this.#once(`personalMeetingRoomId on ${site}`, roomKey, [...path, 'personalMeetingRoomId'], roomId);
    this.#once(`accessCode on ${site}`, room?.accessCode, [...path, 'room', 'accessCode']);
  }

  #token(token: Loose<TokenEntry>, path: Path): void {
    const { value, sha256, id } = token;
    this.#once('token id', id, [...path, 'id']);
    for (const name of ['expires', 'revoked'] as const) {
      const time = token[name];
      if (time === undefined || !Number.isNaN(Date.parse(time))) continue;
      this.#add([...path, name], `${name} must be a time that exists, not ${JSON.stringify(time)}.`);
    }
    // A value without its form is gone by now, but it was given.
    if (Object.hasOwn(token, 'value') === Object.hasOwn(token, 'sha256')) {
      this.#add(path, 'A token must have either a value or a sha256.');
    }
    if (value?.startsWith(developmentTokenPrefix)) {
      const sentence = `A token must not begin with ${developmentTokenPrefix}: everybody knows those.`;
      this.#add([...path, 'value'], sentence);
    }
    const hash = value === undefined ? sha256 : hashOf(value);
    const place = [...path, value === undefined ? 'sha256' : 'value'];
    // Neither the token nor its hash is repeated in a message.
    this.#once('token', hash, place, null);
  }

  /** Notes a fault when a name of this kind was seen before. `shown` is what the file says; null keeps it secret. */
  #once(kind: string, key: string | undefined, path: Path, shown: string | null = key ?? null): void {
    if (key === undefined) return;
    let places = this.#seen.get(kind);
    if (places === undefined) {
      places = new Map();
      this.#seen.set(kind, places);
    }
    this.#onceIn(places, kind, key, path, shown);
  }

  /** The same where a name has to be unique among some only; `places` is where those were seen. */
  #onceIn(
    places: Map<string, Path>,
    kind: string,
    key: string | undefined,
    path: Path,
    shown: string | null = key ?? null,
  ): void {
    if (key === undefined) return;
    const first = places.get(key);
    if (first === undefined) places.set(key, path);
    else {
      const name = shown === null ? '' : ` ${JSON.stringify(shown)}`;
      this.#add(path, `The ${kind}${name} stands at ${pathText(first)} already.`);
    }
  }

  #add(path: Path, sentence: string): void {
    this.faults.push({ path, sentence });
  }
}

function* present<T>(list: readonly (T | undefined)[] | undefined): Iterable<[number, T]> {
  for (const [index, item] of (list ?? []).entries()) if (item !== undefined) yield [index, item];
}
