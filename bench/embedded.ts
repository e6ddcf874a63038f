/** The embedded database against bare `node:http`, and what disk and memory it takes. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { seedDemo } from '../src/development/demo.ts';
import { migrations } from '../src/platform/migrations.ts';
import { SqliteDatabase } from '../src/platform/sqlite.ts';
import { seedPopulation } from '../test/helpers/population.ts';
import { type Bench, GrowingPart, type Part } from './bench.ts';
import { compare, connections, served } from './comparison.ts';
import { countFsyncs, type Fsyncs } from './fsyncs.ts';
import { type Peer, serverCore, type Usage } from './peers.ts';
import { paths, scenarios } from './scenarios.ts';

const population = 10_000;
const about = `Anteroom on SQLite against a node:http server that answers the same bytes and does nothing else; ${population.toLocaleString('en')} users with five sites each. All servers on core 0, the load generator on core 1.`;

export interface Embedded {
  readonly part: Part;
  readonly fsyncs: Fsyncs | undefined;
  readonly afterLoadMb: number;
}

/** Fills one database file for each of the two servers; resolves with the tokens of the population. */
async function prepare(folder: string): Promise<string[]> {
  const path = join(folder, 'info.db');
  const database = new SqliteDatabase({ path, migrations, inPlace: true });
  const now = new Date().toISOString();
  await seedDemo(database, now);
  const people = await seedPopulation(database, population, now);
  await database.close();
  cpSync(path, join(folder, 'warn.db'));
  return people.map(({ token }) => token);
}

async function textAt(path: string, { port }: Peer, token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).text();
}

export async function measureEmbedded(bench: Bench): Promise<Embedded> {
  const folder = bench.newFolder('embedded');
  const tokens = await prepare(folder);
  const part = new GrowingPart('Against bare node:http', about);
  const info = await bench.start('./server.ts', [`sqlite:${join(folder, 'info.db')}`, 'info'], serverCore);
  const warn = await bench.start('./server.ts', [`sqlite:${join(folder, 'warn.db')}`, 'warn'], serverCore);
  const bare = {
    schedulingOptions: await startBare(bench, await textAt(paths.schedulingOptions, warn, tokens[0]!)),
    details: await startBare(bench, await textAt(paths.details, warn, tokens[0]!)),
  };
  const generator = await bench.generator();
  for (const scenario of scenarios) {
    const { name, users, target } = scenario;
    const whose = users === 1 ? 'one user' : `${users.toLocaleString('en')} users`;
    const by = (server: Peer) => served(server, generator, scenario, tokens.slice(0, users));
    const contenders = {
      'bare node:http': by(bare[scenario.bare]),
      'Anteroom, log info': by(info),
      'Anteroom, log warn': by(warn),
    };
    const targets: Record<string, number> =
      target === undefined ? {} : { 'Anteroom, log info': target, 'Anteroom, log warn': target };
    const contest = { scenario: `${name}, ${whose}`, reference: 'bare node:http', targets, contenders };
    part.add(await compare(contest, bench.rounds));
  }
  const afterLoadMb = (await info.ask<Usage>('usage')).rssBytes / 2 ** 20;
  const load = { port: warn.port, path: paths.schedulingOptions, tokens: tokens.slice(0, 1000), connections };
  const puts = { ...load, putEvery: 1, warmUpMs: 0, warmsAll: false, measureMs: bench.rounds.seconds * 1000 };
  return { part, fsyncs: await countFsyncs(puts, warn, generator), afterLoadMb };
}

function startBare(bench: Bench, answer: string): Promise<Peer> {
  return bench.start('./bare.ts', [answer], serverCore);
}
