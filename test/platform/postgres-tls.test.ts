/** TLS on the way to PostgreSQL: who is believed, who is refused, and that nothing goes in clear where TLS is demanded. */
import assert from 'node:assert/strict';
import { chownSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/platform/config.ts';
import { Unavailable } from '../../src/platform/database.ts';
import { openDatabase } from '../../src/platform/open.ts';
import { unopenedUrl } from '../helpers/databases.ts';
import { openAt } from '../helpers/open.ts';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { type Finished, run, temporaryFolder } from '../helpers/process.ts';
import { assertSentence } from './refused-start.ts';

const startsWithinMs = 10_000;

/** Of the certificates that `test/fixtures/tls/make.sh` made; the server's is for localhost, the client's for anteroom. */
function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

const authority = fixture('authority.pem');
const ofClient = { sslcert: fixture('client.pem'), sslkey: fixture('client.key') };

const cluster = await startCluster();
after(() => cluster.stop());

/** The database of that name as `host` has it, with what stands behind the question mark. */
function urlOf(database: string, settings: Record<string, string> = {}, host = 'localhost'): string {
  const url = new URL(cluster.urlOf(database));
  url.hostname = host;
  url.search = String(new URLSearchParams(settings));
  return url.href;
}

/** Without a password: its user has a certificate. */
function urlOfOwner(settings: Record<string, string>): string {
  const url = new URL(urlOf('certified', { sslmode: 'verify-full', sslrootcert: authority, ...settings }));
  url.username = 'anteroom';
  url.password = '';
  return url.href;
}

/** Makes it talk to nobody without TLS, and to one user by certificate alone. */
async function demandTls({ urlOf: plainUrlOf }: Cluster): Promise<void> {
  const administration = plainUrlOf('postgres');
  const [server] = await runSql(administration, 'show data_directory');
  const folder = server!.data_directory as string;
  const { uid, gid } = statSync(folder);
  const files = { 'server.crt': 'server.pem', 'server.key': 'server.key', 'clients.crt': 'authority.pem' };
  for (const [name, source] of Object.entries(files)) {
    // PostgreSQL takes no key that others may read.
    writeFileSync(join(folder, name), readFileSync(fixture(source)), { mode: 0o600 });
    chownSync(join(folder, name), uid, gid);
  }
  const rules = 'hostssl all anteroom all cert\nhostssl all all all scram-sha-256\n';
  writeFileSync(join(folder, 'pg_hba.conf'), rules);
  await runSql(
    administration,
    'create database plain',
    'create role anteroom login',
    'create database certified owner anteroom',
    "alter system set ssl_ca_file = 'clients.crt'",
    'alter system set ssl = on',
    'select pg_reload_conf()',
  );
  const url = urlOf('postgres', { sslmode: 'verify-full', sslrootcert: authority });
  const deadline = performance.now() + startsWithinMs;
  // It reads its settings anew when it finds the time.
  while (!(await runSql(url, 'select 1').then(Boolean, () => false)))
    assert.ok(performance.now() < deadline, 'no TLS');
}

await demandTls(cluster);

const verified = { sslmode: 'verify-full', sslrootcert: authority };
const findConnection = `select ssl, client_dn as client, application_name as program from pg_stat_ssl
  join pg_stat_activity using (pid) where pid = pg_backend_pid()`;

/** What PostgreSQL answers on a connection that a server would use. */
async function ask(url: string, sql: string): Promise<object> {
  const database = await openAt(url);
  try {
    return { ...(await database.get(sql, [])) };
  } finally {
    await database.close();
  }
}

/** Runs a command that says what is in an empty database. */
function list(url: string): Promise<Finished> {
  return run(['organization', 'list', '--database-url', url], temporaryFolder());
}

test('with the authority of the server, every connection is encrypted', async () => {
  const encrypted = { ssl: true, client: null, program: 'anteroom' };
  assert.deepEqual(await ask(urlOf('plain', verified), findConnection), encrypted);
});

test('commands, too, and they warn of nothing', async () => {
  const migrated = await run(['migrate', '--database-url', urlOf('plain', verified)], temporaryFolder());
  assert.deepEqual([migrated.code, migrated.err], [0, '']);
  assert.match(migrated.out, /^The schema of postgres:\/\/postgres@localhost:\d+\/plain\?\S+ is up to date/);
  const listed = await list(urlOf('plain', verified));
  assert.deepEqual([listed.code, listed.out, listed.err], [0, 'There are no organizations.\n', '']);
});

test('who does not prove to be the server that was asked for is refused in one sentence', async () => {
  const other = { sslmode: 'verify-full', sslrootcert: fixture('other-authority.pem') };
  const start = 'PostgreSQL at localhost:\\d+/plain cannot be used: ';
  await assertSentence(
    urlOf('plain', other),
    RegExp(`^${start}self-signed certificate in certificate chain`),
  );
  const unknown = urlOf('plain', { sslmode: 'verify-full' });
  await assertSentence(unknown, /self-signed certificate in certificate chain/);
  const elsewhere = urlOf('plain', verified, '127.0.0.1');
  await assertSentence(elsewhere, /127\.0\.0\.1\S* cannot be used: Hostname\/IP does not match certificate/);
  const missing = urlOf('plain', { sslmode: 'verify-full', sslrootcert: '/nowhere/authority.pem' });
  await assertSentence(missing, /cannot be used: ENOENT: .*\/nowhere\/authority\.pem/);
});

test('without TLS, where it is demanded or where there is none', async () => {
  for (const settings of [{}, { sslmode: 'disable' }]) {
    await assertSentence(
      urlOf('plain', settings),
      /cannot be used: no pg_hba\.conf entry for .*no encryption/,
    );
  }
  const inClear = new URL(await unopenedUrl('postgres'));
  inClear.search = '?sslmode=verify-full';
  await assertSentence(inClear.href, /cannot be used: The server does not support SSL connections/);
});

test('no-verify: encrypted, whoever it is', async () => {
  const encrypted = { ssl: true, client: null, program: 'anteroom' };
  for (const host of ['localhost', '127.0.0.1']) {
    assert.deepEqual(await ask(urlOf('plain', { sslmode: 'no-verify' }, host), findConnection), encrypted);
  }
  process.env.PGSSLMODE = 'no-verify';
  try {
    assert.deepEqual(await ask(urlOf('plain'), findConnection), encrypted);
  } finally {
    delete process.env.PGSSLMODE;
  }
});

test('require, prefer and verify-ca demand as much as verify-full, with a warning', async () => {
  for (const sslmode of ['require', 'prefer', 'verify-ca']) {
    const believed = await list(urlOf('plain', { sslmode, sslrootcert: authority }));
    assert.equal(believed.code, 0);
    assert.match(believed.err, /SECURITY WARNING: .* aliases for 'verify-full'/);
    assert.doesNotMatch(believed.err, /only-for-tests/);
    const unknown = await list(urlOf('plain', { sslmode }));
    assert.match(unknown.err, /cannot be used: self-signed certificate/);
    const elsewhere = await list(urlOf('plain', { sslmode, sslrootcert: authority }, '127.0.0.1'));
    assert.match(elsewhere.err, /cannot be used: Hostname\/IP does not match/);
    assert.deepEqual([unknown.code, elsewhere.code], [1, 1]);
  }
});

test('with the meaning of psql, require believes anybody, and verify-ca any host', async () => {
  const psql = { uselibpqcompat: 'true' };
  const anybody = await list(urlOf('plain', { ...psql, sslmode: 'require' }));
  assert.deepEqual([anybody.code, anybody.err], [0, '']);
  const anyHost = { ...psql, sslmode: 'verify-ca', sslrootcert: authority };
  const elsewhere = await list(urlOf('plain', anyHost, '127.0.0.1'));
  assert.deepEqual([elsewhere.code, elsewhere.err], [0, '']);
});

test('a word that the driver would trip over or guess at is refused in one sentence', async () => {
  await assertSentence(
    urlOf('plain', { ssl: 'false' }),
    /cannot be used: ssl must be one of true, 1, 0, no-verify/,
  );
  const mistyped = urlOf('plain', { ...verified, sslmode: 'verify' });
  await assertSentence(mistyped, /cannot be used: sslmode must be one of disable, .*verify-full, no-verify/);
});

test('a certificate instead of a password', async () => {
  const named = { ssl: true, client: '/CN=anteroom', program: 'anteroom' };
  assert.deepEqual(await ask(urlOfOwner(ofClient), findConnection), named);
  await assertSentence(urlOfOwner({}), /cannot be used: connection requires a valid client certificate/);
});

test('a certificate that is missing while connections are lost costs requests, and not the process', async () => {
  const file = join(temporaryFolder(), 'authority.pem');
  copyFileSync(authority, file);
  const url = urlOf('plain', { ...verified, sslrootcert: file });
  const database = await openDatabase(loadConfig({ databaseUrl: url, databasePoolSize: '2' }, {}, {}));
  try {
    // One has to wait for a connection: it gets one in the middle of the pool, when those of the others are gone.
    const reading = [1.1, 1.2, 1.3].map((seconds) => database.get(`select pg_sleep(${seconds})`, []));
    const outcomes = Promise.allSettled(reading);
    const administration = urlOf('postgres', verified);
    const asleep = `from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'`;
    while ((await runSql(administration, `select pid ${asleep}`)).length < 2) await wait(10);
    rmSync(file);
    await runSql(administration, `select pg_terminate_backend(pid) ${asleep}`);
    for (const outcome of await outcomes) {
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof Unavailable);
    }
    copyFileSync(authority, file);
    await database.check();
  } finally {
    await database.close();
  }
});

test('the URL wins over the name of the program and over the limit of statements', async () => {
  const url = urlOf('plain', { ...verified, application_name: 'meetings', statement_timeout: '1234' });
  const sql =
    "select current_setting('application_name') as name, current_setting('statement_timeout') as limit";
  assert.deepEqual(await ask(url, sql), { name: 'meetings', limit: '1234ms' });
});
