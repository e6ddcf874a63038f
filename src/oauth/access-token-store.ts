/** The access tokens of integrations: rows among all other tokens, so that the API takes them as it takes those. */
import type { Scope } from '../identity/scopes.ts';
import { hashOf } from '../identity/tokens.ts';
import { type Database, directoryChanged } from '../platform/database.ts';

export interface NewAccessToken {
  /** What its holder presents; only the hash is kept. */
  readonly value: string;
  /** A uuid that names the token in logs and lists. */
  readonly id: string;
  readonly userId: string;
  /** The integration's name. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly integrationId: string;
  /** None for a service account, which acts without anybody's consent. */
  readonly grantId: string | undefined;
  /** JSON text. */
  readonly payload: string;
  /** ISO-8601 UTC, as is `created`. */
  readonly expires: string;
  readonly created: string;
}

export class AccessTokenStore {
  readonly #database: Database;
  /** Called after tokens became useless: whoever keeps them in memory forgets them. */
  readonly #forget: () => void;

  constructor(database: Database, forget: () => void) {
    this.#database = database;
    this.#forget = forget;
  }

  /**
   * Rejects with a Conflict when the user, the grant or the integration is no longer there. Nobody can have asked for a new token
   * before: no cache anywhere has to be emptied for it.
   */
  async put(token: NewAccessToken): Promise<void> {
    const sql = `insert into tokens (hash, id, user_id, name, scopes, created, expires, integration_id, grant_id, payload,
        organization_id)
      select ?, ?, u.id, ?, ?, ?, ?, ?, ?, ?, u.organization_id from users u where u.id = ?`;
    const { id, userId, name, created, expires, integrationId, grantId, payload } = token;
    const scopes = token.scopes.join(' ');
    const facts = [id, name, scopes, created, expires, integrationId, grantId ?? null, payload];
    await this.#database.write([{ sql, values: [hashOf(token.value), ...facts, userId], changes: 1 }]);
  }

  /** The payload of a token of an integration that was not revoked. */
  async find(value: string): Promise<string | undefined> {
    const sql = 'select payload from tokens where hash = ? and revoked is null and payload is not null';
    const row = await this.#database.get(sql, [hashOf(value)]);
    return row?.payload as string | undefined;
  }

  revoke(value: string, now: string): Promise<void> {
    return this.#revoke('hash', hashOf(value), now);
  }

  revokeOfGrant(grantId: string, now: string): Promise<void> {
    return this.#revoke('grant_id', grantId, now);
  }

  async #revoke(column: 'hash' | 'grant_id', key: string, now: string): Promise<void> {
    const sql = `update tokens set revoked = coalesce(revoked, ?) where ${column} = ?`;
    await this.#database.write([{ sql, values: [now, key] }, directoryChanged]);
    this.#forget();
  }
}
