/** PostgreSQL through Anteroom beside pgbench, which sends the same statements and nothing else. */
import { type Bench, GrowingPart, type Part } from './bench.ts';
import { type Contender, compare, type Rounds, served } from './comparison.ts';
import { canPin, hasProgram, loadCore, type Peer, serverCore } from './peers.ts';
import { type Pgbench, preparePgbench } from './pgbench.ts';
import { loadPopulation, sampleSize } from './population.ts';
import { paths } from './scenarios.ts';

const users = 100_000;
const about = `Anteroom on PostgreSQL against pgbench -M prepared -c 10 -j 2, both with 10 connections to the same server, each on a copy of the same data: ${users.toLocaleString('en')} users, of whom ${sampleSize.toLocaleString('en')}, spread over all, send requests. PostgreSQL has its default settings, fsync and synchronous_commit included, but for a quarter of the memory as its buffers, as its manual advises. Once with the database apart, as if it had a machine of its own: PostgreSQL on core ${loadCore}, what talks to it, Anteroom or pgbench, on core ${serverCore}. Once with PostgreSQL and pgbench wherever the system puts them; Anteroom, which is one process, stays on core ${serverCore}. Its load generator with 64 connections is on core ${loadCore} both times: Anteroom pays for HTTP, tokens, rules and history, and for whoever asks, from the cores that pgbench leaves to PostgreSQL.`;

/** Where PostgreSQL and pgbench run. */
const placements = [
  { name: 'the database apart', database: loadCore, pgbench: serverCore },
  { name: 'anywhere', database: undefined, pgbench: undefined },
];
type Placement = (typeof placements)[number];

export async function measurePostgres(bench: Bench): Promise<Part> {
  const part = new GrowingPart('PostgreSQL, against pgbench', about);
  if (!hasProgram('pgbench')) {
    part.skip('pgbench is missing: it comes with the PostgreSQL client programs');
    return part;
  }
  const url = await bench.newDatabase('PostgreSQL');
  const { tokens } = await loadPopulation(url, users);
  const infoUrl = await bench.copyOf(url);
  const warnUrl = await bench.copyOf(url);
  const databaseCpuUs = await bench.databaseCpu();
  const pgbench = await preparePgbench(url, users, bench.newFolder('pgbench'), databaseCpuUs);
  const generator = await bench.generator();
  const info = await bench.start('./server.ts', [infoUrl, 'info'], serverCore);
  const warn = await bench.start('./server.ts', [warnUrl, 'warn'], serverCore);
  const anteroom: AnteroomContenders = (putEvery) => {
    const scenario = { path: paths.schedulingOptions, putEvery };
    const by = (server: Peer) =>
      served(
        { port: server.port, ask: () => server.ask('usage'), databaseCpuUs },
        generator,
        scenario,
        tokens,
      );
    return { 'Anteroom, log info': by(info), 'Anteroom, log warn': by(warn) };
  };
  for (const placement of placements) {
    if (placement.database !== undefined && !canPin) {
      part.skip(`${placement.name}: taskset is missing, which keeps programs on their cores`);
      continue;
    }
    await bench.placeDatabase(placement.database);
    await compareAt(placement, pgbench, anteroom, part, bench.rounds);
  }
  await info.stop();
  await warn.stop();
  return part;
}

type AnteroomContenders = (putEvery: number) => Record<string, Contender>;

async function compareAt(
  { name, pgbench: core }: Placement,
  pgbench: Pgbench,
  anteroom: AnteroomContenders,
  part: GrowingPart,
  rounds: Rounds,
): Promise<void> {
  const targets = (target: number) => ({ 'Anteroom, log info': target, 'Anteroom, log warn': target });
  const get = {
    scenario: `GET schedulingOptions, ${name}`,
    reference: 'pgbench select',
    targets: targets(1),
    contenders: { 'pgbench select': pgbench.by('select', core), ...anteroom(0) },
  };
  part.add(await compare(get, rounds));
  const put = {
    scenario: `PUT schedulingOptions, ${name}`,
    reference: 'pgbench update',
    targets: targets(1.4),
    contenders: {
      'pgbench update': pgbench.by('update', core),
      'pgbench insert of a version': pgbench.by('insert', core),
      ...anteroom(1),
    },
  };
  part.add(await compare(put, rounds));
}
