/** Starts the server, and stops it gracefully. */
import { isIP } from 'node:net';
import { buildApp } from '../app.ts';
import { pruneEvents } from '../audit/audit-store.ts';
import { seedDemo } from '../development/demo.ts';
import { isDemo, isEmpty } from '../directory/facts.ts';
import { type Config, shownUrl } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { createLog, type Log } from '../platform/log.ts';
import { openDatabase } from '../platform/open.ts';
import { pruneInBackground } from '../platform/retention.ts';
import { pruneVersions } from '../preferences/history/pruning-store.ts';
import { CommandError, type Io, UsageError } from './io.ts';
import { developmentScreen, productionScreen } from './screens.ts';

/** `anteroom dev`: the demo organization when the database is new, and its tokens. */
export async function runDevelopment(config: Config, io: Io, version: string): Promise<void> {
  if (!isLoopback(config.host) && !config.allowRemote) {
    throw new UsageError(
      `Everybody knows the tokens of development mode, so it does not listen on ${config.host}. Use 127.0.0.1, add --allow-remote, or run \`anteroom serve\`.`,
    );
  }
  const { database, isNew } = await openForDevelopment(config);
  const running = await listen(config, database, { isDevelopment: true });
  stopOnSignal(running);
  const hasDemo = await isDemo(database);
  const { url } = running;
  io.out(developmentScreen({ url, version, databaseUrl: urlOf(config), isNew, hasDemo }));
}

/** The database, with the demo organization when it is new: put in on this thread, which need not start a writer for it. */
async function openForDevelopment(config: Config): Promise<{ database: Database; isNew: boolean }> {
  const seeding = await openDatabase(config, { inPlace: true });
  const isNew = await isEmpty(seeding);
  if (isNew) await seedDemo(seeding, new Date().toISOString());
  // A memory database is gone when it is closed, and never has a writer.
  if (urlOf(config) === 'sqlite::memory:') return { database: seeding, isNew };
  await seeding.close();
  return { database: await openDatabase(config), isNew };
}

/** `anteroom serve` as one process: only what was imported or created. */
export async function runProduction(config: Config, io: Io, version: string): Promise<void> {
  const database = await openDatabase(config);
  const first = await prepareForProduction(config, database);
  const running = await listen(config, database);
  stopOnSignal(running);
  announce(config, io, running, { version, ...first });
}

/** What a start finds, or does for the first time. */
export interface FirstStart {
  /** Whether nobody is in the database yet. */
  readonly isNew: boolean;
  /** The file of a key that was made just now. */
  readonly madeKey: string | undefined;
}

/** Gives the database its key; closes it when that fails, and refuses the one of development. */
export async function prepareForProduction(config: Config, database: Database): Promise<FirstStart> {
  if (await isDemo(database)) {
    await database.close();
    throw new CommandError(
      `${urlOf(config)} was made by \`anteroom dev\` and holds the demo organization. Choose another database with --database-url.`,
    );
  }
  try {
    const madeKey = await giveKey(config, database);
    return { isNew: await isEmpty(database), madeKey };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Makes a key for a database that has none, and seals with it what was written before. */
async function giveKey(config: Config, database: Database): Promise<string | undefined> {
  const { secretsOf, isSealed } = await import('../platform/secret-keys.ts');
  let madeKey: string | undefined;
  const made = (file: string): void => {
    madeKey = file;
  };
  database.secrets = await secretsOf(database, config, { made });
  if (database.secrets.keyId === undefined || (await isSealed(database))) return madeKey;
  const { sealAll } = await import('./sealing.ts');
  await sealAll(database);
  return madeKey;
}

/** Tells people and programs that production is ready. */
export function announce(
  config: Config,
  io: Io,
  { url, log }: Pick<Running, 'url' | 'log'>,
  { version, isNew, madeKey }: FirstStart & { version: string },
): void {
  const databaseUrl = urlOf(config);
  const screen = productionScreen({ url, version, databaseUrl, isNew, madeKey });
  // A program reads the JSON lines on standard output: people are told beside them.
  if (log.isJson) io.err(screen);
  else io.out(screen);
  log.note('Ready', { url, version, database: databaseUrl });
}

/** The database as a person or a log may see it. */
function urlOf({ memory, databaseUrl }: Config): string {
  return memory ? 'sqlite::memory:' : shownUrl(databaseUrl);
}

export interface Running {
  readonly url: string;
  readonly log: Log;
  /**
   * Refuses new connections, lets running requests end, commits, and ends the process with 0; requests that still run
   * after the time-out are cut off.
   */
  stop(): Promise<void>;
}

interface ListenOptions {
  readonly isDevelopment?: boolean;
  /** Whether other processes write to the same standard output. */
  readonly sharesOutput?: boolean;
}

/** Listens; on failure, the database is closed and the error is a sentence where it was foreseen. */
export async function listen(
  config: Config,
  database: Database,
  { isDevelopment = false, sharesOutput = false }: ListenOptions = {},
): Promise<Running> {
  const log = await createLog({ level: config.logLevel, format: config.logFormat, sharesOutput });
  const app = buildApp({ ...config, database, log, acceptDevelopmentTokens: isDevelopment });
  app.addHook('onClose', prune(config, database, log));
  const stop = async (): Promise<void> => {
    setTimeout(() => app.server.closeAllConnections(), config.stopTimeoutMs).unref();
    // A connection whose last request began before the signal is kept alive: it is idle only afterwards.
    const sweep = setInterval(() => app.server.closeIdleConnections(), idleSweepMs);
    await app.close();
    clearInterval(sweep);
    await database.close();
    log.flush();
    process.exit(0);
  };
  try {
    const url = await app.listen({ port: config.port, host: config.host });
    return { url, log, stop };
  } catch (error) {
    await database.close();
    throw listenError(error as NodeJS.ErrnoException, config);
  }
}

const idleSweepMs = 50;

/** Removes old history and old events in the background; returns what stops it. */
function prune(config: Config, database: Database, log: Log): () => Promise<void> {
  const common = {
    now: Date.now,
    random: Math.random,
    failed: (error: unknown) => log.failure('none', error),
  };
  const stops = [
    pruneInBackground({
      ...common,
      retentionDays: config.historyRetentionDays,
      prune: (limit) => pruneVersions(database, limit),
      done: (removed) => log.note('History pruned', { removed }),
    }),
    pruneInBackground({
      ...common,
      retentionDays: config.auditRetentionDays,
      prune: (limit) => pruneEvents(database, limit),
      done: (removed) => log.note('Audit log pruned', { removed }),
    }),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function listenError(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken. Stop the program that has it, or choose another with --port (0 picks a free one).`,
    EACCES: `This user may not listen on port ${port}. Choose a port above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose one with --host.`,
    ENOTFOUND: `${host} is not an address of this machine. Choose one with --host.`,
  };
  const sentence = sentences[error.code ?? ''];
  return sentence === undefined ? error : new CommandError(sentence);
}

/** The first signal stops gracefully, the second at once. */
function stopOnSignal({ stop }: Running): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void stop();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
