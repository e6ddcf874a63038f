/** What a run leaves behind: bench/results/<version>.json, from which docs/performance.md is made. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import manifest from '../package.json' with { type: 'json' };
import type { Part } from './bench.ts';
import type { Rounds } from './comparison.ts';
import type { Fsyncs } from './fsyncs.ts';
import type { StartUp } from './startup.ts';

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryMb: number;
  readonly node: string;
  readonly date: string;
  readonly commit: string;
}

export interface Results {
  readonly version: string;
  readonly machine: Machine;
  /** As it was asked for. */
  readonly command: string;
  readonly rounds: Rounds;
  readonly parts: readonly Part[];
  readonly fsyncs?: Fsyncs;
  readonly startUp?: StartUp;
  readonly afterLoadMb?: number;
}

export const { version } = manifest;
const place = new URL(`./results/${version}.json`, import.meta.url);

/** What was measured; a release that was unpacked rather than cloned knows no commit. */
function commitOf(): string {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('git', ['describe', '--always', '--dirty'], options).trim();
  } catch {
    return 'unknown';
  }
}

export function describeMachine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    date: new Date().toISOString(),
    commit: commitOf(),
  };
}

export function keepResults(results: Results): void {
  mkdirSync(new URL('.', place), { recursive: true });
  writeFileSync(place, `${JSON.stringify(results, null, 2)}\n`);
}

/** Those of this version. */
export function keptResults(): Results {
  return JSON.parse(readFileSync(place, 'utf8')) as Results;
}
