/** What is done with users. */
import type { LoggedPeople } from '../audit/logged-people.ts';
import type { Actor } from '../directory/deletion-store.ts';
import type { PeopleStore } from '../directory/people-store.ts';
import type { Person, PersonFields } from '../directory/person.ts';
import { isUuid } from '../directory/person-id.ts';
import type { Fields } from '../platform/merge.ts';
import type { GroupStore } from './group-store.ts';
import { objectIn } from './library.ts';
import { type ListQuery, listResponse } from './list.ts';
import { patched } from './patch.ts';
import { ScimError, unknownResource } from './scim-error.ts';
import { keptOfUser, personIn, userResource } from './user-resource.ts';

/** Who asks, for which organization. */
export interface Provisioner {
  readonly organizationId: string;
  readonly actor: Actor;
}

export interface Locations {
  readonly user: (id: string) => string;
  readonly group: (id: string) => string;
}

/** So many are looked through at a time for a filter that no index answers. */
const peoplePerStep = 500;

export class Users {
  readonly #people: PeopleStore;
  readonly #logged: LoggedPeople;
  readonly #groups: GroupStore;
  readonly #locations: Locations;

  constructor(people: PeopleStore, logged: LoggedPeople, groups: GroupStore, locations: Locations) {
    this.#people = people;
    this.#logged = logged;
    this.#groups = groups;
    this.#locations = locations;
  }

  async list({ organizationId }: Provisioner, query: ListQuery): Promise<string> {
    const { filter, startIndex, count } = query;
    if (filter === undefined) {
      const total = await this.#people.count(organizationId);
      const page = await this.#people.page(organizationId, count, startIndex - 1);
      return listResponse(await this.#resourcesOf(page), total, query);
    }
    const fitting: Fields[] = [];
    for await (const people of this.#candidates(organizationId, filter.equal)) {
      fitting.push(...(await this.#resourcesOf(people)).filter(filter.fits));
    }
    return listResponse(fitting.slice(startIndex - 1, startIndex - 1 + count), fitting.length, query);
  }

  async read({ organizationId }: Provisioner, id: string): Promise<Fields> {
    return this.#resourceOf(await this.#find(organizationId, id));
  }

  async create({ organizationId, actor }: Provisioner, body: unknown): Promise<Fields> {
    const fields = personIn(objectIn(body), { fullAdministrator: false, sites: [] });
    await this.#refuseTaken(fields.email, '');
    return this.#resourceOf(await this.#logged.create(organizationId, actor, fields));
  }

  /** PUT: what is left out is no longer said. */
  replace(provisioner: Provisioner, id: string, body: unknown): Promise<Fields> {
    return this.#update(provisioner, id, async (person) => personIn(objectIn(body), person));
  }

  patch(provisioner: Provisioner, id: string, body: unknown): Promise<Fields> {
    return this.#update(provisioner, id, async (person) => {
      const before = await this.#resourceOf(person);
      const after = await patched(({ Schemas }) => Schemas.User as never, keptOfUser, before, body);
      return personIn(withName(before, after), person);
    });
  }

  async delete({ organizationId, actor }: Provisioner, id: string): Promise<void> {
    const person = await this.#find(organizationId, id);
    if (person.fullAdministrator && person.active) await this.#refuseLast(person);
    if (!(await this.#logged.delete(person, actor))) throw unknownResource();
  }

  async #update(
    { organizationId, actor }: Provisioner,
    id: string,
    change: (person: Person) => Promise<PersonFields>,
  ): Promise<Fields> {
    await this.#find(organizationId, id);
    const person = await this.#logged.update(organizationId, id, actor, async (before) => {
      const fields = await change(before);
      await this.#refuseTaken(fields.email, id);
      if (before.fullAdministrator && before.active && !fields.active) await this.#refuseLast(before);
      return fields;
    });
    if (person === undefined) throw unknownResource();
    return this.#resourceOf(person);
  }

  async *#candidates(
    organizationId: string,
    equal: ReadonlyMap<string, string>,
  ): AsyncGenerator<readonly Person[]> {
    const email = equal.get('username') ?? equal.get('emails.value') ?? equal.get('emails');
    const [externalId, id] = [equal.get('externalid'), equal.get('id')];
    const query = { email, externalId, ids: id === undefined ? undefined : [id] };
    let after = '';
    for (;;) {
      const people = await this.#people.search(organizationId, query, after, peoplePerStep);
      yield people.filter(({ kind }) => kind === 'person');
      if (people.length < peoplePerStep) return;
      after = people.at(-1)!.emailKey;
    }
  }

  async #find(organizationId: string, id: string): Promise<Person> {
    const person = isUuid(id) ? await this.#people.find(organizationId, id) : undefined;
    if (person?.kind !== 'person') throw unknownResource();
    return person;
  }

  async #refuseTaken(email: string, id: string): Promise<void> {
    if (!(await this.#people.isTaken(email, id))) return;
    throw new ScimError(409, 'uniqueness', 'This userName is in use by somebody else.');
  }

  async #refuseLast(person: Person): Promise<void> {
    if (await this.#people.hasOtherAdministrator(person)) return;
    const detail = 'This is the last full administrator who can sign in: make somebody else one first.';
    throw new ScimError(403, undefined, detail);
  }

  async #resourceOf(person: Person): Promise<Fields> {
    return (await this.#resourcesOf([person]))[0]!;
  }

  async #resourcesOf(people: readonly Person[]): Promise<Fields[]> {
    const groups = await this.#groups.groupsOf(people.map(({ id }) => id));
    const { user, group } = this.#locations;
    return people.map((person) => userResource(person, groups.get(person.id) ?? [], user, group));
  }
}

/** A patch of a part of the name changes the whole name with it, unless it says what that is. */
function withName(before: Fields, after: Fields): Fields {
  const nameOf = ({ name = {} }: Fields) => name as Record<string, string | undefined>;
  const [from, to] = [nameOf(before), nameOf(after)];
  const isPartChanged = from.givenName !== to.givenName || from.familyName !== to.familyName;
  const isWholeSame = before.displayName === after.displayName && from.formatted === to.formatted;
  if (!isWholeSame && before.displayName === after.displayName)
    return { ...after, displayName: to.formatted };
  if (!isPartChanged || !isWholeSame) return after;
  const whole = `${to.givenName ?? ''} ${to.familyName ?? ''}`.trim();
  const wasDerived = before.displayName === `${from.givenName ?? ''} ${from.familyName ?? ''}`.trim();
  return wasDerived && whole !== '' ? { ...after, displayName: whole } : after;
}
