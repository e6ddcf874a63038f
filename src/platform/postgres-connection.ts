/** Connections to PostgreSQL: who may use one for how long, and when one is not to be trusted any more. */
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Conflict } from './database.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with `sslmode` and the like behind a question mark. */
  readonly url: string;
  /** How many connections at most. */
  readonly poolSize: number;
  /** How long a statement may take, with the connection it needs, ms; then the request is answered 503. */
  readonly statementTimeoutMs: number;
}

/** Nothing came back in time, not even the server's own complaint that the statement took too long. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Sends a statement on the connection that a piece of work has to itself. */
export type Query = (query: pg.QueryConfig & { rowMode?: 'array' }) => Promise<pg.QueryResult>;

/** By so much later than the server does the client give up: the server's answer keeps the connection. */
const graceMs = 100;

/** The share of a statement's time that it may wait for a lock: what is left is enough to try the others without it. */
const lockShare = 0.25;

/** How long a server may take to say goodbye. */
const farewellMs = 2_000;

/** Even who is patient with statements need not wait for a server that is not there. */
const connectWithinMs = 10_000;

/** `bigint` as a number: revisions and checksums stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** What the driver knows: another `ssl` would end the process, another `sslmode` be taken for `verify-full`. */
const knownWords: Readonly<Record<string, readonly string[]>> = {
  ssl: ['true', '1', '0', 'no-verify'],
  sslmode: ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
};

function requireKnownWords(url: string): void {
  const given = new URLSearchParams(url.replace(/^[^?]*/, ''));
  for (const [name, words] of Object.entries(knownWords)) {
    if (given.getAll(name).every((word) => words.includes(word))) continue;
    throw new Error(`${name} must be one of ${words.join(', ')}`);
  }
}

/** Throws when the URL says something about TLS that the driver would misunderstand. */
export function connectionConfig({ url, statementTimeoutMs }: PostgresOptions): pg.ClientConfig {
  requireKnownWords(url);
  return {
    connectionString: url,
    application_name: 'anteroom',
    connectionTimeoutMillis: Math.min(statementTimeoutMs, connectWithinMs),
    statement_timeout: statementTimeoutMs,
    // One plan for every size of a batch: planning anew would cost more than it could find.
    options: '-c plan_cache_mode=force_generic_plan',
    keepAlive: true,
    types,
  };
}

/**
 * What the pool makes connections with. Each reads the certificates that the URL names anew, so that they can be renewed. One
 * that is missing for a moment has to fail the connection: the driver throws it in the middle of the pool, where nobody
 * catches it and the process would end.
 */
function clientOf(config: pg.ClientConfig): pg.Client {
  try {
    return new pg.Client(config);
  } catch (error) {
    const client = new pg.Client({});
    const fail = (callback: (error: unknown) => void): void => process.nextTick(callback, error);
    client.connect = fail as pg.Client['connect'];
    return client;
  }
}

export class Connections {
  readonly #options: PostgresOptions;
  readonly #lost: () => void;
  #pool: pg.Pool;

  /** `lost` is told whenever a connection broke: the next one may lead to another server. */
  constructor(options: PostgresOptions, lost: () => void) {
    this.#options = options;
    this.#lost = lost;
    this.#pool = this.#createPool();
  }

  /**
   * Lets `work` have a connection to itself, and closes the connection when it fails in a way that leaves its state open.
   * Work that fails in the middle of a transaction has to end it.
   */
  async use<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const pool = this.#pool;
    const deadline = performance.now() + this.#options.statementTimeoutMs + graceMs;
    try {
      const client = await connect(pool, deadline);
      return await onOne(client, deadline, work);
    } catch (error) {
      if (error instanceof NoAnswer) this.#renew(pool);
      if (!keepsConnection(error)) this.#lost();
      throw error;
    }
  }

  /** Lets go of all connections as soon as those who have one give it back; of those that fell silent, after a while. */
  async close(): Promise<void> {
    const deadline = new AbortController();
    const patience = wait(farewellMs, undefined, { signal: deadline.signal }).catch(() => {});
    await Promise.race([this.#pool.end(), patience]);
    deadline.abort();
  }

  /** What swallowed one answer may swallow those of all connections there are: they are replaced. */
  #renew(pool: pg.Pool): void {
    if (pool !== this.#pool || pool.ending) return;
    this.#pool = this.#createPool();
    pool.end().catch(() => {});
  }

  #createPool(): pg.Pool {
    const pool = new pg.Pool({
      ...connectionConfig(this.#options),
      // A function that returns an object is as good as a class.
      Client: clientOf as unknown as pg.PoolConfig['Client'],
      pipeline: true,
      max: this.#options.poolSize,
      lock_timeout: Math.ceil(this.#options.statementTimeoutMs * lockShare),
      idleTimeoutMillis: 30_000,
    });
    // An idle connection that breaks is replaced by the next query; nobody waits for it.
    pool.on('error', this.#lost);
    // One that breaks while it is used also fails its queries, which is enough: without a listener it would be thrown.
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }
}

/** A connection within the deadline; one that comes later goes back. */
function connect(pool: pg.Pool, deadline: number): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const giveUp = (): void => {
      isLate = true;
      reject(new NoAnswer('there was no connection in time'));
    };
    const timer = setTimeout(giveUp, deadline - performance.now());
    pool.connect().then(
      (client) => {
        clearTimeout(timer);
        if (isLate) client.release();
        else resolve(client);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(isTimeout(error) ? new NoAnswer(error.message, { cause: error }) : error);
      },
    );
  });
}

async function onOne<T>(
  client: pg.PoolClient,
  deadline: number,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const query: Query = async (config) => {
    try {
      return await client.query({
        ...config,
        query_timeout: Math.max(1, deadline - performance.now()),
      } as pg.QueryConfig);
    } catch (error) {
      throw isTimeout(error) ? new NoAnswer('there was no answer in time', { cause: error }) : error;
    }
  };
  try {
    const result = await work(query);
    client.release();
    return result;
  } catch (error) {
    client.release(!keepsConnection(error));
    throw error;
  }
}

/** The driver tells its own time-outs apart from other broken connections only by what it says of them. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout/i.test(error.message) && !(error instanceof pg.DatabaseError);
}

/**
 * States after which a connection is gone or of no use: it broke, the server stops, the server is only a standby, or
 * something is wrong with the server itself. (The severity would tell as well, but in the server's own language.)
 */
const endings = /^(08|28|57P|25006|53300|XX)/;

/** Whether the connection works as before, in a transaction that has to be ended or in none. */
export function keepsConnection(error: unknown): boolean {
  return error instanceof Conflict || (error instanceof pg.DatabaseError && !endings.test(error.code ?? ''));
}

/** Waits for all, so that none is under way any more, and fails as the first that failed. */
export async function allOf(statements: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(statements);
  await Promise.all(statements);
}
