/** Passwords of ours, and one-time codes beside them. */
import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { directoryChanged } from '../../src/platform/database.ts';
import { AccountStore } from '../../src/sign-in/account-store.ts';
import { newSecret } from '../../src/sign-in/one-time-codes.ts';
import { weaknessOf } from '../../src/sign-in/passwords.ts';
import { giveAccount, testPassword as password } from '../helpers/accounts.ts';
import { demoUserId } from '../helpers/people.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { type Visit, Visitor } from '../helpers/visitor.ts';

const email = 'john.andersen@example.com';
const john = demoUserId(email);
let now = Date.parse('2026-01-01T00:00:00.000Z');
const parts = { acceptDevelopmentTokens: false, now: () => now };

async function signIn(url: string, fields: Record<string, string>): Promise<Visit & { visitor: Visitor }> {
  const visitor = new Visitor(url);
  const page = await visitor.visit('/sign-in?return=/preferences');
  return { ...(await visitor.submit(page, '/sign-in', fields)), visitor };
}

async function methodOf(visitor: Visitor, url: string): Promise<string> {
  assert.equal((await new Visitor(url, visitor.cookies).visit('/session')).status, 200);
  return visitor.cookies.anteroom_session!;
}

/** The page without what is new on every page. */
function fixedPart({ text }: Visit): string {
  return text.replace(/name="form_token" value="[^"]+"/, '');
}

test('the form is there once somebody has a password; it lets in with the right one', async () => {
  const { url, database } = await startServer(parts);
  assert.doesNotMatch((await new Visitor(url).visit('/sign-in')).text, /<form/);
  await giveAccount(database!, john);
  const answer = await signIn(url, { email: 'JOHN.Andersen@example.com', password });
  assert.deepEqual([answer.status, answer.location], [303, '/preferences']);
  await methodOf(answer.visitor, url);
  const [session] = await database!.all('select user_id, method from sign_in_sessions', []);
  assert.deepEqual({ ...session }, { user_id: john, method: 'password' });
  const deactivate = { sql: 'update users set active = 0 where id = ?', values: [john] };
  await database!.write([deactivate, directoryChanged]);
  assert.equal((await signIn(url, { email, password })).status, 403, 'deactivated');
  // Where people sign in, nobody is let in by choosing a user, whatever else the form has.
  assert.equal((await signIn(url, { user: john })).status, 403);
});

test('an unknown address, a user without a password and a wrong password look the same and take as long', async () => {
  const { url, database } = await startServer(parts);
  await giveAccount(database!, john);
  // The time of the processor, in µs: that of the clock depends on what else it has to do.
  const spent: Record<string, number[]> = {};
  const pages = new Set<string>();
  for (let round = 0; round < 5; round += 1) {
    for (const name of [email, 'nobody@example.com', 'brenda.song@example.com', 'no address']) {
      // Somebody else each time, as far as the limits are concerned.
      now += 48 * 3_600_000;
      const before = process.cpuUsage();
      const answer = await signIn(url, { email: name, password: 'wrong password' });
      const { user, system } = process.cpuUsage(before);
      spent[name] = [...(spent[name] ?? []), user + system];
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.visitor.cookies.anteroom_session, undefined);
      pages.add(fixedPart(answer));
    }
  }
  assert.equal(pages.size, 1);
  const [known, ...others] = Object.values(spent).map((times) => Math.min(...times));
  for (const other of others) assert.ok(other > known! / 2 && other < known! * 2, JSON.stringify(spent));
});

test('a one-time code is asked for where one is set up, and works once', async () => {
  const { url, database } = await startServer(parts);
  const secret = newSecret();
  await giveAccount(database!, john, secret);
  const codeAt = (timestamp: number): string => TOTP.generate({ secret: Secret.fromHex(secret), timestamp });
  const statusWith = async (code: string): Promise<number> =>
    (await signIn(url, { email, password, code })).status;
  assert.equal(await statusWith(''), 403);
  assert.equal(await statusWith('000000x'), 403);
  assert.equal(await statusWith(codeAt(now - 90_000)), 403);
  assert.equal((await signIn(url, { email, password: 'wrong', code: codeAt(now) })).status, 403);
  assert.equal(await statusWith(codeAt(now)), 303);
  assert.equal(await statusWith(codeAt(now)), 403, 'the same code again');
  assert.equal(await statusWith(codeAt(now - 30_000)), 403, 'an earlier one after it');
  now += 30_000;
  const spaced = codeAt(now).replace(/^(\d{3})/, '$1 ');
  assert.equal(await statusWith(spaced), 303);
  now += 30_000;
  const both = await Promise.all([statusWith(codeAt(now)), statusWith(codeAt(now))]);
  assert.deepEqual(both.filter((status) => status === 303).length, 1, 'twice at the same time');
  const rows = await database!.all('select method from sign_in_sessions', []);
  assert.deepEqual(new Set(rows.map(({ method }) => method)), new Set(['password-and-code']));
});

test('a hash of other costs still counts, and is replaced by one of ours', async () => {
  const database = await openDatabase();
  const { url } = await startServer({ ...parts, database });
  const salt = Buffer.alloc(16, 7);
  const cheap = { message: password, nonce: salt, memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
  const key = argon2Sync('argon2id', cheap).toString('base64');
  const stored = `$argon2id$v=19$m=8,t=1,p=1$${salt.toString('base64')}$${key}`;
  const accounts = new AccountStore(database);
  await accounts.setPassword(john, stored, new Date(now).toISOString());
  assert.equal((await signIn(url, { email, password })).status, 303);
  const renewed = (await accounts.byEmail(email))!.password;
  assert.match(renewed, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.equal((await signIn(url, { email, password })).status, 303);
  assert.equal((await signIn(url, { email, password: 'wrong' })).status, 403);
});

test('two spellings of the same characters are the same password; a long one is never worked on', async () => {
  const { url, database } = await startServer(parts);
  const accounts = new AccountStore(database!);
  const { hashPassword } = await import('../../src/sign-in/passwords.ts');
  await accounts.setPassword(john, await hashPassword('größere Käuze'), new Date(now).toISOString());
  assert.equal((await signIn(url, { email, password: 'größere Käuze'.normalize('NFD') })).status, 303);
  assert.equal((await signIn(url, { email, password: 'x'.repeat(1025) })).status, 403);
  assert.deepEqual(await database!.all('select subject from sign_in_attempts where failures > 0', []), []);
});

test('what is too easily guessed is no password', () => {
  const names = ['john.andersen@example.com', 'john.andersen', 'John Andersen', 'John', 'Andersen', ''];
  const weak = ['', 'elevenchars', 'aaaaaaaaaaaaa', 'abcabcabcabcabc', 'andersen12345', 'x'.repeat(1025)];
  for (const text of weak) assert.notEqual(weaknessOf(text, names), undefined, text);
  for (const text of ['correct horse battery', 'zwölf Größen!', 'my name is andersen and I like tea']) {
    assert.equal(weaknessOf(text, names), undefined, text);
  }
});
