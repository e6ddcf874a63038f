/** The OpenID Connect provider that people sign in with (OpenID Connect Core 1.0, code flow with PKCE). */
import { readFileSync } from 'node:fs';
import type { ClientAuth, Configuration, IDToken, UserInfoResponse } from 'openid-client';
import { isThisMachine } from '../platform/setting.ts';
import type { OpenidChecks } from './openid-store.ts';

export interface OpenidOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty when there is none. */
  readonly clientSecretFile: string;
  readonly scopes: string;
}

/** What the provider vouches for. */
export interface OpenidIdentity {
  /** Undefined unless the provider verified it. */
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
}

/** What the provider says of itself is asked for again after this time. */
const keptMs = 3_600_000;
const timeoutSeconds = 5;

export class OpenidProvider {
  readonly #options: OpenidOptions;
  readonly #now: () => number;
  #configuration: Promise<Configuration> | undefined;
  #loadedAt = 0;

  constructor(options: OpenidOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Where to send the browser, and what only the answer to that will fit. Rejects when the provider does not answer. */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly checks: OpenidChecks }> {
    const client = await import('openid-client');
    const configuration = await this.#load();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const codeVerifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.#options.scopes,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks: { state, nonce, codeVerifier } };
  }

  /**
   * Who came back with the answer `url`. Rejects unless all fits: the state, the issuer (RFC 9207), the code, and an ID
   * token with the signature of the provider, for this server, with the nonce, and within its time.
   */
  async finish(url: URL, { state, nonce, codeVerifier }: OpenidChecks): Promise<OpenidIdentity> {
    const client = await import('openid-client');
    const configuration = await this.#load();
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    if (claims.email !== undefined) return identityFrom(claims);
    // Many providers tell the address only when they are asked with the access token.
    return identityFrom(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub));
  }

  #load(): Promise<Configuration> {
    if (this.#configuration === undefined || this.#now() - this.#loadedAt > keptMs) {
      const loading = this.#discover();
      this.#configuration = loading;
      this.#loadedAt = this.#now();
      loading.catch(() => {
        if (this.#configuration === loading) this.#configuration = undefined;
      });
    }
    return this.#configuration;
  }

  async #discover(): Promise<Configuration> {
    const client = await import('openid-client');
    const { clientId, clientSecretFile } = this.#options;
    const issuer = new URL(this.#options.issuer);
    const secret = clientSecretFile === '' ? undefined : readFileSync(clientSecretFile, 'utf8').trim();
    const authenticate: ClientAuth = (server, ...rest) => {
      if (secret === undefined) return client.None()(server, ...rest);
      // What a server supports that says nothing is Basic (OpenID Connect Discovery 1.0, section 3).
      const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      const isBasic = methods.includes('client_secret_basic');
      return (isBasic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret))(server, ...rest);
    };
    const execute = [
      client.enableNonRepudiationChecks,
      ...(isThisMachine(issuer.hostname) ? [client.allowInsecureRequests] : []),
    ];
    return client.discovery(issuer, clientId, secret, authenticate, { execute, timeout: timeoutSeconds });
  }
}

function identityFrom(claims: IDToken | UserInfoResponse): OpenidIdentity {
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  return {
    email: claims.email_verified === true ? textOf(claims.email) : undefined,
    name: textOf(claims.name),
    givenName: textOf(claims.given_name),
    familyName: textOf(claims.family_name),
  };
}
