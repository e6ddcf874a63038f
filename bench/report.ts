/** The figures for people. */
import { type Comparison, isReached, ratioOf } from './comparison.ts';
import type { Fsyncs } from './fsyncs.ts';
import { targets } from './scenarios.ts';
import type { StartUp } from './startup.ts';

const columns = [
  '',
  'req/s',
  'ratio',
  'target',
  'spread',
  'CPU µs',
  'DB CPU',
  'p50 µs',
  'p99 µs',
  'load CPU',
];
const widths = [30, 9, 9, 9, 8, 8, 8, 8, 8, 9];

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)))
    .join('');
}

export function printComparison(comparison: Comparison): void {
  console.log(`\n${comparison.scenario} (${ratioMeans(comparison)})`);
  console.log(line(columns));
  for (const label of Object.keys(comparison.figures)) {
    console.log(line([`  ${label}`, ...cells(comparison, label)]));
  }
}

function ratioMeans({ isCost, reference }: Comparison): string {
  return isCost ? `ratio: cost, to that of ${reference}` : `ratio: requests a second, to ${reference}`;
}

function cells(comparison: Comparison, label: string): string[] {
  const { requestsPerSecond, spread, cpuUsPerRequest, databaseCpuUsPerRequest, p50Us, p99Us, loadCpu } =
    comparison.figures[label]!;
  const rounded = (figure: number | undefined, digits = 0): string => figure?.toFixed(digits) ?? '';
  return [
    rounded(requestsPerSecond),
    label === comparison.reference ? '' : ratioOf(comparison, label).toFixed(2),
    targetOf(comparison, label),
    `${Math.round(spread * 100)}%`,
    rounded(cpuUsPerRequest, 1),
    rounded(databaseCpuUsPerRequest, 1),
    rounded(p50Us),
    rounded(p99Us),
    rounded(loadCpu, 2),
  ];
}

/** The target with whether it is reached; empty where there is none. */
export function targetOf(comparison: Comparison, label: string): string {
  const isGood = isReached(comparison, label);
  if (isGood === undefined) return '';
  const sign = comparison.isCost ? '≤' : '≥';
  return `${isGood ? '✓' : '✗'} ${sign} ${comparison.targets[label]}`;
}

export function printSkipped(reason: string): void {
  console.log(`skipped: ${reason}`);
}

function judged(name: string, value: number, unit: string, target: number, digits = 0): string {
  const mark = value <= target ? '✓' : '✗';
  return `${name.padEnd(30)} ${value.toFixed(digits)} ${unit} (${mark} at most ${target})`;
}

export function printFsyncs(fsyncs: Fsyncs | undefined): void {
  if (fsyncs === undefined) printSkipped('fsyncs a PUT: strace is missing or may not attach');
  else console.log(judged('fsyncs a PUT', fsyncs.perPut, 'calls', targets.fsyncsPerPut, 3));
}

export function printStartUp({ firstMs, warmMs, coldMs, idleMb }: StartUp): void {
  console.log(judged('start to first answer, first after npm ci', firstMs, 'ms', targets.startMs));
  console.log(judged('start to first answer, warm', warmMs, 'ms', targets.startMs));
  console.log(`start to first answer, nothing compiled ${coldMs.toFixed(0)} ms`);
  console.log(judged('resident memory, idle', idleMb, 'MB', targets.idleRssMb));
}

export function printMemory(afterLoadMb: number): void {
  console.log(`${'resident memory, after load'.padEnd(30)} ${afterLoadMb.toFixed(0)} MB`);
}
