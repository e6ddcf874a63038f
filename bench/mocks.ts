/** Published mock servers, fed with our own description, as peers. They are fetched into a temporary folder by npm. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../test/helpers/postgres-cluster.ts';
import { type Bench, GrowingPart, type Part } from './bench.ts';
import { type Contender, compare, served } from './comparison.ts';
import { pinned, serverCore } from './peers.ts';
import { loadPopulation } from './population.ts';
import { endProgram, startProgram } from './programs.ts';
import { paths } from './scenarios.ts';

interface Mock {
  readonly name: string;
  readonly packageName: string;
  readonly args: (description: string, port: number) => readonly string[];
}

const mocks: readonly Mock[] = [
  {
    name: 'Prism',
    packageName: '@stoplight/prism-cli',
    args: (description, port) => [
      'prism',
      'mock',
      description,
      ...['--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent'],
    ],
  },
  {
    name: 'Mockoon',
    packageName: '@mockoon/cli',
    args: (description, port) => [
      'mockoon-cli',
      'start',
      '--data',
      description,
      ...['--hostname', '127.0.0.1', '--port', String(port), '--disable-log-to-file'],
    ],
  },
];
const timesPrism = 15;
const users = 10_000;
const installWithinMs = 300_000;
const about =
  'Anteroom on SQLite against published mock servers that were given its /openapi.json and answer with the examples in it. They keep nothing and check neither tokens nor roles. All servers on core 0, logging nothing but errors; the load generator with 64 connections on core 1.';

export async function measureMocks(bench: Bench): Promise<Part> {
  const part = new GrowingPart('Against mock servers', about);
  const url = await bench.newDatabase('SQLite');
  const { tokens } = await loadPopulation(url, users);
  const anteroom = await bench.start('./server.ts', [url, 'warn'], serverCore);
  const folder = bench.newFolder('mocks');
  const description = join(folder, 'openapi.json');
  writeFileSync(description, await (await fetch(`http://127.0.0.1:${anteroom.port}/openapi.json`)).text());
  const generator = await bench.generator();
  const scenario = { path: paths.schedulingOptions, putEvery: 0 };
  const contenders: Record<string, Contender> = {
    Anteroom: served(anteroom, generator, scenario, tokens.slice(0, 1000)),
  };
  const programs: Awaited<ReturnType<typeof startProgram>>[] = [];
  try {
    for (const mock of mocks) {
      try {
        const { child, port } = await startMock(mock, folder, description);
        programs.push(child);
        contenders[mock.name] = served({ port }, generator, scenario, tokens.slice(0, 1000));
      } catch (error) {
        part.skip(`${mock.name}: ${(error as Error).message.split('\n')[0]}`);
      }
    }
    if (contenders.Prism !== undefined) {
      const contest = { scenario: 'GET schedulingOptions', reference: 'Prism', contenders };
      part.add(await compare({ ...contest, targets: { Anteroom: timesPrism } }, bench.rounds));
    }
  } finally {
    await Promise.all(programs.map(endProgram));
    await anteroom.stop();
  }
  return part;
}

async function startMock({ packageName, args }: Mock, folder: string, description: string) {
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', packageName];
  await promisify(execFile)('npm', install, { timeout: installWithinMs });
  const port = await freePort();
  const [program, ...rest] = args(description, port);
  const command = [process.execPath, join(folder, 'node_modules', '.bin', program!), ...rest];
  const child = await startProgram(
    pinned(serverCore, command),
    `http://127.0.0.1:${port}${paths.schedulingOptions}`,
    folder,
  );
  return { child, port };
}
