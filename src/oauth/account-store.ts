/** The users that tokens are issued for, as OpenID Connect tells of them. */
import type { Account } from 'oidc-provider';
import type { Database } from '../platform/database.ts';

export class AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The user with this id; undefined for a machine, and for one who was deleted or may not come in. */
  async find(userId: string): Promise<Account | undefined> {
    const sql = `select email, display_name, first_name, last_name from users where id = ? and kind = 'person' and active = 1`;
    const row = await this.#database.get(sql, [userId]);
    if (row === undefined) return undefined;
    const { email, display_name: name, first_name: firstName, last_name: lastName } = row;
    // Whether the address was verified is for whoever entered it to know: nothing is claimed.
    const claims = { sub: userId, email, name, given_name: firstName, family_name: lastName };
    return { accountId: userId, claims: async () => claims };
  }
}
