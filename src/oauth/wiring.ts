/** Puts the parts of the authorization server together; oidc-provider itself is loaded with the first request to it. */
import type { FastifyInstance } from 'fastify';
import type { Audit } from '../audit/audit.ts';
import type { Directory } from '../directory/store.ts';
import { forgetInBackground } from '../identity/idempotency.ts';
import type { Operations } from '../identity/operations.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Database } from '../platform/database.ts';
import type { RateLimits } from '../platform/limits.ts';
import type { Log } from '../platform/log.ts';
import type { PublicUrl } from '../platform/public-url.ts';
import type { Compatibility } from '../request/body.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import { AccessTokenStore } from './access-token-store.ts';
import { AccountStore } from './account-store.ts';
import { mountApplications } from './applications/routes.ts';
import { AuthorizationServer } from './authorization-server.ts';
import { IntegrationRegistry } from './integration-registry.ts';
import { Interactions } from './interactions.ts';
import { KeyStore } from './key-store.ts';
import { RecordStore } from './record-store.ts';
import { interactionPath, mountOAuth, providerPaths } from './routes.ts';

export interface OAuthParts {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly publicUrl: PublicUrl;
  readonly operations: Operations;
  readonly audit: Audit;
  readonly log: Log;
  readonly limits: RateLimits;
  readonly compatibility: Compatibility;
  readonly now: () => number;
  readonly oauthAccessTokenMinutes: number;
  readonly oauthRefreshTokenDays: number;
}

const daySeconds = 86_400;

export function wireOAuth(parts: OAuthParts): void {
  const { app, database, directory, tokens, sessions, publicUrl, log, limits, audit, now } = parts;
  const forget = (): void => tokens.forgetAll();
  const records = new RecordStore(database, forget);
  const integrations = new IntegrationRegistry(database, forget);
  const server = new AuthorizationServer({
    records,
    integrations,
    accessTokens: new AccessTokenStore(database, forget),
    accounts: new AccountStore(database),
    keys: new KeyStore(database),
    sessions,
    publicUrl,
    log,
    limits,
    audit,
    now,
    accessTokenSeconds: parts.oauthAccessTokenMinutes * 60,
    refreshTokenSeconds: parts.oauthRefreshTokenDays * daySeconds,
    paths: providerPaths,
    interactionPath,
  });
  const interactions = new Interactions({
    server,
    sessions,
    directory,
    integrations,
    publicUrl,
    audit,
    interactionPath,
  });
  mountOAuth(app, server, interactions);
  const { operations, compatibility } = parts;
  mountApplications({ operations, directory, integrations, compatibility, audit, now });
  forgetInBackground(app, {
    removeExpired: (isStopped = () => false) =>
      records.removeExpired(new Date(now()).toISOString(), isStopped),
  });
}
