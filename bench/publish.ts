/** Makes docs/performance.md and its picture of the results that are kept: every figure in them comes from there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Part } from './bench.ts';
import { type Comparison, median, ratioOf } from './comparison.ts';
import { type Plot, svgOf } from './plot.ts';
import { targetOf } from './report.ts';
import { keptResults, type Results } from './results.ts';
import { targets } from './scenarios.ts';

const docs = new URL('../docs/', import.meta.url);
/** Spreads above it mean that other programs were at work. */
const quietSpread = 0.2;

const intro = `# Performance

<!-- Made by npm run bench -- --publish from bench/results: change bench/publish.ts instead. -->

What Anteroom does in a second, compared with programs that do less: figures of one machine mean little elsewhere, but ratios
between programs that took turns on it do.

![Ratios of the tables below, with their targets](images/performance.svg)
`;

const repeating = `## How to repeat it

\`\`\`text
npm run bench                       # ten minutes; without --peers, and up to 100 thousand users
npm run bench -- --full --publish   # everything, some 10 GB and an hour; then writes this page
\`\`\`

PostgreSQL comes from an npm package. \`pgbench\` has to be installed (it is among PostgreSQL's client programs), as do
\`taskset\`, which keeps processes on their cores, and \`strace\`, which counts fsyncs; what is missing is skipped, and said
so. The mock servers are fetched by npm into a temporary folder.
`;

const reading = `## How to read it

- **All contenders of a table take turns**, round by round, and each figure is the median of its rounds. **Spread** is the
  best round less the worst, as a share of the median: two figures that differ by less than their spreads do not differ.
  Above ${quietSpread * 100}%, other programs were at work on the machine; the ratio then says little, even where it looks good.
- **Ratio** is requests a second divided by those of the line without a ratio. In the tables of scale it is the cost of a
  request divided by the cost among the fewest users: 1 means that the others cost nothing.
- **CPU** is what Anteroom's own process spends on a request, on all of its threads; **database CPU** is what all
  processes of PostgreSQL spend on it together. Both suffer less from a busy machine than requests a second do.
- **p50 and p99** are times to the answer while 64 connections ask as fast as they are answered: the server is full, and
  most of the time is spent waiting for the others.
- An answered PUT is on the disk. How long that takes is the disk's affair; on this machine it is whatever its virtual disk
  makes of an fsync.
- The same users ask at every size of the population. Tokens and directory entries of 50 thousand users, and on SQLite 20
  thousand documents of each section, fit into memory: the first request of a user costs more than these figures.
`;

export function publish(): void {
  const results = keptResults();
  mkdirSync(new URL('images/', docs), { recursive: true });
  writeFileSync(new URL('performance.md', docs), pageOf(results));
  const description = `Anteroom ${results.version} compared with its peers; the tables have the same figures`;
  writeFileSync(new URL('images/performance.svg', docs), svgOf(plotsOf(results), description));
}

function pageOf(results: Results): string {
  const sections = results.parts.map(sectionOf);
  return [
    intro,
    machineOf(results),
    ...warningOf(results),
    ...sections,
    restOf(results),
    reading,
    repeating,
  ].join('\n');
}

function machineOf({ version, machine, rounds, command }: Results): string {
  const { cores, cpu, memoryMb, node, date, commit } = machine;
  return `Anteroom ${version} (${commit}) on ${cores} cores of ${cpu} with ${Math.round(memoryMb / 1024)} GB, Node ${node}, on ${date.slice(0, 10)}:
\`${command}\`, ${rounds.count} rounds of ${rounds.seconds} s.
`;
}

function warningOf({ parts }: Results): string[] {
  const figures = parts.flatMap(({ comparisons }) =>
    comparisons.flatMap((each) => Object.values(each.figures)),
  );
  const spread = median(figures.map((each) => each.spread));
  if (spread <= quietSpread) return [];
  return [
    `**The machine was busy with other programs**: half of all spreads below are above ${Math.round(spread * 100)}%. Take these figures as a
sign of life, not as a measure, and repeat them on a quiet machine.
`,
  ];
}

function sectionOf({ name, about, comparisons, skipped }: Part): string {
  const tables = comparisons.map(tableOf);
  const left = skipped.map((reason) => `Skipped: ${reason}.\n`);
  return [`## ${name}\n`, `${about}\n`, ...tables, ...left].join('\n');
}

function tableOf(comparison: Comparison): string {
  const { scenario, reference, figures, isCost } = comparison;
  const rows = Object.entries(figures).map(([label, row]) => {
    const ratio = label === reference ? '' : ratioOf(comparison, label).toFixed(2);
    const target = targetOf(comparison, label);
    const rate = Math.round(row.requestsPerSecond).toLocaleString('en');
    const times = [row.cpuUsPerRequest, row.databaseCpuUsPerRequest, row.p50Us, row.p99Us].map(
      (us) => us?.toFixed(0) ?? '',
    );
    return `| ${[label, rate, ratio, target, `${Math.round(row.spread * 100)}%`, ...times].join(' | ')} |`;
  });
  return `### ${scenario}

| | requests/s | ${isCost ? 'cost ratio' : 'ratio'} | target | spread | CPU µs | database CPU µs | p50 µs | p99 µs |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
${rows.join('\n')}
`;
}

function restOf({ startUp, fsyncs, afterLoadMb }: Results): string {
  const rows: string[] = [];
  const add = (name: string, value: number | undefined, unit: string, target?: number, digits = 0): void => {
    if (value === undefined) return;
    const goal = target === undefined ? '' : `${value <= target ? '✓' : '✗'} ≤ ${target}`;
    rows.push(`| ${name} | ${`${value.toFixed(digits)} ${unit}`.trim()} | ${goal} |`);
  };
  const start = 'Start of `anteroom dev` to its first answer';
  add(`${start}, the first after \`npm ci\``, startUp?.firstMs, 'ms', targets.startMs);
  add(`${start}, later`, startUp?.warmMs, 'ms', targets.startMs);
  add(`${start}, nothing compiled`, startUp?.coldMs, 'ms');
  add('Resident memory after the first answer', startUp?.idleMb, 'MB', targets.idleRssMb);
  add('Resident memory after the load above', afterLoadMb, 'MB');
  add('fsyncs a PUT, 64 connections', fsyncs?.perPut, '', targets.fsyncsPerPut, 3);
  return `## Start, memory, disk\n\n| | | target |\n|---|--:|--:|\n${rows.join('\n')}\n`;
}

function plotsOf({ parts }: Results): Plot[] {
  return parts
    .filter(({ comparisons }) => comparisons.length > 0)
    .map(({ name, comparisons }) => {
      const isCost = comparisons.some((comparison) => comparison.isCost);
      return {
        title: isCost ? `${name}: cost ratio, less is better` : name,
        bars: comparisons.flatMap(barsOf),
      };
    });
}

function barsOf(comparison: Comparison): Plot['bars'] {
  return Object.keys(comparison.figures)
    .filter((label) => label !== comparison.reference && !label.endsWith('log warn'))
    .map((label) => ({
      label: `${comparison.scenario}: ${label.replace(', log info', '')}`,
      ratio: ratioOf(comparison, label),
      target: comparison.targets[label],
    }));
}
