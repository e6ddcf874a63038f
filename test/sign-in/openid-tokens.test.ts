/** What a provider, or somebody who speaks for one, could say that must let nobody in: an endpoint that signs anything. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { listenLocally } from '../helpers/local-server.ts';
import { clientId, clientSecret } from '../helpers/openid-provider.ts';
import { temporaryFolder } from '../helpers/process.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import { ruleOn, Visitor } from '../helpers/visitor.ts';

const openidClientSecretFile = join(temporaryFolder(), 'secret');
writeFileSync(openidClientSecretFile, clientSecret);

const email = 'john.andersen@example.com';
const { privateKey, publicKey } = await generateKeyPair('RS256');
const { privateKey: otherKey } = await generateKeyPair('RS256');
const { server, url: issuer } = await listenLocally();

interface Said {
  readonly idToken: (claims: JWTPayload) => Promise<string>;
  readonly userInfo?: object;
}

let said: Said;
let nonce = '';

server.on('request', async (request, response) => {
  const answer = (body: unknown): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
  const { pathname } = new URL(request.url!, issuer);
  if (pathname === '/.well-known/openid-configuration') answer(metadata);
  else if (pathname === '/jwks') answer({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] });
  else if (pathname === '/userinfo') answer(said.userInfo);
  else if (pathname === '/token') {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: 'one', aud: clientId, iat: now, exp: now + 60, nonce };
    const idToken = await said.idToken({ ...claims, email, email_verified: true });
    answer({ access_token: 'opaque', token_type: 'bearer', id_token: idToken });
  } else response.writeHead(404).end();
});

const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
};

const { url } = await startServer({
  acceptDevelopmentTokens: false,
  openidIssuer: issuer,
  openidClientId: clientId,
  openidClientSecretFile,
  log: quietLog,
});

function signed(claims: JWTPayload, key: Parameters<SignJWT['sign']>[0] = privateKey, alg = 'RS256') {
  return new SignJWT(claims).setProtectedHeader({ alg, kid: 'one' }).sign(key);
}

/** The address is then asked for with the access token. */
function withoutAddress({ email: _, email_verified: __, ...claims }: JWTPayload): Promise<string> {
  return signed(claims);
}

/** Goes to the provider and straight back with a code; whether that signs in. */
async function isLetIn(answer: Said): Promise<boolean> {
  said = answer;
  const visitor = new Visitor(url);
  const asked = new URL((await visitor.visit('/sign-in/openid')).location!).searchParams;
  nonce = asked.get('nonce')!;
  const end = await visitor.visit(`/sign-in/openid/callback?code=any&state=${asked.get('state')}`);
  const hasSession = visitor.cookies.anteroom_session !== undefined;
  if (!hasSession) assert.match(ruleOn(end)!, /^sign-in\.(openid|known)$/);
  assert.equal(end.status, hasSession ? 303 : 403);
  return hasSession;
}

test('what is right is taken: otherwise the rest would prove nothing', async () => {
  assert.ok(await isLetIn({ idToken: (claims) => signed(claims) }));
  const userInfo = { sub: 'one', email, email_verified: true };
  assert.ok(await isLetIn({ idToken: withoutAddress, userInfo }));
});

const past = Math.floor(Date.now() / 1000) - 3600;
const forged: Record<string, (claims: JWTPayload) => JWTPayload> = {
  'another nonce': (claims) => ({ ...claims, nonce: 'A'.repeat(43) }),
  'no nonce': ({ nonce: _, ...claims }) => claims,
  'a time that has passed': (claims) => ({ ...claims, iat: past, exp: past + 60 }),
  'no time': ({ exp: _, ...claims }) => claims,
  'another audience': (claims) => ({ ...claims, aud: 'another-client' }),
  'several audiences, of which another one asked': (claims) => ({
    ...claims,
    aud: [clientId, 'another-client'],
    azp: 'another-client',
  }),
  'another issuer': (claims) => ({ ...claims, iss: 'https://issuer.example' }),
  'no subject': ({ sub: _, ...claims }) => claims,
  'a time to come': (claims) => ({ ...claims, nbf: Math.floor(Date.now() / 1000) + 3600 }),
};

for (const [what, change] of Object.entries(forged)) {
  test(`an ID token with ${what} lets nobody in`, async () => {
    assert.equal(await isLetIn({ idToken: (claims) => signed(change(claims)) }), false);
  });
}

test('an ID token that the provider did not sign lets nobody in', async () => {
  assert.equal(await isLetIn({ idToken: (claims) => signed(claims, otherKey) }), false, 'another key');
  const none = async (claims: JWTPayload): Promise<string> => new UnsecuredJWT(claims).encode();
  assert.equal(await isLetIn({ idToken: none }), false, 'no signature');
  const shared = new TextEncoder().encode(clientSecret);
  assert.equal(await isLetIn({ idToken: (claims) => signed(claims, shared, 'HS256') }), false, 'the secret');
  const cut = async (claims: JWTPayload): Promise<string> => (await signed(claims)).replace(/[^.]+$/, '');
  assert.equal(await isLetIn({ idToken: cut }), false, 'the signature cut off');
});

test('what is told of another subject is not taken', async () => {
  const userInfo = { sub: 'two', email, email_verified: true };
  assert.equal(await isLetIn({ idToken: withoutAddress, userInfo }), false);
});
