/**
 * `npm run bench`: Anteroom and its peers on this machine, in one go. Prints tables, and writes
 * bench/results/<version>.json when no part was left out. Takes some ten minutes. Options:
 *
 * --seconds, --rounds  of each measurement
 * --only a,b           some of the parts: embedded, start, postgres, scale, workers, mocks
 * --scale USERS        the largest population, up to 5000000; loading that takes minutes and some 10 GB
 * --peers              also against mock servers, which npm fetches into a temporary folder
 * --full               all of that
 * --publish            makes docs/performance.md of the results; alone, of those that are kept
 */
import { parseArgs } from 'node:util';
import { Bench, type Part } from './bench.ts';
import { measureEmbedded } from './embedded.ts';
import { measureMocks } from './mocks.ts';
import { measurePostgres } from './postgres.ts';
import { publish } from './publish.ts';
import { printFsyncs, printMemory, printStartUp } from './report.ts';
import { describeMachine, keepResults, type Results, version } from './results.ts';
import { measureScale } from './scale.ts';
import { measureStartUp } from './startup.ts';
import { measureWorkers } from './workers.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '100000' },
    peers: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    publish: { type: 'boolean', default: false },
  },
});
const largest = options.full ? 5_000_000 : Number(options.scale);
const withMocks = options.full || options.peers;

function isWanted(part: string): boolean {
  return options.only === '' || options.only.split(',').includes(part);
}

async function measureAll(
  bench: Bench,
): Promise<Omit<Results, 'version' | 'machine' | 'command' | 'rounds'>> {
  const parts: Part[] = [];
  const startUp = isWanted('start') ? await measureStartUp(bench.newFolder('start')) : undefined;
  const embedded = isWanted('embedded') ? await measureEmbedded(bench) : undefined;
  if (embedded !== undefined) parts.push(embedded.part);
  if (isWanted('postgres')) parts.push(await measurePostgres(bench));
  if (isWanted('scale')) parts.push(await measureScale(bench, largest));
  if (isWanted('workers')) parts.push(await measureWorkers(bench));
  if (isWanted('mocks') && withMocks) parts.push(await measureMocks(bench));
  console.log();
  if (startUp !== undefined) printStartUp(startUp);
  if (embedded === undefined) return { parts, ...(startUp && { startUp }) };
  const { fsyncs, afterLoadMb } = embedded;
  printFsyncs(fsyncs);
  printMemory(afterLoadMb);
  return { parts, afterLoadMb, ...(startUp && { startUp }), ...(fsyncs && { fsyncs }) };
}

async function run(): Promise<void> {
  const machine = describeMachine();
  const rounds = { count: Number(options.rounds), seconds: Number(options.seconds) };
  console.log(`Anteroom ${version}:`, Object.values(machine).join(', '));
  console.log(`${rounds.count} alternating rounds of ${rounds.seconds} s, medians`);
  await using bench = new Bench(rounds);
  const measured = await measureAll(bench);
  const given = process.argv.slice(2);
  const command = ['npm run bench', ...(given.length === 0 ? [] : ['--', ...given])].join(' ');
  if (options.only === '') keepResults({ version, machine, command, rounds, ...measured });
}

const isOnlyPublishing = process.argv.length === 3 && options.publish;
if (!isOnlyPublishing) await run();
if (options.publish) publish();
