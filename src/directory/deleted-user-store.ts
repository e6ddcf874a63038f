/** Who was deleted: known by nothing but the history of their preferences. */
import type { Database, Row } from '../platform/database.ts';
import { keyOf } from './email.ts';

export interface DeletedUser {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
}

const columns = 'select id, organization_id, email from deleted_users';

export class DeletedUsers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: string): Promise<DeletedUser | undefined> {
    return fromRow(await this.#database.get(`${columns} where id = ?`, [id]));
  }

  /** Of several who had this address in the organization one after the other, the last. */
  async findByEmail(organizationId: string, email: string): Promise<DeletedUser | undefined> {
    const sql = `${columns} where organization_id = ? and email_key = ? order by deleted desc, id limit 1`;
    return fromRow(await this.#database.get(sql, [organizationId, keyOf(email)]));
  }
}

function fromRow(row: Row | undefined): DeletedUser | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id as string,
    organizationId: row.organization_id as string,
    email: row.email as string,
  };
}
