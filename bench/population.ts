/**
 * Many users, put straight into the tables: each with one site, one token and one stored document. Their ids follow from
 * their numbers, so that others can name them without asking. A sample of them, spread evenly, has tokens that work.
 */
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import pg from 'pg';
import { organizationStatement, siteStatement } from '../src/directory/registration.ts';
import { hashOf, newTokenValue, tokenStatement } from '../src/identity/tokens.ts';
import { loadConfig, sqlitePathOf } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/open.ts';
import { schedulingOptionsExample } from '../src/preferences/examples.ts';

export interface Population {
  readonly users: number;
  /** One for each of the sample, in an order in which neighbours are far apart: people do not come sorted. */
  readonly tokens: readonly string[];
  readonly loadSeconds: number;
}

/** So many users send requests, however many there are: what is compared is how much the others cost. */
export const sampleSize = 10_000;
export const firstUserId = 10 ** 15;
export const siteUrl = 'bench.example.com';
export const section = 'schedulingOptions';
export const document = JSON.stringify(schedulingOptionsExample);

const organizationId = '0d0c5a3c-9a53-4a2f-8a36-5d6f3f0f7a11';
const tokensPerUnit = 1_000;
/** A prime, so that steps of it lead to everybody. */
const arrivalStep = 7_919;

/** Users of the sample are so far apart. */
export function strideOf(users: number): number {
  return Math.max(1, Math.floor(users / sampleSize));
}

/** Fills the empty database at `url`. */
export async function loadPopulation(url: string, users: number): Promise<Population> {
  const start = performance.now();
  const now = new Date().toISOString();
  const database = await openDatabase(loadConfig({ databaseUrl: url }, {}, {}), { inPlace: true });
  try {
    await database.write([
      organizationStatement({ id: organizationId, name: 'Bench' }, now),
      siteStatement({ siteUrl, organizationId, settings: {} }, now),
    ]);
    if (url.startsWith('sqlite:')) fillSqlite(sqlitePathOf(url), users, now);
    else await fillPostgres(url, users, now);
    const tokens = Array.from({ length: Math.min(users, sampleSize) }, newTokenValue);
    const statements = tokens.map((token, index) => {
      const userId = String(firstUserId + index * strideOf(users));
      const scopes = ['meeting:preferences_read', 'meeting:preferences_write'] as const;
      const expires = undefined;
      const newToken = {
        id: crypto.randomUUID(),
        hash: hashOf(token),
        userId,
        name: 'load',
        scopes,
        expires,
      };
      return tokenStatement(newToken, now);
    });
    for (let first = 0; first < statements.length; first += tokensPerUnit) {
      await database.write(statements.slice(first, first + tokensPerUnit));
    }
    const arriving = tokens.map((_, index) => tokens[(index * arrivalStep) % tokens.length]!);
    return { users, tokens: arriving, loadSeconds: (performance.now() - start) / 1000 };
  } finally {
    await database.close();
  }
}

/** What a crash would leave does not matter, nor do foreign keys: they hold by construction. */
function fillSqlite(path: string, users: number, now: string): void {
  const connection = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  connection.function('crc32', { deterministic: true }, (text) => crc32(String(text)));
  connection.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000; begin');
  for (const sql of fillings(users, now, (text) => `crc32(${text})`)) connection.exec(sql);
  connection.exec('commit; analyze');
  connection.close();
}

async function fillPostgres(url: string, users: number, now: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    const checksum = (text: string): string => `crc32(convert_to(${text}, 'UTF8'))`;
    for (const sql of fillings(users, now, checksum)) await client.query(sql);
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** The statements that both engines understand, but for the checksum. */
function fillings(users: number, now: string, checksum: (text: string) => string): string[] {
  const people = `with recursive people (n) as (select 0 union all select n + 1 from people where n + 1 < ${users})`;
  const id = `cast(${firstUserId} + n as text)`;
  const identity = `${id} || '\n${siteUrl}\n${section}\n1\n${document}'`;
  return [
    `insert into users (id, organization_id, email, email_key, display_name, first_name, last_name,
       full_administrator, default_site_url, created)
     ${people} select ${id}, '${organizationId}', 'person' || n || '@example.com', 'person' || n || '@example.com',
       'Pat Person', 'Pat', 'Person', 0, '${siteUrl}', '${now}' from people`,
    `insert into memberships (user_id, site_url, site_administrator, room_id, room_key, access_code, meeting_id,
       initial_pins)
     ${people} select ${id}, '${siteUrl}', 0, 'PR' || n, 'pr' || n, cast(1000000000 + n as text),
       '0123456789abcdef' || ${id}, '4325782917340592' from people`,
    `insert into tokens (hash, id, user_id, organization_id, name, scopes, created)
     ${people} select 'nobody-knows-what-hashes-to-' || ${id}, ${id}, ${id}, '${organizationId}', 'idle',
       'meeting:preferences_read', '${now}' from people`,
    `insert into preferences (user_id, site_url, section, revision, document, checksum, parent, changed, actor_id,
       token_id, tracking_id, batch_id)
     ${people} select ${id}, '${siteUrl}', '${section}', 1, '${document}', ${checksum(identity)}, 0, '${now}', '', '',
       '', '' from people`,
  ];
}
