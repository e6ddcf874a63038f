/** Where oidc-provider keeps its state: in our tables, without what its holders present. */
import { type Adapter, type AdapterFactory, type AdapterPayload, errors, Provider } from 'oidc-provider';
import type { Scope } from '../identity/scopes.ts';
import { allScopes } from '../identity/scopes.ts';
import { Conflict } from '../platform/database.ts';
import type { AccessTokenStore } from './access-token-store.ts';
import type { IntegrationRegistry } from './integration-registry.ts';
import { clientOf } from './integrations.ts';
import { type RecordStore, recordHash, type StoredRecord } from './record-store.ts';

export interface AdapterParts {
  readonly records: RecordStore;
  readonly accessTokens: AccessTokenStore;
  readonly integrations: IntegrationRegistry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The id of the user who is signed in where the request under way comes from. */
  readonly signedInUser: () => string | undefined;
}

/** How long a second try with a refresh token is noticed, and ends all that followed from it. */
const reuseNoticedMs = 30 * 24 * 3_600_000;

export function adaptersOf(parts: AdapterParts): AdapterFactory {
  return (kind) => {
    if (kind === 'Client') return clients(parts);
    if (kind === 'Grant') return grants(parts);
    if (kind === 'AccessToken' || kind === 'ClientCredentials') return accessTokens(kind, parts);
    return records(kind, parts);
  };
}

/** What a model never asks of its adapter. */
const unused: Adapter = {
  upsert: () => Promise.reject(new Error('nothing is registered by clients themselves')),
  find: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
};

function clients({ integrations }: AdapterParts): Adapter {
  return {
    ...unused,
    find: async (id) => {
      const integration = await integrations.find(id);
      return integration === undefined ? undefined : clientOf(integration);
    },
  };
}

/** A grant has an id that nobody presents. */
function grants({ records: store }: AdapterParts): Adapter {
  return {
    ...unused,
    upsert: async (id, payload) => {
      const { accountId, clientId, exp } = payload;
      const expires = timeOf(exp!);
      await store.putGrant({
        id,
        userId: accountId!,
        integrationId: clientId!,
        payload: text(payload),
        expires,
      });
    },
    find: async (id) => {
      const payload = await store.findGrant(id);
      return payload === undefined ? undefined : (JSON.parse(payload) as AdapterPayload);
    },
    destroy: (id) => store.deleteGrant(id),
  };
}

function accessTokens(kind: string, { accessTokens: store, integrations, now }: AdapterParts): Adapter {
  return {
    ...unused,
    upsert: async (value, payload) => {
      const { accountId, clientId, grantId, exp, scope = '' } = payload;
      const integration = await integrations.find(clientId!);
      const userId = accountId ?? integration?.userId;
      if (integration === undefined || userId === undefined) throw new errors.InvalidGrant('it was revoked');
      const granted = new Set(scope.split(' '));
      const { jti: _, ...rest } = payload;
      const token = {
        value,
        id: crypto.randomUUID(),
        userId,
        name: integration.name,
        scopes: allScopes.filter((name: Scope) => granted.has(name)),
        integrationId: integration.id,
        grantId,
        payload: text(rest),
        expires: timeOf(exp!),
        created: timeOf(now() / 1000),
      };
      await unlessRevoked(store.put(token));
    },
    find: async (value) => {
      const found = await store.find(value);
      const payload = found === undefined ? undefined : (JSON.parse(found) as AdapterPayload);
      return payload?.kind === kind ? { ...payload, jti: value } : undefined;
    },
    destroy: (value) => store.revoke(value, timeOf(now() / 1000)),
    revokeByGrantId: (grantId) => store.revokeOfGrant(grantId, timeOf(now() / 1000)),
  };
}

/** Codes, refresh tokens, sessions and requests under way. */
function records(kind: string, { records: store, now, signedInUser }: AdapterParts): Adapter {
  const restored = (record: StoredRecord | undefined, id: string | undefined, userCode?: string) => {
    if (record === undefined) return undefined;
    const payload = restore(record, id ?? nameOf(record), userCode);
    // A session of somebody who is not signed in any more is none.
    const isOver =
      kind === 'Session' && payload.accountId !== undefined && payload.accountId !== signedInUser();
    return isOver ? undefined : payload;
  };
  return {
    upsert: async (id, payload, expiresIn) => {
      const { accountId, clientId, grantId, uid, userCode, exp } = payload;
      await unlessRevoked(
        store.put({
          hash: hashOfId(kind, id),
          kind,
          userId: accountId,
          integrationId: clientId,
          grantId,
          uid: kind === 'Session' ? (uid as string) : undefined,
          userCodeHash: userCode === undefined ? undefined : recordHash('user code', userCode as string),
          payload: text(withoutCredentials(payload, id)),
          expires: timeOf(exp ?? now() / 1000 + expiresIn!),
        }),
      );
    },
    find: async (id) => {
      // Who redeems something has to present it.
      if (id.startsWith(namePrefix) && Provider.ctx?.oidc.route === 'token') return undefined;
      return restored(await store.find(hashOfId(kind, id)), id);
    },
    findByUserCode: async (userCode) =>
      restored(await store.findByUserCode(recordHash('user code', userCode)), undefined, userCode),
    // Asked only whether the session is still there and whose it is.
    findByUid: async (uid) => {
      const record = await store.findByUid(kind, uid);
      return record === undefined ? undefined : restore(record, nameOf(record));
    },
    consume: async (id) => {
      const time = now();
      const isFirst = await store.consume(
        hashOfId(kind, id),
        timeOf(time / 1000),
        timeOf((time + reuseNoticedMs) / 1000),
      );
      if (!isFirst) throw new errors.InvalidGrant('it was redeemed at the same moment');
    },
    destroy: (id) => store.delete(hashOfId(kind, id)),
    revokeByGrantId: (grantId) => store.deleteOfGrant(kind, grantId),
  };
}

/** Stands before the hash of a record where what its holder presents is not known: a device code found by its user code. */
const namePrefix = 'hash:';

function nameOf({ hash }: StoredRecord): string {
  return namePrefix + hash;
}

function hashOfId(kind: string, id: string): string {
  return id.startsWith(namePrefix) ? id.slice(namePrefix.length) : recordHash(kind, id);
}

/** The payload without `id`, which a request under way has at the end of its URL too, and other things to present. */
function withoutCredentials(payload: AdapterPayload, id: string): AdapterPayload {
  const { jti: _, userCode: _code, ...rest } = payload;
  const { returnTo, session } = rest;
  if (returnTo?.endsWith(`/${id}`)) rest.returnTo = returnTo.slice(0, -id.length);
  if (session !== undefined) rest.session = { ...session, cookie: undefined };
  return rest;
}

function restore({ payload, consumed }: StoredRecord, id: string, userCode?: string): AdapterPayload {
  const restored = JSON.parse(payload) as AdapterPayload;
  if (restored.returnTo?.endsWith('/')) restored.returnTo += id;
  if (userCode !== undefined) restored.userCode = userCode;
  if (consumed !== undefined) restored.consumed = Math.floor(Date.parse(consumed) / 1000);
  return { ...restored, jti: id };
}

/** What follows from a grant that was revoked in the meantime does not come into being. */
async function unlessRevoked(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof Conflict ? new errors.InvalidGrant('it was revoked') : error;
  }
}

function text(payload: AdapterPayload): string {
  return JSON.stringify(payload);
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
