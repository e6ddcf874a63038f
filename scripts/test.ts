/**
 * `npm test`: everything on the embedded database, then once more on PostgreSQL what an engine can make a difference to.
 * One PostgreSQL serves all files. With arguments, only the files they name (as globs). With ANTEROOM_TEST_ENGINE=postgres,
 * only what PostgreSQL can make a difference to.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { startCluster } from '../test/helpers/postgres-cluster.ts';
import { prepareTemplates } from '../test/helpers/postgres-templates.ts';

const everything = ['test/**/*.test.ts'];
/**
 * Not among them: what is about the embedded engine, the start of the program, the documentation or the style; and the
 * tens of thousands of bodies that never get as far as an engine.
 */
const onBothEngines = [
  'test/{audit,secrets,contract,rules,directory,identity,people,preferences,scim,sign-in,oauth}/**/*.test.ts',
  'test/properties/!(json|random-bodies|random-lists).test.ts',
  'test/commands/!(dev|serve|rooms|workers|beside-server).test.ts',
  'test/reliability/{contention,kill,two-servers}.test.ts',
];
/** They name their engine themselves, and are part of everything. */
const aboutPostgres = ['test/platform/postgres*.test.ts', 'test/reliability/postgres-*.test.ts'];
const filesAtOnce = 2;
const fileTimeoutMs = 300_000;

/** The closing lines: node:test tells them for each of its runs; here they come once for all, at the very end. */
const counters = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo'];

type TestEvent = { readonly type: string; readonly data: Record<string, unknown> };

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

/** What the tests of `files` tell, without their closing lines, which are added to `totals`. */
async function* eventsOf(
  files: string[],
  env: NodeJS.ProcessEnv,
  totals: Map<string, number>,
): AsyncGenerator<TestEvent> {
  const options = { files, concurrency: filesAtOnce, timeout: fileTimeoutMs, signal: stopping.signal };
  for await (const event of run({ ...options, env: { ...process.env, ...env } })) {
    const { type, data } = event as TestEvent;
    const [, name, count] = /^(\w+) (\d+)/.exec(String(data.message)) ?? [];
    if (type === 'test:summary') continue;
    if (type !== 'test:diagnostic' || data.nesting !== 0) yield { type, data };
    else if (counters.includes(name!)) totals.set(name!, (totals.get(name!) ?? 0) + Number(count));
    else if (!/^duration_ms /.test(String(data.message))) yield { type, data };
  }
}

function line(message: string): TestEvent {
  return { type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } };
}

async function* everyEvent(given: string[], totals: Map<string, number>): AsyncGenerator<TestEvent> {
  const isChosen = (file: string): boolean => given.length === 0 || given.includes(file);
  const isPostgresAlone = process.env.ANTEROOM_TEST_ENGINE === 'postgres';
  const runs = isPostgresAlone
    ? ([['postgres', [...onBothEngines, ...aboutPostgres]]] as const)
    : ([
        ['sqlite', everything],
        ['postgres', onBothEngines],
      ] as const);
  for (const [engine, patterns] of runs) {
    const files = globSync([...patterns])
      .sort()
      .filter(isChosen);
    yield line(`on ${engine}: ${files.length} files`);
    if (files.length > 0) yield* eventsOf(files, { ANTEROOM_TEST_ENGINE: engine }, totals);
  }
}

// A process for each file would else compile the same modules again and again: a quarter of all the work.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
const started = performance.now();
const totals = new Map<string, number>();
const cluster = await startCluster();
try {
  process.env.ANTEROOM_TEST_POSTGRES = cluster.urlOf('postgres');
  await prepareTemplates(cluster.urlOf('postgres'));
  const reporter = new spec();
  reporter.pipe(process.stdout);
  for await (const event of everyEvent(globSync(process.argv.slice(2)), totals)) {
    if (!reporter.write(event)) await new Promise((resolve) => reporter.once('drain', resolve));
  }
  reporter.end();
  await finished(reporter);
} finally {
  await cluster.stop();
}
const closing = counters.map((counter) => `${counter} ${totals.get(counter) ?? 0}`);
for (const text of [...closing, `duration_ms ${Math.round(performance.now() - started)}`])
  console.log(`ℹ ${text}`);
const isGreen =
  (totals.get('pass') ?? 0) > 0 && closing.includes('fail 0') && closing.includes('cancelled 0');
process.exit(isGreen ? 0 : 1);
