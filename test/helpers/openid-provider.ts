/** A real OpenID Connect provider to sign in with, whose people never have to type anything. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { Provider } from 'oidc-provider';

export interface Person {
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
}

export const clientId = 'anteroom';
export const clientSecret = randomUUID();

/** Lets `server` be the provider `issuer`, where whoever comes is the person that `whoIsThere` says. */
export function beProvider(
  server: Server,
  issuer: string,
  redirectUri: string,
  whoIsThere: () => Person,
): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const people = new Map<string, Person>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomUUID()] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session!.accountId!;
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/interaction/')) {
      void answer(request, response);
      return;
    }
    const accountId = randomUUID();
    people.set(accountId, whoIsThere());
    void provider.interactionFinished(request, response, { login: { accountId } });
  });
}
