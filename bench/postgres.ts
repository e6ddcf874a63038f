/** PostgreSQL through Anteroom beside pgbench, which sends the same statements and nothing else. */
import { type Bench, GrowingPart, type Part } from './bench.ts';
import { compare, served } from './comparison.ts';
import { hasProgram, type Peer, serverCore } from './peers.ts';
import { preparePgbench } from './pgbench.ts';
import { loadPopulation, sampleSize } from './population.ts';
import { paths } from './scenarios.ts';

const users = 100_000;
const about = `Anteroom on PostgreSQL against pgbench -M prepared -c 10 -j 2, both with 10 connections to the same server, each on a copy of the same data: ${users.toLocaleString('en')} users, of whom ${sampleSize.toLocaleString('en')}, spread over all, send requests. PostgreSQL has its default settings, fsync and synchronous_commit included, but for a quarter of the memory as its buffers, as its manual advises. Anteroom on core 0, its load generator with 64 connections on core 1, PostgreSQL and pgbench wherever the system puts them: Anteroom pays for HTTP, tokens, rules and history from the same cores that pgbench leaves to PostgreSQL.`;

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
  const both = (putEvery: number) => {
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
  const targets = (target: number) => ({ 'Anteroom, log info': target, 'Anteroom, log warn': target });
  const get = {
    scenario: 'GET schedulingOptions',
    reference: 'pgbench select',
    targets: targets(1),
    contenders: { 'pgbench select': pgbench.select, ...both(0) },
  };
  part.add(await compare(get, bench.rounds));
  const put = {
    scenario: 'PUT schedulingOptions',
    reference: 'pgbench update',
    targets: targets(1.4),
    contenders: {
      'pgbench update': pgbench.update,
      'pgbench insert of a version': pgbench.insert,
      ...both(1),
    },
  };
  part.add(await compare(put, bench.rounds));
  await info.stop();
  await warn.stop();
  return part;
}
