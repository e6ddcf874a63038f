/** What is done with groups, and to the sites of their members. */
import { randomUUID } from 'node:crypto';
import type { GroupChange, LoggedPeople } from '../audit/logged-people.ts';
import { keyOf } from '../directory/email.ts';
import type { PeopleStore } from '../directory/people-store.ts';
import type { Person, PersonFields } from '../directory/person.ts';
import { isUuid } from '../directory/person-id.ts';
import type { Statement } from '../platform/database.ts';
import type { Fields } from '../platform/merge.ts';
import { grantOf, sitesAfter } from './grants.ts';
import { groupFieldsIn, groupResource, keptOfGroup } from './group-resource.ts';
import {
  createStatements,
  deleteStatement,
  type Group,
  type GroupFields,
  type GroupStore,
  updateStatements,
} from './group-store.ts';
import { objectIn } from './library.ts';
import { type ListQuery, listResponse } from './list.ts';
import { patched } from './patch.ts';
import { ScimError, unknownResource } from './scim-error.ts';
import type { Locations, Provisioner } from './users.ts';

const groupsPerStep = 200;

export class Groups {
  readonly #groups: GroupStore;
  readonly #people: PeopleStore;
  readonly #logged: LoggedPeople;
  readonly #locations: Locations;
  readonly #now: () => number;

  constructor(
    groups: GroupStore,
    people: PeopleStore,
    logged: LoggedPeople,
    locations: Locations,
    now: () => number,
  ) {
    this.#groups = groups;
    this.#people = people;
    this.#logged = logged;
    this.#locations = locations;
    this.#now = now;
  }

