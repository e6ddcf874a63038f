/** The tokens of an organization, as its administrators see them: never their value or hash. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { keyOf } from '../directory/email.ts';
import type { Database, Row, Value } from '../platform/database.ts';
import type { Place } from './query.ts';

export interface TokenPerson {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
}

export interface OrganizationToken {
  readonly id: string;
  readonly name: string;
  /** Undefined for one that no program obtained. */
  readonly clientId: string | undefined;
  /** Whether it is that of a machine. */
  readonly isOfMachine: boolean;
  readonly holder: TokenPerson;
  /** Whether the holder may use tokens at all. */
  readonly isHolderActive: boolean;
  readonly scopes: readonly string[];
  /** ISO-8601 UTC, as are all of these. */
  readonly created: string;
  readonly createdBy: TokenPerson | undefined;
  readonly expires: string | undefined;
  readonly revoked: string | undefined;
  /** To the minute. */
  readonly lastUsed: string | undefined;
}

export interface TokenPageQuery {
  readonly userEmail?: string | undefined;
  readonly search?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly after: Place | undefined;
  readonly limit: number;
  /** ISO-8601 UTC. */
  readonly now: string;
}

const columns = `t.id, t.name, t.scopes, t.created, t.expires, t.revoked, t.last_used, t.integration_id,
  u.id as user_id, u.email, u.display_name, u.active, u.kind,
  c.id as creator_id, c.email as creator_email, c.display_name as creator_name`;
const creators = 'left join users c on c.id = t.created_by and c.organization_id = u.organization_id';
const all = `select ${columns} from tokens t join users u on u.id = t.user_id ${creators}`;
/** Those of a person or with an id are few: only their user's organization leads no engine away from indexes of their own. */
const few = `${all} where u.organization_id = ?`;
/** By their age, from the index of the organization. */
const many = `${all} where t.organization_id = ?`;

const works = 't.revoked is null and u.active = 1 and (t.expires is null or t.expires > ?)';
const searched = `(lower(t.name) like lower(?) escape '!' or u.email_key like ? escape '!'
  or lower(u.display_name) like lower(?) escape '!')`;

/** No index finds what works, or a part of a text: so many of the organization are looked at before others have their turn. */
const lookedAtOnce = 4_000;
const beginning: Place = { created: '9999', id: '' };

export class TokenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The token with this id, unless it belongs to another organization. */
  async find(organizationId: string, id: string): Promise<OrganizationToken | undefined> {
    const row = await this.#database.get(`${few} and t.id = ?`, [organizationId, id]);
    return row === undefined ? undefined : tokenFrom(row);
  }

  /** Some of the tokens of an organization, newest first. */
  async page(organizationId: string, query: TokenPageQuery): Promise<OrganizationToken[]> {
    const tokens: OrganizationToken[] = [];
    let after: Place | undefined = query.after ?? beginning;
    while (after !== undefined && tokens.length < query.limit) {
      const until: Place | undefined = isSifted(query)
        ? await this.#placeAhead(organizationId, after)
        : undefined;
      const limit = query.limit - tokens.length;
      tokens.push(...(await this.#between(organizationId, { ...query, limit }, after, until)));
      after = until;
      if (after !== undefined) await nextTurn();
    }
    return tokens;
  }

  async #between(
    organizationId: string,
    { userEmail, search, isActive, limit, now }: TokenPageQuery,
    after: Place,
    until: Place | undefined,
  ): Promise<OrganizationToken[]> {
    const conditions = ['(t.created, t.id) < (?, ?)'];
    const values: Value[] = [organizationId, after.created, after.id];
    const add = (condition: string, ...more: Value[]): void => {
      conditions.push(condition);
      values.push(...more);
    };
    if (until !== undefined) add('(t.created, t.id) >= (?, ?)', until.created, until.id);
    if (userEmail !== undefined) add('u.email_key = ?', keyOf(userEmail));
    if (isActive !== undefined) add(isActive ? works : `not (${works})`, now);
    if (search !== undefined) {
      const part = `%${search.replace(/[!%_]/g, '!$&')}%`;
      add(searched, part, keyOf(part), part);
    }
    const from = userEmail === undefined ? many : few;
    const sql = `${from} and ${conditions.join(' and ')} order by t.created desc, t.id desc limit ?`;
    return (await this.#database.all(sql, [...values, limit])).map(tokenFrom);
  }

  /** The place some thousand tokens of the organization further on; undefined when there are not so many. */
  async #placeAhead(organizationId: string, { created, id }: Place): Promise<Place | undefined> {
    const row = await this.#database.get(
      `select created, id from tokens where organization_id = ? and (created, id) < (?, ?)
       order by created desc, id desc limit 1 offset ${lookedAtOnce - 1}`,
      [organizationId, created, id],
    );
    return row === undefined ? undefined : { created: row.created as string, id: row.id as string };
  }
}

/** Whether many tokens may be passed over before one is found. */
function isSifted({ userEmail, search, isActive }: TokenPageQuery): boolean {
  return userEmail === undefined && (search !== undefined || isActive !== undefined);
}

function tokenFrom(row: Row): OrganizationToken {
  const text = (name: string): string | undefined => (row[name] as string | null) ?? undefined;
  return {
    id: row.id as string,
    name: row.name as string,
    clientId: text('integration_id'),
    isOfMachine: row.kind === 'machine',
    holder: {
      userId: row.user_id as string,
      email: row.email as string,
      displayName: row.display_name as string,
    },
    isHolderActive: row.active === 1,
    scopes: (row.scopes as string).split(' '),
    created: row.created as string,
    createdBy:
      row.creator_id === null
        ? undefined
        : {
            userId: row.creator_id as string,
            email: row.creator_email as string,
            displayName: row.creator_name as string,
          },
    expires: text('expires'),
    revoked: text('revoked'),
    lastUsed: text('last_used'),
  };
}
