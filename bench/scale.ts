/** What a request costs among many users, compared with what it costs among few. */
import { type Bench, type Engine, engines, GrowingPart, type Part } from './bench.ts';
import { type Contender, compare, served } from './comparison.ts';
import { loadCore, type Peer, serverCore } from './peers.ts';
import { loadPopulation, type Population, sampleSize } from './population.ts';
import { paths } from './scenarios.ts';

const sizes = [10_000, 100_000, 1_000_000, 5_000_000];
const mostOfCost = 1.25;
const about = `The cost of a request, as time at full load, with more and more users, of whom ${sampleSize.toLocaleString('en')}, spread over all, send requests in no order; each user has one site and one stored document. Anteroom on core ${serverCore}, the load generator with 64 connections and PostgreSQL on core ${loadCore}.`;

interface Filled {
  readonly population: Population;
  readonly server: Peer;
}

export async function measureScale(bench: Bench, largest: number): Promise<Part> {
  const part = new GrowingPart('Scale', about);
  const wanted = sizes.filter((size) => size <= largest);
  for (const engine of engines) {
    const filled: Filled[] = [];
    for (const users of wanted) filled.push(await fill(bench, engine, users));
    if (engine === 'PostgreSQL') await bench.placeDatabase(loadCore);
    await compareSizes(bench, engine, filled, part);
    for (const { server } of filled) await server.stop();
  }
  const left = sizes.filter((size) => size > largest).map(millions);
  if (left.length > 0) part.skip(`${left.join(' and ')} users: ask for them with --scale or --full`);
  return part;
}

async function fill(bench: Bench, engine: Engine, users: number): Promise<Filled> {
  const url = await bench.newDatabase(engine);
  const population = await loadPopulation(url, users);
  console.log(`${millions(users)} users in ${engine}: loaded in ${population.loadSeconds.toFixed(1)} s`);
  return { population, server: await bench.start('./server.ts', [url, 'warn'], serverCore) };
}

async function compareSizes(
  bench: Bench,
  engine: Engine,
  filled: readonly Filled[],
  part: GrowingPart,
): Promise<void> {
  const generator = await bench.generator();
  const databaseCpu = engine === 'PostgreSQL' ? { databaseCpuUs: await bench.databaseCpu() } : {};
  for (const [method, putEvery] of [
    ['GET', 0],
    ['PUT', 1],
  ] as const) {
    const contenders: Record<string, Contender> = {};
    for (const { population, server } of filled) {
      const scenario = { path: paths.schedulingOptions, putEvery };
      const target = { port: server.port, ask: () => server.ask('usage'), ...databaseCpu };
      contenders[millions(population.users)] = served(target, generator, scenario, population.tokens);
    }
    const [reference = '', ...others] = Object.keys(contenders);
    const targets = Object.fromEntries(others.map((label) => [label, mostOfCost]));
    const scenario = `${method} schedulingOptions, ${engine}`;
    part.add(await compare({ scenario, reference, targets, isCost: true, contenders }, bench.rounds));
  }
}

function millions(users: number): string {
  return users < 1_000_000 ? `${users / 1000} thousand` : `${users / 1_000_000} million`;
}
