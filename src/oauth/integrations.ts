/** What an integration is to the protocol, and what its redirect URLs may be. */
import type { AllClientMetadata } from 'oidc-provider';
import type { Integration } from './integration-registry.ts';

/** What a user may let an integration know of them, beside what the API's scopes let it do (OpenID Connect section 5.4). */
export const openIdScopes = ['openid', 'email', 'profile'] as const;

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** The metadata of a client (RFC 7591 section 2). Its secret is the hash: see how the provider compares it. */
export function clientOf(integration: Integration): AllClientMetadata {
  const { id, kind, name, secretHash, redirectUrls, scopes } = integration;
  const isInteractive = kind !== 'service';
  const hasRedirects = isInteractive && redirectUrls.length > 0;
  const grantTypes = isInteractive
    ? [...(hasRedirects ? ['authorization_code'] : []), 'refresh_token', deviceGrant]
    : ['client_credentials'];
  return {
    client_id: id,
    client_name: name,
    application_type: kind === 'native' ? 'native' : 'web',
    ...(secretHash === undefined
      ? { token_endpoint_auth_method: 'none' }
      : { token_endpoint_auth_method: 'client_secret_basic', client_secret: secretHash }),
    grant_types: grantTypes,
    response_types: hasRedirects ? ['code'] : [],
    response_modes: ['query'],
    redirect_uris: [...redirectUrls],
    scope: [...(isInteractive ? openIdScopes : []), ...scopes].join(' '),
  };
}

/** More of them are a sign of a mistake, and make every request slower. */
export const redirectUrlsMaximum = 20;
const redirectUrlMaxLength = 2_000;

/** A host in the letters it is compared by, with or without a port. */
const host = String.raw`([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?`;
const loopback = String.raw`(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?`;
const rest = '([/?][!$-&(-;=?-Z_a-z~]*)?$';
const https = new RegExp(`^https://${host}${rest}`);
const toOwnMachine = new RegExp(`^http://${loopback}${rest}`);
const privateScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:\/{1,2}[A-Za-z0-9][!$-&(-;=?-Z_a-z~]*$/;

/**
 * Whether users may be sent back there: https; http to the user's own machine; and for native programs a scheme that
 * is a domain in reverse (RFC 8252 section 7). URLs are compared letter for letter later, so that what two programs may
 * read in two ways is refused: user names, fragments, backslashes, wildcards, dots in the place of a folder.
 */
export function isRedirectUrl(text: string, kind: Integration['kind']): boolean {
  if (text.length > redirectUrlMaxLength || !URL.canParse(text)) return false;
  if (/[*@\\#]|\/\.{1,2}(\/|\?|$)/.test(text)) return false;
  if (toOwnMachine.test(text)) return true;
  if (https.test(text)) return !(kind === 'native' && new RegExp(`^https://${loopback}([/?]|$)`).test(text));
  return kind === 'native' && privateScheme.test(text);
}