  async list({ organizationId }: Provisioner, query: ListQuery): Promise<string> {
    const { filter, startIndex, count, attributes, excludedAttributes } = query;
    const isAnswered = !excludedAttributes.includes('members') && (attributes?.includes('members') ?? true);
    if (filter === undefined) {
      const total = await this.#groups.count(organizationId);
      const page = await this.#groups.search(organizationId, {}, isAnswered, count, startIndex - 1);
      return listResponse(
        page.map((group) => groupResource(group, this.#locations)),
        total,
        query,
      );
    }
    const { equal } = filter;
    const [displayName, externalId, id] = ['displayname', 'externalid', 'id'].map((name) => equal.get(name));
    const fitting: Fields[] = [];
    for (let offset = 0; ; offset += groupsPerStep) {
      const wanted = { displayName, externalId, id };
      const some = await this.#groups.search(organizationId, wanted, true, groupsPerStep, offset);
      fitting.push(...some.map((group) => groupResource(group, this.#locations)).filter(filter.fits));
      if (some.length < groupsPerStep) break;
    }
    return listResponse(fitting.slice(startIndex - 1, startIndex - 1 + count), fitting.length, query);
  }

  async read({ organizationId }: Provisioner, id: string): Promise<Fields> {
    return groupResource(await this.#find(organizationId, id), this.#locations);
  }

  async create(provisioner: Provisioner, body: unknown): Promise<Fields> {
    const id = randomUUID();
    const { organizationId } = provisioner;
    const given = groupFieldsIn(objectIn(body));
    const target = { organizationId, id, displayName: given.displayName };
    await this.#logged.group('group-created', target, provisioner.actor, async () => {
      const fields = await this.#accepted(organizationId, given, '');
      const { unit, people } = await this.#sitesChange(provisioner, id, fields.memberIds, [], fields);
      const time = new Date(this.#now()).toISOString();
      return { unit: [...createStatements(id, organizationId, fields, time), ...unit], people };
    });
    return this.read(provisioner, id);
  }

  /** PUT: what is left out is no longer said. */
  replace(provisioner: Provisioner, id: string, body: unknown): Promise<Fields> {
    return this.#update(provisioner, id, async () => groupFieldsIn(objectIn(body)));
  }

  patch(provisioner: Provisioner, id: string, body: unknown): Promise<Fields> {
    return this.#update(provisioner, id, async (group) => {
      const before = groupResource(group, this.#locations);
      return groupFieldsIn(await patched(({ Schemas }) => Schemas.Group as never, keptOfGroup, before, body));
    });
  }

  async delete(provisioner: Provisioner, id: string): Promise<void> {
    const found = await this.#find(provisioner.organizationId, id);
    await this.#logged.group('group-deleted', found, provisioner.actor, async () => {
      const group = await this.#find(provisioner.organizationId, id);
      const memberIds = group.members.map(({ userId }) => userId);
      const { unit, people } = await this.#sitesChange(provisioner, id, memberIds, memberIds, undefined);
      return { unit: [deleteStatement(group), ...unit], people };
    });
  }

  async #update(
    provisioner: Provisioner,
    id: string,
    change: (group: Group) => Promise<GroupFields>,
  ): Promise<Fields> {
    const { organizationId } = provisioner;
    const found = await this.#find(organizationId, id);
    await this.#logged.group('group-updated', found, provisioner.actor, async () => {
      const group = await this.#find(organizationId, id);
      const fields = await this.#accepted(organizationId, await change(group), id);
      const before = group.members.map(({ userId }) => userId);
      const everybody = [...new Set([...before, ...fields.memberIds])];
      const { unit, people } = await this.#sitesChange(provisioner, id, everybody, before, fields);
      return { unit: [...updateStatements(group, fields, this.#now()), ...unit], people };
    });
    return this.read(provisioner, id);
  }

  /** What the change of a group does to the sites of these people; `after` is undefined for a group that is deleted. */
  async #sitesChange(
    { organizationId, actor }: Provisioner,
    groupId: string,
    userIds: readonly string[],
    before: readonly string[],
    after: GroupFields | undefined,
  ): Promise<GroupChange> {
    const groups = await this.#groups.groupsOf(userIds);
    const [was, is] = [new Set(before), new Set(after?.memberIds)];
    const unit: Statement[] = [];
    const people: [Person, PersonFields][] = [];
    for (const userId of userIds) {
      const names = (groups.get(userId) ?? []).filter(({ id }) => id !== groupId || was.has(userId));
      const others = names.filter(({ id }) => id !== groupId).map(({ displayName }) => displayName);
      const now = after !== undefined && is.has(userId) ? [...others, after.displayName] : others;
      const grants = (list: readonly string[]) => list.flatMap((name) => grantOf(name) ?? []);
      const [from, to] = [grants(names.map(({ displayName }) => displayName)), grants(now)];
      if (from.length === 0 && to.length === 0) continue;
      const person = await this.#people.find(organizationId, userId);
      if (person === undefined) continue;
      const fields = { ...person, sites: sitesAfter(person.sites, from, to) };
      people.push([person, fields]);
      unit.push(...(await this.#logged.changes.updateStatements(person, fields, actor)));
    }
    return { unit, people };
  }

  /** With members that are there; refuses a name that is taken, or of a site that the organization does not have. */
  async #accepted(organizationId: string, fields: GroupFields, id: string): Promise<GroupFields> {
    const { displayName, memberIds } = fields;
    const same = await this.#groups.search(organizationId, { displayName }, false, 1, 0);
    if (same.some((group) => group.id !== id)) {
      throw new ScimError(409, 'uniqueness', 'Another group has this displayName.');
    }
    const grant = grantOf(displayName);
    if (grant !== undefined) {
      const sites = await this.#logged.changes.sitesOf(organizationId, [grant.siteUrl]);
      if (!sites.has(keyOf(grant.siteUrl))) {
        const detail = `The displayName gives membership of ${grant.siteUrl}, which is no site of your organization.`;
        throw new ScimError(400, 'invalidValue', detail);
      }
    }
    for (let start = 0; start < memberIds.length; start += groupsPerStep) {
      const ids = memberIds.slice(start, start + groupsPerStep);
      const known = ids.every(isUuid)
        ? await this.#people.search(organizationId, { ids }, '', groupsPerStep)
        : [];
      if (known.length === ids.length) continue;
      throw new ScimError(400, 'invalidValue', 'A member is no user of your organization.');
    }
    return fields;
  }

  async #find(organizationId: string, id: string): Promise<Group> {
    const group = isUuid(id) ? await this.#groups.find(organizationId, id) : undefined;
    if (group === undefined) throw unknownResource();
    return group;
  }
}
