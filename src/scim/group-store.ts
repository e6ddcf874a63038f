/** Groups that another directory provisions, with their members. */

import { keyOf } from '../directory/email.ts';
import { rowsOfKeys } from '../platform/bulk.ts';
import type { Database, Row, Statement, Value } from '../platform/database.ts';

export interface GroupMember {
  readonly userId: string;
  readonly displayName: string;
}

export interface Group {
  readonly id: string;
  readonly organizationId: string;
  readonly displayName: string;
  readonly externalId: string;
  /** ISO-8601 UTC, as is `modified`; every change has a later one. */
  readonly created: string;
  readonly modified: string;
  /** In the order of their ids. */
  readonly members: readonly GroupMember[];
}

/** What can be said of a group. */
export interface GroupFields {
  readonly displayName: string;
  readonly externalId: string;
  readonly memberIds: readonly string[];
}

/** Which groups a search is for. */
export interface GroupQuery {
  readonly displayName?: string | undefined;
  readonly externalId?: string | undefined;
  readonly id?: string | undefined;
}

const selected = `select g.id, g.organization_id, g.display_name, g.external_id, g.created, g.modified
  from provisioned_groups g`;
const columns = `${selected} where g.organization_id = ?`;
const members = `select m.group_id, m.user_id, u.display_name from provisioned_group_members m
  join users u on u.id = m.user_id where m.group_id in (:keys) order by m.user_id`;
const groupsOf = `select m.user_id, g.id, g.display_name from provisioned_group_members m
  join provisioned_groups g on g.id = m.group_id where m.user_id in (:keys) order by g.name_key`;

export class GroupStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order of their names. Members are read only where they are wanted: there can be many. */
  async search(
    organizationId: string,
    { displayName, externalId, id }: GroupQuery,
    withMembers: boolean,
    limit: number,
    offset: number,
  ): Promise<Group[]> {
    const wanted: [string, string | undefined][] = [
      ['g.name_key', displayName === undefined ? undefined : keyOf(displayName)],
      ['g.external_id', externalId],
      ['g.id', id],
    ];
    const given = wanted.filter((entry): entry is [string, string] => entry[1] !== undefined);
    const conditions = given.map(([column]) => ` and ${column} = ?`).join('');
    const values: Value[] = [organizationId, ...given.map(([, value]) => value), limit, offset];
    const rows = await this.#database.all(
      `${columns}${conditions} order by g.name_key limit ? offset ?`,
      values,
    );
    return groupsFrom(this.#database, rows, withMembers);
  }

  async find(organizationId: string, id: string): Promise<Group | undefined> {
    return (await this.search(organizationId, { id }, true, 1, 0))[0];
  }

  async count(organizationId: string): Promise<number> {
    const sql = 'select count(*) as total from provisioned_groups where organization_id = ?';
    return (await this.#database.get(sql, [organizationId]))!.total as number;
  }

  /** The groups that each of these users is in. */
  async groupsOf(userIds: readonly string[]): Promise<Map<string, { id: string; displayName: string }[]>> {
    const rows = userIds.length === 0 ? [] : await rowsOfKeys(this.#database, groupsOf, userIds);
    const groups = new Map<string, { id: string; displayName: string }[]>();
    for (const row of rows) {
      const ofUser = groups.get(row.user_id as string) ?? [];
      ofUser.push({ id: row.id as string, displayName: row.display_name as string });
      groups.set(row.user_id as string, ofUser);
    }
    return groups;
  }
}

/** The groups of any organization with these names, in lower case, or these ids; with their members. */
export async function existingGroups(
  database: Database,
  nameKeys: Iterable<string>,
  ids: Iterable<string>,
): Promise<Group[]> {
  const byName = await rowsOfKeys(database, `${selected} where g.name_key in (:keys)`, nameKeys);
  const byId = await rowsOfKeys(database, `${selected} where g.id in (:keys)`, ids);
  return groupsFrom(database, [...byName, ...byId], true);
}

async function groupsFrom(database: Database, rows: readonly Row[], withMembers: boolean): Promise<Group[]> {
  const ids = withMembers ? rows.map((row) => row.id as string) : [];
  const found = await rowsOfKeys(database, members, ids);
  const ofGroup = Map.groupBy(found, ({ group_id: group }) => group);
  return rows.map((row) => groupFrom(row, ofGroup.get(row.id!) ?? []));
}

function groupFrom(row: Row, memberRows: readonly Row[]): Group {
  return {
    id: row.id as string,
    organizationId: row.organization_id as string,
    displayName: row.display_name as string,
    externalId: row.external_id as string,
    created: row.created as string,
    modified: row.modified as string,
    members: memberRows.map((member) => ({
      userId: member.user_id as string,
      displayName: member.display_name as string,
    })),
  };
}

const join = 'insert into provisioned_group_members (group_id, user_id) values (?, ?)';
const leave = 'delete from provisioned_group_members where group_id = ? and user_id = ?';

/** Fails the unit when the organization has a group of this name. */
export function createStatements(
  id: string,
  organizationId: string,
  { displayName, externalId, memberIds }: GroupFields,
  now: string,
): Statement[] {
  const sql = `insert into provisioned_groups
      (id, organization_id, display_name, name_key, external_id, created, modified)
    values (?, ?, ?, ?, ?, ?, ?)`;
  const values = [id, organizationId, displayName, keyOf(displayName), externalId, now, now];
  return [
    { sql, values, changes: 1 },
    ...memberIds.map((userId) => ({ sql: join, values: [id, userId], changes: 1 })),
  ];
}

/** Fails the unit when the group was changed since it was read. */
export function updateStatements(group: Group, fields: GroupFields, nowMs: number): Statement[] {
  const { displayName, externalId, memberIds } = fields;
  const sql = `update provisioned_groups set display_name = ?, name_key = ?, external_id = ?, modified = ?
    where id = ? and modified = ?`;
  const time = new Date(Math.max(nowMs, Date.parse(group.modified) + 1)).toISOString();
  const [before, after] = [new Set(group.members.map(({ userId }) => userId)), new Set(memberIds)];
  const each = (text: string, userIds: string[]) =>
    userIds.map((userId) => ({ sql: text, values: [group.id, userId], changes: 1 }));
  return [
    {
      sql,
      values: [displayName, keyOf(displayName), externalId, time, group.id, group.modified],
      changes: 1,
    },
    ...each(
      leave,
      [...before].filter((userId) => !after.has(userId)),
    ),
    ...each(
      join,
      [...after].filter((userId) => !before.has(userId)),
    ),
  ];
}

export function deleteStatement({ id, modified }: Group): Statement {
  const sql = 'delete from provisioned_groups where id = ? and modified = ?';
  return { sql, values: [id, modified], changes: 1 };
}
