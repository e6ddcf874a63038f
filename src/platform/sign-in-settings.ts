/** The settings of signing in, and of who else's word is taken for who somebody is. */
import { choice, integer, isIssuer, issuer, list, type Setting, text } from './setting.ts';

const isDomain = (value: string): boolean => /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(value);

/** Signatures with a key that the issuer alone has; never `none`, and never a secret that both sides share. */
const signatures = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

export const signInSettings = {
  sessionIdleMinutes: integer(
    480,
    1,
    525_600,
    'After how many minutes without a request a browser has to sign in again.',
  ),
  sessionLifetimeHours: integer(
    168,
    1,
    8_760,
    'After how many hours a browser has to sign in again, however much it is used.',
  ),
  openidIssuer: issuer(
    'The OpenID Connect provider that people sign in with, as it calls itself; none when left out.',
  ),
  openidClientId: text('', 'ID', 'What the OpenID Connect provider calls this server.'),
  openidClientSecretFile: text(
    '',
    'FILE',
    'The file with the secret that the OpenID Connect provider gave this server; none when left out.',
  ),
  openidScopes: text(
    'openid email profile',
    'SCOPES',
    'What is asked of the OpenID Connect provider, with spaces between; openid and email are needed.',
  ),
  openidLabel: text(
    'your organization',
    'NAME',
    'What the button of the OpenID Connect provider calls it: "Continue with …".',
  ),
  openidCreateOnSite: text(
    '',
    'HOST',
    'Whoever signs in with the OpenID Connect provider and is unknown becomes a user on this site; nobody does when left out.',
  ),
  openidCreateDomains: list(
    'DOMAINS',
    isDomain,
    'a domain',
    'Only people with an address of these domains become users; all that the provider lets in when left out.',
  ),
  jwtIssuers: list(
    'URLS',
    isIssuer,
    'an https URL without a query, or an http one of this machine',
    'The issuers whose JWT access tokens are taken, as they call themselves; none when left out.',
  ),
  jwtAudience: text(
    '',
    'AUDIENCE',
    'What the issuers of JWT access tokens call this server; the public URL when left out.',
  ),
  jwtAlgorithms: list(
    'NAMES',
    (value) => (signatures as readonly string[]).includes(value),
    `one of ${signatures.join(', ')}`,
    'With which algorithms JWT access tokens may be signed.',
    signatures,
  ),
  jwtUserClaim: choice(
    ['email', 'sub'],
    'Which claim of a JWT access token names its user: an address that the issuer verified, or a subject that was linked to the user before.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SignInSettings = {
  readonly [Name in keyof typeof signInSettings]: NonNullable<
    ReturnType<(typeof signInSettings)[Name]['parse']>
  >;
};
