/** Where integrations ask for access, and where people allow it. */
import type { FastifyInstance } from 'fastify';
import { withForms } from '../platform/forms.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import type { Interactions } from './interactions.ts';

/** The paths that oidc-provider answers, by its names for them; the first three are those of the real service. */
export const providerPaths = {
  authorization: '/v1/authorize',
  token: '/v1/access_token',
  device_authorization: '/v1/device/authorize',
  userinfo: '/v1/userinfo',
  revocation: '/v1/revoke',
  jwks: '/v1/jwks',
  code_verification: '/oauth/device',
} as const;

/** Devices poll here, at the real service; the answers are those of the token endpoint. */
const deviceTokenPath = '/v1/device/token';
const interactionRoute = '/oauth/interaction/:uid';
const metadataPaths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

export function interactionPath(uid: string): string {
  return interactionRoute.replace(':uid', uid);
}

/** A route, and the path under which oidc-provider knows it; the query goes along where people come by a link. */
interface Handed {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly path?: string;
  readonly withQuery?: boolean;
}

const { authorization, token, code_verification: userCode } = providerPaths;
const handed: readonly Handed[] = [
  { method: 'GET', url: authorization, withQuery: true },
  { method: 'GET', url: `${authorization}/:uid` },
  { method: 'POST', url: token },
  { method: 'POST', url: providerPaths.device_authorization },
  { method: 'POST', url: deviceTokenPath, path: token },
  { method: 'GET', url: providerPaths.userinfo },
  { method: 'POST', url: providerPaths.userinfo },
  { method: 'POST', url: providerPaths.revocation },
  { method: 'GET', url: providerPaths.jwks },
  ...metadataPaths.map((url) => ({ method: 'GET', url }) as const),
  // Not with its query: the code in a link is put into the form by us.
  { method: 'GET', url: userCode },
  { method: 'POST', url: userCode },
  { method: 'GET', url: `${userCode}/:uid` },
];

export function mountOAuth(
  app: FastifyInstance,
  server: AuthorizationServer,
  interactions: Interactions,
): void {
  app.register(async (scope) => {
    // oidc-provider reads bodies, whatever they are, and answers in OAuth's own words what is wrong with them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const { method, url, path = url, withQuery = false } of handed) {
      scope.route({
        method,
        url,
        handler: (request, reply) => {
          const { uid } = request.params as { uid?: string };
          const query = withQuery ? (/\?.*$/s.exec(request.url)?.[0] ?? '') : '';
          return server.answer(request, reply, path.replace(':uid', encodeURIComponent(uid ?? '')) + query);
        },
      });
    }
  });
  withForms(app, (scope) => {
    scope.get(interactionRoute, (request, reply) => interactions.show(request, reply));
    scope.post(interactionRoute, (request, reply) => interactions.decide(request, reply));
  });
}
