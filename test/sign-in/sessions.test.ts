import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Database, directoryChanged } from '../../src/platform/database.ts';
import { endSessionsStatement } from '../../src/sign-in/session-store.ts';
import { demoUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { demoUserId } from '../helpers/people.ts';
import { openDatabase, startServer } from '../helpers/server.ts';
import { signedInAs, Visitor } from '../helpers/visitor.ts';

const john = demoUserId('john.andersen@example.com');
const minuteMs = 60_000;

const opened: Database[] = [];
after(async () => {
  for (const database of opened) await database.close();
});

/** The same database as another process would open it. */
async function open(at: string): Promise<Database> {
  const database = await openAt(at);
  opened.push(database);
  return database;
}

async function status(browser: Visitor): Promise<number> {
  return (await browser.visit('/session')).status;
}

test('the cookie is for no script and no other site, and over TLS alone where browsers speak it', async () => {
  const database = await openDatabase();
  for (const [publicUrl, secure] of [
    ['', ''],
    ['https://meet.example.com', '; Secure'],
  ] as const) {
    const { url } = await startServer({ database, publicUrl });
    const browser = new Visitor(url);
    const page = await browser.visit('/sign-in');
    const answer = await browser.submit(page, '/sign-in', { user: john });
    const [line] = answer.headers.getSetCookie();
    assert.match(line!, new RegExp(`^anteroom_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax${secure}$`));
  }
});

test('a session is over after its time, and earlier when nobody uses it', async () => {
  let now = Date.parse('2026-01-01T00:00:00.000Z');
  const limits = { sessionIdleMinutes: 30, sessionLifetimeHours: 2 };
  const { url } = await startServer({ now: () => now, ...limits });
  const idle = await signedInAs(url, john);
  const busy = await signedInAs(url, john);
  for (let minute = 0; minute < 119; minute += 7) {
    assert.equal(await status(busy), 200, `after ${minute} minutes`);
    now += 7 * minuteMs;
    if (minute === 21) assert.equal(await status(idle), 200);
  }
  now = Date.parse('2026-01-01T01:58:00.000Z');
  assert.equal(await status(idle), 401);
  assert.equal(await status(busy), 200);
  now = Date.parse('2026-01-01T02:00:00.000Z');
  assert.equal(await status(busy), 401);
});

test('what is used in one process is not idle in another', async () => {
  let now = Date.now();
  const at = await demoUrl();
  const parts = { now: () => now, sessionIdleMinutes: 30 };
  const databases = [await open(at), await open(at)];
  const [one, other] = await Promise.all(databases.map((database) => startServer({ ...parts, database })));
  const here = await signedInAs(one!.url, john);
  const there = new Visitor(other!.url, here.cookies);
  assert.equal(await status(there), 200);
  for (let step = 0; step < 3; step += 1) {
    now += 20 * minuteMs;
    assert.equal(await status(here), 200);
    // The use is noted in the background: the other process sees it a moment later.
    const until = Date.now() + 5_000;
    while (
      (await databases[0]!.get('select last_used from sign_in_sessions', []))!.last_used !==
      new Date(now).toISOString()
    )
      assert.ok(Date.now() < until);
  }
  assert.equal(await status(there), 200);
});

test('signing in makes a new session, and ends the one that the browser had', async () => {
  const { url, database } = await startServer();
  const browser = await signedInAs(url, john);
  const before = new Visitor(url, browser.cookies);
  await browser.submit(await browser.visit('/sign-in'), '/sign-in', { user: john });
  assert.notEqual(browser.cookies.anteroom_session, before.cookies.anteroom_session);
  assert.deepEqual([await status(before), await status(browser)], [401, 200]);
  const planted = new Visitor(url, { anteroom_session: 'A'.repeat(43) });
  await planted.submit(await planted.visit('/sign-in'), '/sign-in', { user: john });
  assert.notEqual(planted.cookies.anteroom_session, 'A'.repeat(43));
  const rows = await database!.all('select * from sign_in_sessions', []);
  assert.equal(rows.length, 2);
  assert.ok(!JSON.stringify(rows).includes(browser.cookies.anteroom_session!), 'the cookie is kept');
});

test('signing out ends the session in every process', async () => {
  const at = await demoUrl();
  const one = await startServer({ database: await open(at) });
  const other = await startServer({ database: await open(at) });
  const browser = await signedInAs(one.url, john);
  const copy = new Visitor(other.url, browser.cookies);
  assert.equal(await status(copy), 200);
  const answer = await browser.visit('/sign-out', { method: 'POST' });
  assert.deepEqual([answer.status, answer.location], [303, '/sign-in']);
  assert.equal(browser.cookies.anteroom_session, undefined);
  assert.deepEqual([await status(browser), await status(copy)], [401, 401]);
  assert.equal((await browser.visit('/sign-out', { method: 'POST' })).status, 303);
});

test('all sessions of a user are ended from outside; those that expired are forgotten', async () => {
  let now = Date.now();
  const at = await demoUrl();
  const database = await open(at);
  const { url } = await startServer({ database, now: () => now });
  const browsers = [await signedInAs(url, john), await signedInAs(url, john)];
  for (const browser of browsers) assert.equal(await status(browser), 200);
  const outside = await open(at);
  await outside.write([endSessionsStatement(john), directoryChanged]);
  for (const browser of browsers) assert.equal(await status(browser), 401);
  await signedInAs(url, john);
  now += 169 * 60 * minuteMs;
  await signedInAs(url, john);
  assert.equal((await database.all('select hash from sign_in_sessions', [])).length, 1);
});

test('who is deactivated or deleted is signed in no longer, and cannot sign in', async () => {
  const at = await demoUrl();
  const { url } = await startServer({ database: await open(at) });
  const outside = await open(at);
  const visitor = await signedInAs(url, john);
  const set = (active: number) =>
    outside.write([
      { sql: 'update users set active = ? where id = ?', values: [active, john] },
      directoryChanged,
    ]);
  assert.equal(await status(visitor), 200);
  await set(0);
  assert.equal(await status(visitor), 401);
  await assert.rejects(signedInAs(url, john), /403/);
  await set(1);
  assert.equal(await status(visitor), 200);
  await outside.write([{ sql: 'delete from users where id = ?', values: [john] }, directoryChanged]);
  assert.equal(await status(visitor), 401);
  await assert.rejects(signedInAs(url, john), /403/);
});
