/** The programs that may ask for access: integrations of users, and service accounts. */
import type { Scope } from '../identity/scopes.ts';
import { rowsOfKeys } from '../platform/bulk.ts';
import { type Database, directoryChanged, type Row, type Statement } from '../platform/database.ts';

/** A web application or a page in a browser; a program on a device or a desktop; a machine that acts for itself. */
export type IntegrationKind = 'web' | 'native' | 'service';

export interface Integration {
  /** The client id. */
  readonly id: string;
  readonly organizationId: string;
  readonly kind: IntegrationKind;
  readonly name: string;
  readonly description: string;
  readonly contactEmail: string;
  /** SHA-256 of the secret; none for a program that cannot keep one. */
  readonly secretHash: string | undefined;
  readonly redirectUrls: readonly string[];
  /** What it may ask for at most. */
  readonly scopes: readonly Scope[];
  /** Whom a service account acts as. */
  readonly userId: string | undefined;
  /** ISO-8601 UTC. */
  readonly created: string;
  /** The id of the user who registered it; empty for the command line. */
  readonly createdBy: string;
}

const columns = `select id, organization_id, kind, name, description, contact_email, secret_hash, redirect_urls, scopes,
  user_id, created, created_by from integrations`;

export class IntegrationRegistry {
  readonly #database: Database;
  readonly #forget: () => void;

  /** `forget` is called after tokens became useless: whoever keeps them in memory forgets them. */
  constructor(database: Database, forget: () => void = () => {}) {
    this.#database = database;
    this.#forget = forget;
  }

  /** By the id that a client says; no id of ours has other characters, and not every engine takes all of them. */
  async find(id: string): Promise<Integration | undefined> {
    if (!/^[\w-]{1,64}$/.test(id)) return undefined;
    const row = await this.#database.get(`${columns} where id = ?`, [id]);
    return row === undefined ? undefined : integrationFrom(row);
  }

  /** Those with these client ids. */
  async stored(ids: Iterable<string>): Promise<Integration[]> {
    return (await rowsOfKeys(this.#database, `${columns} where id in (:keys)`, ids)).map(integrationFrom);
  }

  /** Some of them in the order of their making, and how many there are in all. */
  async list(
    organizationId: string | undefined,
    kinds: readonly [IntegrationKind, IntegrationKind],
    limit: number,
    offset: number,
  ): Promise<{ rows: Integration[]; total: number }> {
    const where = `where kind in (?, ?)${organizationId === undefined ? '' : ' and organization_id = ?'}`;
    const values = [...kinds, ...(organizationId === undefined ? [] : [organizationId])];
    const counted = await this.#database.get(`select count(*) as total from integrations ${where}`, values);
    const rows = await this.#database.all(`${columns} ${where} order by created, id limit ? offset ?`, [
      ...values,
      limit,
      offset,
    ]);
    return { rows: rows.map(integrationFrom), total: counted!.total as number };
  }

  /** Together with `also`: the machine that it acts as, a trace of who did it. */
  async create(integration: Integration, also: readonly Statement[] = []): Promise<void> {
    await this.#database.write([...also, createStatement(integration), directoryChanged]);
  }

  /** Rejects with a Conflict when it is not there any more. */
  async update(integration: Integration, also: readonly Statement[] = []): Promise<void> {
    await this.#database.write([updateStatement(integration), ...also]);
  }

  /** With all consent it was given, and all its tokens. A service account is deleted as the user it acts as. */
  async delete({ id }: Integration, also: readonly Statement[] = []): Promise<void> {
    const remove = { sql: 'delete from integrations where id = ?', values: [id], changes: 1 };
    await this.#database.write([remove, ...also, directoryChanged]);
    this.#forget();
  }
}

export function createStatement(integration: Integration): Statement {
  const sql = `insert into integrations (id, organization_id, kind, name, description, contact_email, secret_hash,
    redirect_urls, scopes, user_id, created, created_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, organizationId, kind, name, description, contactEmail, secretHash } = integration;
  const { redirectUrls, scopes, userId, created, createdBy } = integration;
  const facts = [id, organizationId, kind, name, description, contactEmail, secretHash ?? null];
  const rest = [JSON.stringify(redirectUrls), scopes.join(' '), userId ?? null, created, createdBy];
  return { sql, values: [...facts, ...rest], changes: 1 };
}

/** Everything but whose it is, its kind and its secret. Fails the unit when it is not there. */
export function updateStatement(integration: Integration): Statement {
  const sql = `update integrations set name = ?, description = ?, contact_email = ?, redirect_urls = ?, scopes = ?
    where id = ? and organization_id = ?`;
  const { id, organizationId, name, description, contactEmail, redirectUrls, scopes } = integration;
  const lists = [JSON.stringify(redirectUrls), scopes.join(' ')];
  const values = [name, description, contactEmail, ...lists, id, organizationId];
  return { sql, values, changes: 1 };
}

/** The SHA-256 of another secret in the place of the one it had. */
export function secretStatement({ id, secretHash }: Integration): Statement {
  const sql = 'update integrations set secret_hash = ? where id = ?';
  return { sql, values: [secretHash ?? null, id], changes: 1 };
}

function integrationFrom(row: Row): Integration {
  return {
    id: row.id as string,
    organizationId: row.organization_id as string,
    kind: row.kind as IntegrationKind,
    name: row.name as string,
    description: row.description as string,
    contactEmail: row.contact_email as string,
    secretHash: (row.secret_hash as string | null) ?? undefined,
    redirectUrls: JSON.parse(row.redirect_urls as string) as string[],
    scopes: (row.scopes as string).split(' ').filter((scope) => scope !== '') as Scope[],
    userId: (row.user_id as string | null) ?? undefined,
    created: row.created as string,
    createdBy: row.created_by as string,
  };
}
