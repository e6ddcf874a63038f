/** `anteroom serve` with one and with two processes that answer. */
import { execFileSync } from 'node:child_process';
import { freePort } from '../test/helpers/postgres-cluster.ts';
import { type Bench, type Engine, engines, GrowingPart, type Part } from './bench.ts';
import { type Contender, compare, served } from './comparison.ts';
import { loadPopulation } from './population.ts';
import { endProgram, startProgram } from './programs.ts';
import { paths } from './scenarios.ts';
import { program } from './startup.ts';

const users = 10_000;
const counts = [1, 2];
const about =
  'The program as it is started, with --workers; the ratio is to one worker. Everything, the load generator with 64 connections included, runs wherever the system puts it: on two cores a second worker can only take what the generator leaves.';

export async function measureWorkers(bench: Bench): Promise<Part> {
  const part = new GrowingPart('Workers', about);
  const help = execFileSync(process.execPath, [program, 'serve', '--help'], { encoding: 'utf8' });
  if (!help.includes('--workers')) {
    part.skip('anteroom serve has no --workers');
    return part;
  }
  for (const engine of engines) await compareWorkers(bench, engine, part);
  return part;
}

async function compareWorkers(bench: Bench, engine: Engine, part: GrowingPart): Promise<void> {
  const generator = await bench.start('./load.ts', [], undefined);
  const programs: Awaited<ReturnType<typeof startProgram>>[] = [];
  const ofMethod: Record<'GET' | 'PUT', Record<string, Contender>> = { GET: {}, PUT: {} };
  try {
    for (const count of counts) {
      const databaseUrl = await bench.newDatabase(engine);
      const { tokens } = await loadPopulation(databaseUrl, users);
      const port = await freePort();
      const settings = ['--port', String(port), '--database-url', databaseUrl, '--log-level', 'warn'];
      const command = [process.execPath, program, 'serve', ...settings, '--workers', String(count)];
      const url = `http://127.0.0.1:${port}${paths.schedulingOptions}`;
      programs.push(await startProgram(command, url, bench.folder));
      const label = count === 1 ? 'one worker' : `${count} workers`;
      const by = (putEvery: number): Contender =>
        served({ port }, generator, { path: paths.schedulingOptions, putEvery }, tokens);
      ofMethod.GET[label] = by(0);
      ofMethod.PUT[label] = by(1);
    }
    for (const [method, contenders] of Object.entries(ofMethod)) {
      const scenario = `${method} schedulingOptions, ${engine}`;
      part.add(await compare({ scenario, reference: 'one worker', contenders }, bench.rounds));
    }
  } finally {
    await Promise.all(programs.map(endProgram));
    await generator.stop();
  }
}
