/** A real issuer of JWT access tokens: an HTTP server with a description of itself, and keys that can change. */
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { listenLocally } from './local-server.ts';

type SigningKey = Parameters<SignJWT['sign']>[0];

export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: SigningKey;
  readonly publicKey: JWK;
}

export interface Issuer {
  readonly url: string;
  /** What the set of keys is answered with; replaced by tests. */
  keys: IssuerKey[];
  /** How often the set of keys was asked for. */
  readonly asked: () => number;
  /** While true, everything is answered with 500. */
  isDown: boolean;
  /** What it calls itself in its description. */
  name: string;
}

export const audience = 'https://meet.example.com';

export async function newKey(kid: string, alg = 'RS256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** `descriptionPath` is where it describes itself: as OpenID Connect or as RFC 8414 has it. */
export async function startIssuer(
  keys: IssuerKey[],
  descriptionPath = '/.well-known/openid-configuration',
): Promise<Issuer> {
  const { server, url } = await listenLocally();
  let asked = 0;
  const issuer: Issuer = { url, keys, asked: () => asked, isDown: false, name: url };
  server.on('request', ({ url: path }, response) => {
    const answer = (body: unknown): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    };
    if (issuer.isDown) response.writeHead(500).end();
    else if (path === descriptionPath) answer({ issuer: issuer.name, jwks_uri: `${url}/keys` });
    else if (path === '/keys') {
      asked += 1;
      answer({ keys: issuer.keys.map(({ publicKey }) => publicKey) });
    } else response.writeHead(404).end();
  });
  return issuer;
}

export interface TokenParts {
  readonly header?: Record<string, unknown>;
  /** Undefined takes a claim away. */
  readonly claims?: Record<string, unknown>;
  readonly key?: IssuerKey;
  readonly signWith?: SigningKey;
}

/** A token that is right in all respects but for what `parts` change. */
export async function tokenOf(issuer: Issuer, parts: TokenParts = {}): Promise<string> {
  const { kid, alg, privateKey } = parts.key ?? issuer.keys[0]!;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer.url,
    aud: audience,
    sub: 'subject-of-john',
    client_id: 'client',
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 300,
    scope: 'meeting:preferences_read meeting:preferences_write other:scope',
    email: 'john.andersen@example.com',
    email_verified: true,
    ...parts.claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(claims)) as JWTPayload)
    .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...parts.header })
    .sign(parts.signWith ?? privateKey);
}
