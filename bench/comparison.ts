/** Contenders in alternating rounds, so that a machine's moods fall on all alike. */
import type { Load, LoadResult } from './load.ts';
import type { Peer, Usage } from './peers.ts';
import type { Scenario } from './scenarios.ts';

export interface Round {
  readonly requestsPerSecond: number;
  /** Of the process that answers. This and all below: undefined where nobody can tell. */
  readonly cpuUsPerRequest?: number;
  /** Of the database server, where it is a process of its own. */
  readonly databaseCpuUsPerRequest?: number;
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** Share of its core that the generator used: near 1, it is what is measured. */
  readonly loadCpu?: number;
}

/** Medians over the rounds. */
export interface Figures extends Round {
  /** The best round less the worst, as a share of the median. */
  readonly spread: number;
}

/** Whoever is measured: one round after a warm-up of its own, which is longer before the first. */
export type Contender = (isFirst: boolean, seconds: number) => Promise<Round>;

export interface Comparison {
  readonly scenario: string;
  /** Which of the figures the others are compared with. */
  readonly reference: string;
  /** By label: the ratio of requests per second to reach, or of costs to stay within. */
  readonly targets: Readonly<Record<string, number>>;
  /** Whether the ratio is one of costs, the time per request, rather than of requests per second. */
  readonly isCost: boolean;
  readonly figures: Readonly<Record<string, Figures>>;
}

export interface Rounds {
  readonly count: number;
  readonly seconds: number;
}

export const connections = 64;
/** Long enough for the runtime to have compiled what it will. */
const firstWarmUpMs = 3_000;
const warmUpMs = 200;

export interface Contest {
  readonly scenario: string;
  readonly reference: string;
  readonly targets?: Readonly<Record<string, number>>;
  readonly isCost?: boolean;
  readonly contenders: Readonly<Record<string, Contender>>;
}

export async function compare(contest: Contest, { count, seconds }: Rounds): Promise<Comparison> {
  const { scenario, reference, targets = {}, isCost = false, contenders } = contest;
  const rounds = new Map(Object.keys(contenders).map((label) => [label, [] as Round[]]));
  for (let round = 0; round < count; round += 1) {
    for (const [label, contender] of Object.entries(contenders)) {
      rounds.get(label)!.push(await contender(round === 0, seconds));
    }
  }
  const figures = Object.fromEntries([...rounds].map(([label, results]) => [label, figuresOf(results)]));
  return { scenario, reference, targets, isCost, figures };
}

/** Where requests go, and what tells what they cost, if anything does. */
export interface Server {
  readonly port: number;
  ask?(question: 'usage'): Promise<unknown>;
  /** What the database server has used until now. */
  databaseCpuUs?(): number | undefined;
}

/** A server that is asked over HTTP, by all of these users in turn. */
export function served(
  server: Server,
  generator: Peer,
  { path, putEvery }: Pick<Scenario, 'path' | 'putEvery'>,
  tokens: readonly string[],
): Contender {
  return (isFirst, seconds) => {
    const load = { port: server.port, path, putEvery, tokens, connections, measureMs: seconds * 1000 };
    const warmUp = { warmUpMs: isFirst ? firstWarmUpMs : warmUpMs, warmsAll: isFirst };
    return measure({ ...load, ...warmUp }, server, generator);
  };
}

export async function measure(
  load: Load,
  server: Server,
  generator: Peer,
): Promise<Round & { readonly requests: number }> {
  await generator.ask(load);
  const before = (await server.ask?.('usage')) as Usage | undefined;
  const databaseBefore = server.databaseCpuUs?.();
  const result = await generator.ask<LoadResult>('result');
  const databaseAfter = server.databaseCpuUs?.();
  const after = (await server.ask?.('usage')) as Usage | undefined;
  if (result.failures > 0) throw new Error(`${result.failures} requests to ${load.path} failed`);
  const { requestsPerSecond, requests, p50Us, p99Us, ownCpu: loadCpu } = result;
  const perRequest = (name: string, from: number | undefined, to: number | undefined): object =>
    from === undefined || to === undefined ? {} : { [name]: (to - from) / requests };
  return {
    ...{ requestsPerSecond, requests, p50Us, p99Us, loadCpu },
    ...perRequest('cpuUsPerRequest', before?.cpuMicroseconds, after?.cpuMicroseconds),
    ...perRequest('databaseCpuUsPerRequest', databaseBefore, databaseAfter),
  };
}

function figuresOf(rounds: readonly Round[]): Figures {
  const rates = rounds.map(({ requestsPerSecond }) => requestsPerSecond);
  const spread = (Math.max(...rates) - Math.min(...rates)) / median(rates);
  const names = ['cpuUsPerRequest', 'databaseCpuUsPerRequest', 'p50Us', 'p99Us', 'loadCpu'] as const;
  const known = names.filter((name) => rounds.every((round) => round[name] !== undefined));
  const others = known.map((name) => [name, median(rounds.map((round) => round[name]!))]);
  return { requestsPerSecond: median(rates), spread, ...Object.fromEntries(others) };
}

/** The ratio that a target is about. */
export function ratioOf({ figures, reference, isCost }: Comparison, label: string): number {
  const ratio = figures[label]!.requestsPerSecond / figures[reference]!.requestsPerSecond;
  return isCost ? 1 / ratio : ratio;
}

/** Whether a target is reached; undefined where there is none. */
export function isReached(comparison: Comparison, label: string): boolean | undefined {
  const target = comparison.targets[label];
  if (target === undefined) return undefined;
  const ratio = ratioOf(comparison, label);
  return comparison.isCost ? ratio <= target : ratio >= target;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
