/** What people and integrations sign in with does not lie in the database in clear, and works after a rotation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { sealAll } from '../../src/commands/sealing.ts';
import { seedDemo } from '../../src/development/demo.ts';
import { KeyStore } from '../../src/oauth/key-store.ts';
import { addKey } from '../../src/oauth/keys.ts';
import type { Database } from '../../src/platform/database.ts';
import { AccountStore } from '../../src/sign-in/account-store.ts';
import { newSecret } from '../../src/sign-in/one-time-codes.ts';
import { OpenidStore } from '../../src/sign-in/openid-store.ts';
import { giveAccount, testPassword as password } from '../helpers/accounts.ts';
import { demoUrl, emptyUrl } from '../helpers/databases.ts';
import { addIntegration, discover, obtainTokens } from '../helpers/integrations.ts';
import { demoUserId } from '../helpers/people.ts';
import { quietLog, startServer } from '../helpers/server.ts';
import { Visitor } from '../helpers/visitor.ts';
import { everythingIn, newKey, openWith } from './sealed-databases.ts';

const email = 'john.andersen@example.com';
const john = demoUserId(email);
const time = '2026-01-01T00:00:00.000Z';
const codeVerifier = 'a-verifier-of-43-characters-that-is-looked-for';
const pending = { state: 'state', nonce: 'nonce', codeVerifier, returnPath: '/' };

interface Secrets {
  readonly totp: string;
  /** The private part of a signing key. */
  readonly exponent: string;
}

/** A user with one-time codes, a signing key, and a sign-in with another server that is under way. */
async function fill(database: Database): Promise<Secrets> {
  const totp = newSecret();
  await giveAccount(database, john, totp);
  const keys = new KeyStore(database);
  await addKey(keys, Date.parse(time));
  await new OpenidStore(database).begin('hash', pending, '2026-01-01T00:10:00.000Z', time);
  return { totp, exponent: JSON.parse((await keys.list())[0]!.jwk).d };
}

/** The browser of somebody who signed in with a code of the time step `now` is in. */
async function signedIn(url: string, totp: string, now: number): Promise<Visitor> {
  const visitor = new Visitor(url);
  const page = await visitor.visit('/sign-in?return=/preferences');
  const code = TOTP.generate({ secret: Secret.fromHex(totp), timestamp: now });
  const { status } = await visitor.submit(page, '/sign-in', { email, password, code });
  assert.equal(status, 303);
  return visitor;
}

async function assertNoneIn(url: string, { totp, exponent }: Secrets): Promise<void> {
  const everything = await everythingIn(url);
  assert.ok(everything.includes(email), 'what is looked through has the data in it');
  for (const secret of [totp, exponent, codeVerifier]) assert.ok(!everything.includes(secret), secret);
}

test('the control: without a key all of that is found', async () => {
  const url = await demoUrl();
  const { totp, exponent } = await fill(await openWith(url));
  const everything = await everythingIn(url);
  for (const secret of [totp, exponent, codeVerifier]) assert.ok(everything.includes(secret));
});

test('codes and ID tokens work with secrets that are sealed, and after a rotation of their key', async () => {
  const databaseUrl = await emptyUrl();
  const [old, next] = [newKey(), newKey()];
  const before = await openWith(databaseUrl, old, next);
  await seedDemo(before, time);
  const secrets = await fill(before);
  let now = Date.now();
  const parts = { acceptDevelopmentTokens: false, now: () => now };
  const { url } = await startServer({ ...parts, database: before });
  const registered = await addIntegration(before);
  const sign = async (at: string): Promise<string> => {
    const browser = await signedIn(at, secrets.totp, now);
    return (await obtainTokens(await discover(at, registered), browser, { scope: 'openid' })).id_token!;
  };
  const keys = createLocalJWKSet((await (await fetch(`${url}/v1/jwks`)).json()) as never);
  await jwtVerify(await sign(url), keys, { issuer: url, currentDate: new Date(now) });
  await assertNoneIn(databaseUrl, secrets);

  const rotating = await openWith(databaseUrl, next, old);
  assert.ok((await sealAll(rotating)) >= 3);
  assert.equal(await sealAll(rotating), 0);
  await assertNoneIn(databaseUrl, secrets);
  const database = await openWith(databaseUrl, next);
  const { url: later } = await startServer({ ...parts, database });
  now += 60_000;
  await jwtVerify(await sign(later), keys, { issuer: later, currentDate: new Date(now) });
  assert.deepEqual(await new OpenidStore(database).take('hash', time), pending);
});

test('a rotation seals all signing keys of a database in clear, and all accounts with codes', async () => {
  const url = await demoUrl();
  const plain = await openWith(url);
  const { totp } = await fill(plain);
  await addKey(new KeyStore(plain), Date.parse(time));
  await giveAccount(plain, demoUserId('marcus.hoffmann@example.com'));
  const jwks = await new KeyStore(plain).list();
  const sealing = await openWith(url, newKey());
  await sealAll(sealing);
  const texts = [
    ...(await plain.all('select jwk as text from signing_keys', [])),
    ...(await plain.all('select totp_secret as text from local_accounts where user_id = ?', [john])),
    ...(await plain.all('select code_verifier as text from openid_sign_ins', [])),
  ];
  assert.equal(texts.length, 4);
  for (const { text } of texts) assert.match(text as string, /^sealed:/);
  assert.deepEqual(await new KeyStore(sealing).list(), jwks);
  assert.equal((await new AccountStore(sealing).byEmail(email))!.totpSecret, totp);
  assert.equal(
    (await new AccountStore(sealing).byEmail('marcus.hoffmann@example.com'))!.totpSecret,
    undefined,
  );
});

test('a sealed secret that is moved to the account of somebody else lets nobody in', async () => {
  const databaseUrl = await emptyUrl();
  const database = await openWith(databaseUrl, newKey());
  await seedDemo(database, time);
  const { totp } = await fill(database);
  const other = 'marcus.hoffmann@example.com';
  await giveAccount(database, demoUserId(other), newSecret());
  const sql = `update local_accounts set totp_secret = (select totp_secret from local_accounts where user_id = ?)
    where user_id = ?`;
  await database.write([{ sql, values: [john, demoUserId(other)], changes: 1 }]);
  const { url } = await startServer({ database, acceptDevelopmentTokens: false, log: quietLog });
  const visitor = new Visitor(url);
  const page = await visitor.visit('/sign-in?return=/preferences');
  const code = TOTP.generate({ secret: Secret.fromHex(totp) });
  const { status } = await visitor.submit(page, '/sign-in', { email: other, password, code });
  assert.equal(status, 500);
  assert.equal(visitor.cookies.anteroom_session, undefined);
});
