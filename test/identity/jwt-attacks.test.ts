/** Tokens that look like those of an issuer, and are not: all of them get the answer of any unknown token. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { exportSPKI, importJWK } from 'jose';
import { assertRefused, clientOf } from '../helpers/client.ts';
import { audience, newKey, startIssuer, type TokenParts, tokenOf } from '../helpers/issuer.ts';
import { listenLocally } from '../helpers/local-server.ts';
import { startServer } from '../helpers/server.ts';

const path = '/v1/meetingPreferences/sites';
const key = await newKey('one');
const issuer = await startIssuer([key]);
const other = await startIssuer([await newKey('one')]);
const { url } = await startServer({ jwtIssuers: [issuer.url, other.url], jwtAudience: audience });

async function statusOf(token: string): Promise<number> {
  return (await clientOf(url)({ path, headers: { authorization: `Bearer ${token}` } })).status;
}

async function assertUnknown(token: string, what: string): Promise<void> {
  const answer = await clientOf(url)({ path, headers: { authorization: `Bearer ${token}` } });
  assertRefused(answer, 401, 'token.valid');
  const unknown = await clientOf(url)({ path, headers: { authorization: 'Bearer unknown' } });
  assert.equal(answer.body.message, unknown.body.message, what);
  assert.equal(answer.headers.get('www-authenticate'), unknown.headers.get('www-authenticate'), what);
}

const now = Math.floor(Date.now() / 1000);
const wrong: Record<string, TokenParts> = {
  'an ID token: typ JWT': { header: { typ: 'JWT' } },
  'no typ': { header: { typ: undefined } },
  'another audience': { claims: { aud: 'https://other.example' } },
  'no audience': { claims: { aud: undefined } },
  'an audience that only begins with ours': { claims: { aud: `${audience}.evil.example` } },
  'an issuer that nobody configured': { claims: { iss: 'https://issuer.example' } },
  'an issuer with a slash more': { claims: { iss: `${issuer.url}/` } },
  'no issuer': { claims: { iss: undefined } },
  'an issuer that is no text': { claims: { iss: [issuer.url] } },
  'a time that has passed': { claims: { exp: now - 10 } },
  'no time': { claims: { exp: undefined } },
  'a time that is no number': { claims: { exp: String(now + 300) } },
  'a time to come': { claims: { nbf: now + 60 } },
  'no subject': { claims: { sub: undefined } },
  "another issuer's key": { signWith: other.keys[0]!.privateKey },
  "another issuer's name": { claims: { iss: other.url } },
  'a key that nobody has': { header: { kid: 'two' } },
};

for (const [what, parts] of Object.entries(wrong)) {
  test(`a token with ${what} is unknown`, async () => assertUnknown(await tokenOf(issuer, parts), what));
}

test('the token that all of those are made of is good', async () => {
  assert.equal(await statusOf(await tokenOf(issuer)), 200);
  assert.equal(await statusOf(await tokenOf(other)), 200);
  assert.equal(await statusOf(await tokenOf(issuer, { header: { typ: 'application/AT+JWT' } })), 200);
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

test('alg none, in any spelling, and an HMAC with the public key as its secret are unknown', async () => {
  const [, payload] = (await tokenOf(issuer)).split('.');
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
    const header = encode({ alg, typ: 'at+jwt', kid: 'one' });
    await assertUnknown(`${header}.${payload}.`, alg);
    await assertUnknown(`${header}.${payload}.c2ln`, alg);
  }
  const publicKey = await importJWK(key.publicKey, 'RS256', { extractable: true });
  const pem = await exportSPKI(publicKey as Parameters<typeof exportSPKI>[0]);
  for (const secret of [pem, pem.trim(), JSON.stringify(key.publicKey), key.publicKey.n!]) {
    const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'one' })}.${payload}`;
    const signature = createHmac('sha256', secret).update(input).digest('base64url');
    await assertUnknown(`${input}.${signature}`, 'HS256');
  }
});

test('what the header says of keys elsewhere is not looked at', async () => {
  const { server, url: evil } = await listenLocally();
  let asked = 0;
  const evilKey = await newKey('one');
  server.on('request', (_request, response) => {
    asked += 1;
    response.end(JSON.stringify({ keys: [evilKey.publicKey] }));
  });
  for (const header of [
    { jku: `${evil}/keys` },
    { x5u: `${evil}/chain` },
    { jwk: evilKey.publicKey },
    { x5c: ['MIIB'] },
    { kid: `${evil}/keys` },
    { kid: '../../keys' },
    { kid: "' or '1'='1" },
    { crit: ['exp'], exp: now },
  ]) {
    const token = await tokenOf(issuer, { header: { kid: 'one', ...header }, key: evilKey }).catch(() => '');
    if (token !== '') await assertUnknown(token, JSON.stringify(header));
  }
  assert.equal(asked, 0);
});

test('a token that was changed, cut or put together of two is unknown', async () => {
  const token = await tokenOf(issuer);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forAdmin = encode({ ...claims, email: 'admin@example.com' });
  await assertUnknown(`${header}.${forAdmin}.${signature}`, 'another address');
  await assertUnknown(`${header}.${payload}.`, 'no signature');
  await assertUnknown(`${header}.${payload}`, 'two parts');
  await assertUnknown(`${token}.${signature}`, 'four parts');
  await assertUnknown(`eyJ.${payload}.${signature}`, 'a broken header');
  await assertUnknown(`${header}.e30.${signature}`, 'no claims');
  const { url: strict } = await startServer({ jwtIssuers: [issuer.url], jwtAudience: audience });
  const answer = await clientOf(strict)({
    path,
    headers: { authorization: `Bearer ${await tokenOf(other, { claims: { iss: issuer.url } })}` },
  });
  assertRefused(answer, 401, 'token.valid');
});

test('a new key counts at once, and one that was withdrawn only as long as keys are kept', async () => {
  const [first, second, third] = [await newKey('first'), await newKey('second'), await newKey('third')];
  const rotating = await startIssuer([first]);
  const { url: there } = await startServer({ jwtIssuers: [rotating.url], jwtAudience: audience });
  const ask = async (signing: typeof first): Promise<number> => {
    const token = await tokenOf(rotating, { key: signing });
    return (await clientOf(there)({ path, headers: { authorization: `Bearer ${token}` } })).status;
  };
  assert.equal(await ask(first), 200);
  assert.equal(rotating.asked(), 1);
  rotating.keys = [second];
  // The set was just read: it is not read again for whoever invents keys.
  assert.equal(await ask(third), 401);
  assert.equal(rotating.asked(), 1);
  await wait(5_100);
  assert.equal(await ask(second), 200);
  assert.equal(rotating.asked(), 2);
  assert.equal(await ask(first), 401);
});

test('an issuer that calls itself by another name, or has its keys in the open, is not believed', async () => {
  const { quietLog } = await import('../helpers/server.ts');
  const liar = await startIssuer([key]);
  liar.name = issuer.url;
  const settings = { jwtIssuers: [liar.url], jwtAudience: audience, log: quietLog };
  const { url: there } = await startServer(settings);
  const token = await tokenOf(liar);
  assertRefused(await clientOf(there)({ path, headers: { authorization: `Bearer ${token}` } }), 503);
});
