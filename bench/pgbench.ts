/** PostgreSQL's own load generator, with the statements that a server which does nothing else would send. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Contender } from './comparison.ts';
import { pinned } from './peers.ts';
import { document, firstUserId, sampleSize, section, siteUrl, strideOf } from './population.ts';

/** As many connections as Anteroom has in its pool. */
export const connections = 10;
const threads = 2;

export interface Pgbench {
  /** On one core, or wherever the system puts it. */
  by(script: Script, core: number | undefined): Contender;
}

const key = `site_url = '${siteUrl}' and section = '${section}'`;
/** With spaces, because pgbench would take `:true` for one of its variables. */
const changed = document.replace('false', 'true').replaceAll('":', '": ');
const columns =
  'user_id, site_url, section, revision, document, checksum, parent, changed, actor_id, token_id, tracking_id, batch_id';

const scripts = {
  /** The read of the version in force, as Anteroom's. */
  select: `select revision, document, checksum from preferences where user_id = :id and ${key}
    order by revision desc limit 1`,
  /** Of a plain table of current documents, which keeps no history. */
  update: `update bench_documents set revision = revision + 1, document = '${changed}', checksum = :checksum
    where user_id = :id and ${key}`,
  /** Of the next version, in a table like ours: the same columns and indexes. */
  insert: `insert into bench_versions (${columns})
    select user_id, site_url, section, revision + 1, '${changed}', :checksum, checksum, changed, user_id, user_id, user_id, ''
    from bench_versions where user_id = :id and ${key} order by revision desc limit 1 on conflict do nothing`,
};

export type Script = keyof typeof scripts;

/** Writes the scripts to `folder` and makes the tables that they need beside Anteroom's. */
export async function preparePgbench(
  url: string,
  users: number,
  folder: string,
  databaseCpuUs: () => number | undefined,
): Promise<Pgbench> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`create table bench_documents as
      select user_id, site_url, section, revision, document, checksum from preferences`);
    await client.query('alter table bench_documents add primary key (user_id, site_url, section)');
    await client.query('create table bench_versions (like preferences including all)');
    await client.query('insert into bench_versions select * from preferences');
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
  const by = (script: Script, core: number | undefined): Contender => {
    const file = join(folder, `${script}.sql`);
    const last = Math.min(users, sampleSize) - 1;
    const id = `${firstUserId} + ${strideOf(users)} * random(0, ${last})`;
    const statement = scripts[script].replace(/\s+/g, ' ');
    writeFileSync(file, `\\set id ${id}\n\\set checksum random(1, 4000000000)\n${statement};\n`);
    return async (_, seconds) => {
      const before = databaseCpuUs();
      const { transactions, ...round } = await run(url, file, seconds, core);
      const after = databaseCpuUs();
      if (before === undefined || after === undefined) return round;
      return { ...round, databaseCpuUsPerRequest: (after - before) / transactions };
    };
  };
  return { by };
}

async function run(
  url: string,
  file: string,
  seconds: number,
  core: number | undefined,
): Promise<{ requestsPerSecond: number; transactions: number }> {
  const counts = ['-c', String(connections), '-j', String(threads), '-T', String(Math.ceil(seconds))];
  const command = ['pgbench', '--no-vacuum', '--protocol=prepared', ...counts, '--file', file, url];
  const [program = '', ...args] = core === undefined ? command : pinned(core, command);
  const { stdout } = await promisify(execFile)(program, args);
  const figure = (pattern: RegExp): number => {
    const found = pattern.exec(stdout);
    if (found === null) throw new Error(`pgbench said ${stdout}`);
    return Number(found[1]);
  };
  if (figure(/failed transactions: (\d+)/) > 0) throw new Error('transactions of pgbench failed');
  const transactions = figure(/actually processed: (\d+)/);
  return { requestsPerSecond: figure(/tps = ([\d.]+)/), transactions };
}
