import assert from 'node:assert/strict';
import { test } from 'node:test';
import { URI } from 'otpauth';
import { SessionStore } from '../../src/sign-in/session-store.ts';
import { anteroom, anteroomOn, input, json, openPath, rows } from './command-line.ts';
import { refused, small } from './small-directory.ts';

const email = 'ann@example.com';
const good = 'correct horse battery staple';

async function addSession(path: string, hash: string): Promise<void> {
  const database = await openPath(path);
  const [user] = await database.all('select id from users', []);
  const session = { id: hash, hash, userId: user!.id as string, method: 'password' as const };
  const times = { createdAt: Date.now(), expiresAt: Date.now() + 1_000_000 };
  await new SessionStore(database).start({ ...session, ...times }, undefined);
  await database.close();
}

test('password sets, changes and removes what a user signs in with', async () => {
  const path = await small();
  input.push(`${good}\n`);
  const { out, err } = await anteroom(path, 'user', 'password', 'ANN@example.com', '--stdin');
  assert.deepEqual([out, err], ['ann@example.com has a new password.', '']);
  const read = async () =>
    (await rows(path, 'select password, totp_secret, totp_step from local_accounts'))[0];
  const first = (await read())!;
  assert.match(first.password as string, /^\$argon2id\$/);
  await addSession(path, 'one');
  input.push('another good phrase', 'another good phrase');
  assert.equal((await anteroomOn(true, path, 'user', 'password', email)).error, undefined);
  assert.notEqual((await read())!.password, first.password);
  assert.deepEqual(await rows(path, 'select id from sign_in_sessions'), [], 'signed out');
  await anteroom(path, 'user', 'password', email, '--remove');
  assert.equal(await read(), undefined);
});

test('a password that differs from its repetition, is weak or has no keyboard to come from changes nothing', async () => {
  const path = await small();
  input.push(good, 'something else');
  const { error } = await anteroomOn(true, path, 'user', 'password', email);
  assert.match(error!.message, /The two differ/);
  input.push('short\n');
  await refused('UsageError', /12 characters or more/, path, 'user', 'password', email, '--stdin');
  input.push('Other Name ann\n');
  await refused('UsageError', /not have their name/, path, 'user', 'password', email, '--stdin');
  await refused('UsageError', /--stdin/, path, 'user', 'password', email);
  await refused('CommandError', /no user "no@example\.com"/, path, 'user', 'password', 'no@example.com');
  assert.deepEqual(await rows(path, 'select user_id from local_accounts'), []);
});

test('totp prints what an authenticator app reads, once', async () => {
  const path = await small();
  await refused('CommandError', /has no password/, path, 'user', 'totp', email);
  input.push(good);
  await anteroom(path, 'user', 'password', email, '--stdin');
  const { out, err } = await anteroom(path, 'user', 'totp', email);
  const { issuer, label, period, digits, secret } = URI.parse(out) as unknown as Record<string, unknown>;
  assert.deepEqual([issuer, label, period, digits], ['Anteroom', email, 30, 6]);
  assert.equal((secret as { bytes: Uint8Array }).bytes.length, 20);
  assert.match(err, /same codes/);
  const other = await anteroom(path, 'user', 'totp', email);
  assert.notEqual(other.out, out);
  assert.equal((await anteroom(path, 'user', 'totp', email, '--remove')).error, undefined);
  const [account] = await rows(path, 'select totp_secret from local_accounts');
  assert.equal(account!.totp_secret, null);
});

test('sign-out ends the sessions of one user', async () => {
  const path = await small();
  await addSession(path, 'one');
  await addSession(path, 'two');
  assert.deepEqual(await json(path, 'user', 'sign-out', email), { email, ended: 2 });
  assert.deepEqual(await rows(path, 'select id from sign_in_sessions'), []);
  assert.equal((await anteroom(path, 'user', 'sign-out', email)).out, `Ended 0 sessions of ${email}.`);
});

test('subject links what an issuer calls a user, and unlinks it', async () => {
  const path = await small();
  const link = ['user', 'subject', email, '--issuer', 'https://login.example', '--subject', 'one'];
  const subjects = [{ issuer: 'https://login.example', subject: 'one' }];
  assert.deepEqual(await json(path, ...link), { email, subjects });
  assert.deepEqual(await json(path, ...link), { email, subjects });
  assert.deepEqual(await json(path, ...link, '--remove'), { email, subjects: [] });
  await refused('CommandError', /does not stand for ann@/, path, ...link, '--remove');
  const bad = ['user', 'subject', email, '--subject', 'one', '--issuer'];
  await refused('UsageError', /--issuer must be an https URL/, path, ...bad, 'http://login.example');
  await refused('UsageError', /--subject must have/, path, ...link.slice(0, -1), '');
});

test('the audit log tells what became of how a user signs in, and no secret', async () => {
  const path = await small();
  const subject = ['user', 'subject', email, '--issuer', 'https://login.example', '--subject', 'one'];
  input.push(good);
  await anteroom(path, 'user', 'password', email, '--stdin');
  const { out } = await anteroom(path, 'user', 'totp', email);
  await anteroom(path, 'user', 'totp', email, '--remove');
  await anteroom(path, 'user', 'sign-out', email);
  await anteroom(path, ...subject);
  await anteroom(path, ...subject, '--remove');
  await anteroom(path, 'user', 'password', email, '--remove');
  const sql = 'select * from audit_events order by created';
  const events = (await rows(path, sql)).filter(({ action }) => !(action as string).startsWith('role'));
  assert.deepEqual(
    new Set(events.map(({ action, target_name }) => `${action} ${target_name}`)),
    new Set(
      [
        ...['password-changed', 'second-factor-changed', 'signed-out-everywhere'],
        ...['subject-linked', 'subject-unlinked', 'password-removed'],
      ].map((action) => `${action} Ann Other Name`),
    ),
  );
  const secret = new URL(out).searchParams.get('secret')!;
  for (const text of [good, secret]) assert.ok(!JSON.stringify(events).includes(text));
});
