/** What every part of the benchmark is given, and what it gives back. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../test/helpers/postgres-cluster.ts';
import { runSql } from '../test/helpers/postgres-templates.ts';
import type { Comparison, Rounds } from './comparison.ts';
import { cpuUsOfFamily, placeFamily } from './cpu.ts';
import { canPin, loadCore, Peer } from './peers.ts';
import { printComparison, printSkipped } from './report.ts';

/** Comparisons that belong together. */
export interface Part {
  readonly name: string;
  /** What was measured and what ran where, in sentences. */
  readonly about: string;
  readonly comparisons: readonly Comparison[];
  /** What was left out, and why. */
  readonly skipped: readonly string[];
}

const megabyte = 2 ** 20;
/** PostgreSQL's own defaults instead of those of the tests; but for its buffers, for which its manual asks this much. */
const ownFlags = {
  shared_buffers: `${Math.floor(totalmem() / 4 / megabyte)}MB`,
  max_wal_size: '1GB',
  max_connections: '100',
};

/** Keeps what was started and ends it all. */
export class Bench implements AsyncDisposable {
  readonly rounds: Rounds;
  readonly folder = mkdtempSync(join(tmpdir(), 'anteroom-bench-'));
  readonly #peers: Peer[] = [];
  #generator: Promise<Peer> | undefined;
  #cluster: Promise<Cluster> | undefined;
  #databases = 0;

  constructor(rounds: Rounds) {
    this.rounds = rounds;
  }

  async start(...what: Parameters<typeof Peer.start>): Promise<Peer> {
    const peer = await Peer.start(...what);
    this.#peers.push(peer);
    return peer;
  }

  /** The load generator, on the core that it has to itself. */
  generator(): Promise<Peer> {
    this.#generator ??= this.start('./load.ts', [], loadCore);
    return this.#generator;
  }

  /** The URL of a new, empty database. */
  async newDatabase(engine: Engine): Promise<string> {
    if (engine === 'SQLite') return `sqlite:${join(this.folder, `${this.#newName()}.db`)}`;
    return this.#createDatabase('template1');
  }

  /** The URL of another PostgreSQL database with the same content; nobody may be connected to the first. */
  copyOf(url: string): Promise<string> {
    return this.#createDatabase(new URL(url).pathname.slice(1));
  }

  async #createDatabase(template: string): Promise<string> {
    this.#cluster ??= startCluster({ isDurable: true, flags: ownFlags });
    const cluster = await this.#cluster;
    const name = this.#newName();
    await runSql(
      cluster.urlOf('postgres'),
      `create database ${name} template ${template} strategy file_copy`,
    );
    return cluster.urlOf(name);
  }

  #newName(): string {
    this.#databases += 1;
    return `bench${this.#databases}`;
  }

  /** Keeps PostgreSQL on one core, or lets it go where the system puts it; wherever that can be told a program. */
  async placeDatabase(core: number | undefined): Promise<void> {
    const cluster = await this.#cluster;
    if (cluster !== undefined && canPin) placeFamily(cluster.processId(), core);
  }

  /** What PostgreSQL has used until now. */
  async databaseCpu(): Promise<() => number | undefined> {
    const cluster = await this.#cluster;
    return () => (cluster === undefined ? undefined : cpuUsOfFamily(cluster.processId()));
  }

  /** A folder of its own for some files. */
  newFolder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#peers.map((peer) => peer.stop()));
    await (await this.#cluster)?.stop();
    rmSync(this.folder, { recursive: true });
  }
}

export const engines = ['SQLite', 'PostgreSQL'] as const;
export type Engine = (typeof engines)[number];

/** A part that is printed while it grows. */
export class GrowingPart implements Part {
  readonly name: string;
  readonly about: string;
  readonly comparisons: Comparison[] = [];
  readonly skipped: string[] = [];

  constructor(name: string, about: string) {
    this.name = name;
    this.about = about;
    console.log(`\n${name}\n${about}`);
  }

  add(comparison: Comparison): void {
    printComparison(comparison);
    this.comparisons.push(comparison);
  }

  skip(reason: string): void {
    printSkipped(reason);
    this.skipped.push(reason);
  }
}
