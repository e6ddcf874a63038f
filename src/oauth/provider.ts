/** The authorization server: oidc-provider, told where its state is, how long things last and what people see. */
import { timingSafeEqual } from 'node:crypto';
import {
  type Configuration,
  errors,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import { allScopes } from '../identity/scopes.ts';
import { hashOf } from '../identity/tokens.ts';
import type { AccountStore } from './account-store.ts';
import { type AdapterParts, adaptersOf } from './adapter.ts';
import { renderError, sendDevicePages } from './callbacks.ts';
import { exchangeOf } from './exchange.ts';
import { openIdScopes } from './integrations.ts';

export interface ProviderParts extends AdapterParts {
  readonly accounts: AccountStore;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  /** The paths that oidc-provider answers itself; those of people are ours. */
  readonly paths: NonNullable<Configuration['routes']>;
  readonly interactionPath: (uid: string) => string;
}

const minute = 60;
const day = 24 * 60 * minute;
/** Codes go from a browser to a program at once. */
const codeSeconds = minute;
const deviceCodeSeconds = 10 * minute;
const interactionSeconds = 60 * minute;
/** For this long a browser is not asked again for what it allowed before. */
const sessionSeconds = day;
/** After this time users are asked again, however often an integration renewed its tokens. */
const grantSeconds = 365 * day;

/** An authorization server that signs with the first of `keys`, and names itself `issuer`. */
export function buildProvider(parts: ProviderParts, issuer: string, keys: readonly JWK[]): Provider {
  const provider = new Provider(issuer, configurationOf(parts, keys));
  // We stand behind a proxy, or are told by our own settings how we are reached: see how a request is handed over.
  provider.proxy = true;
  // Only the hash of a secret is kept: what a client sends is compared by its hash, too.
  provider.Client.prototype.compareClientSecret = function (actual) {
    const given = Buffer.from(hashOf(actual));
    const known = Buffer.from(this.clientSecret ?? '');
    return given.length === known.length && timingSafeEqual(given, known);
  };
  provider.registerGrantType('client_credentials', issueToServiceAccount, ['scope']);
  return provider;
}

function configurationOf(parts: ProviderParts, keys: readonly JWK[]): Configuration {
  const { accounts, accessTokenSeconds, refreshTokenSeconds, paths, interactionPath } = parts;
  const off = { enabled: false };
  return {
    adapter: adaptersOf(parts),
    jwks: { keys: [...keys] },
    routes: paths,
    scopes: [...openIdScopes, ...allScopes],
    claims: { openid: ['sub'], email: ['email'], profile: ['name', 'given_name', 'family_name'] },
    findAccount: async (_ctx, id) => accounts.find(id),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    responseTypes: ['code'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    allowOmittingSingleRegisteredRedirectUri: false,
    // Those who cannot keep a secret have to; all others are held to it once they begin with it.
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    rotateRefreshToken: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    // Browsers may call from every origin: see the decision about CORS.
    clientBasedCORS: () => true,
    cookies: {
      names: {
        session: 'anteroom_oauth',
        interaction: 'anteroom_oauth_interaction',
        resume: 'anteroom_oauth_resume',
      },
    },
    interactions: { policy: policy(), url: (_ctx, { uid }) => interactionPath(uid) },
    renderError,
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      DeviceCode: deviceCodeSeconds,
      IdToken: 60 * minute,
      Interaction: interactionSeconds,
      Session: sessionSeconds,
      Grant: grantSeconds,
      RefreshToken: (ctx) => Math.max(1, Math.min(refreshTokenSeconds, grantLeft(ctx))),
    },
    features: {
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      resourceIndicators: off,
      rpInitiatedLogout: off,
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      userinfo: { enabled: true },
      deviceFlow: { enabled: true, deviceInfo: () => ({}), ...sendDevicePages },
    },
  };
}

/** The usual reasons to ask a person; and who was signed in then, for those integrations that want it done anew. */
function policy(): interactionPolicy.Prompt[] {
  const prompts = interactionPolicy.base();
  const login = prompts.get('login')!;
  const { details } = login;
  login.details = async (ctx) => ({
    ...(await details(ctx)),
    signInSession: exchangeOf(ctx.req)?.signedIn?.sessionId,
  });
  return prompts;
}

/** How long the consent still holds that a refresh token follows from, in seconds. */
function grantLeft(ctx: KoaContextWithOIDC): number {
  const expires = ctx.oidc.entities.Grant?.exp;
  return expires === undefined ? grantSeconds : expires - Math.floor(Date.now() / 1000);
}

type GrantHandler = Parameters<Provider['registerGrantType']>[1];

/**
 * Client credentials (RFC 6749 section 4.4): without a scope in the request, those that the service account was
 * registered with; oidc-provider itself would issue a token for nothing.
 */
const issueToServiceAccount: GrantHandler = async (ctx) => {
  const { client, provider, params } = ctx.oidc;
  const registered = (client.scope ?? '').split(' ');
  const wanted = params.scope === undefined ? registered : [...new Set(params.scope.split(' '))];
  const missing = wanted.find((scope) => !registered.includes(scope));
  if (missing !== undefined) throw new errors.InvalidScope('requested scope is not allowed', missing);
  const scope = wanted.join(' ');
  const token = new provider.ClientCredentials({ client, scope });
  ctx.oidc.entity('ClientCredentials', token);
  const value = await token.save();
  ctx.body = { access_token: value, expires_in: token.expiration, token_type: token.tokenType, scope };
};
