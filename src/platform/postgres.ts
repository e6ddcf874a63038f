/** PostgreSQL as a {@link Database}: reads and insertions of a moment share statements, units have transactions. */
import pg from 'pg';
import {
  Conflict,
  type Database,
  type Insertion,
  type Row,
  type Statement,
  type Unit,
  UnusableDatabase,
  type Value,
} from './database.ts';
import { type Migration, migratePostgres } from './migrate.ts';
import {
  allOf,
  Connections,
  connectionConfig,
  keepsConnection,
  NoAnswer,
  type PostgresOptions,
  type Query,
} from './postgres-connection.ts';
import { storeError, unusable } from './postgres-errors.ts';
import { SharedInserts } from './postgres-inserts.ts';
import { SharedReads } from './postgres-reads.ts';
import { numbered, PreparedTexts } from './postgres-texts.ts';
import { noSecrets, sealedUnit } from './secrets.ts';

/** Statements of a unit that are under way at once: bounds the memory of an import. */
const statementsInFlight = 256;
/** So many connections no unit takes: reads and insertions go on, however many units wait. */
const connectionsForOthers = 4;

const findDirectoryVersion = 'select version from directory_version';

export class PostgresDatabase implements Database {
  secrets = noSecrets;
  readonly noticesEveryWrite = false;
  readonly #connections: Connections;
  readonly #reads: SharedReads;
  readonly #inserts: SharedInserts;
  /** Everything that writes and is not yet settled. */
  readonly #writing = new Set<Promise<void>>();
  readonly #unitsAtOnce: number;
  #unitsUnderWay = 0;
  readonly #unitsWaiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  /** The last one that was asked for. */
  #fence: { readonly reading: Promise<Value>; readonly done: Promise<void> } | undefined;
  #directoryVersion: Value = null;
  #outsideWrites = 0;

  private constructor(options: PostgresOptions) {
    this.#connections = new Connections(options, () => {
      this.#outsideWrites += 1;
      this.#directoryVersion = null;
    });
    const texts = new PreparedTexts(findDirectoryVersion);
    this.#reads = new SharedReads(this.#connections, texts);
    this.#inserts = new SharedInserts(this.#connections, texts);
    this.#unitsAtOnce = Math.max(1, options.poolSize - connectionsForOthers);
  }

  /** Connects, and brings the schema up to date. Throws UnusableDatabase. */
  static async open(options: PostgresOptions, migrations: readonly Migration[]): Promise<PostgresDatabase> {
    try {
      const client = new pg.Client({ ...connectionConfig(options), statement_timeout: 0 });
      // What breaks a connection also fails its queries.
      client.on('error', () => {});
      await client.connect();
      try {
        await migratePostgres(client, migrations, new Date().toISOString());
      } finally {
        await client.end();
      }
    } catch (error) {
      throw error instanceof UnusableDatabase ? error : unusable(options.url, error);
    }
    return new PostgresDatabase(options);
  }

  get(sql: string, values: readonly Value[]): Promise<Row | undefined> {
    return this.#reads.read(sql, values).then(([row]) => row);
  }

  all(sql: string, values: readonly Value[]): Promise<Row[]> {
    return this.#reads.read(sql, values);
  }

  insert(insertion: Insertion, values: readonly Value[], asOf?: number): Promise<void> {
    if (asOf === undefined) return this.#noted(this.#inserts.insert(insertion, values));
    if (asOf !== this.#outsideWrites) return Promise.reject(new Conflict());
    return this.#noted(this.#inserts.insert(insertion, values, this.#directoryVersion ?? -1));
  }

  /** A transaction of its own; its statements are sent without waiting for each other. */
  write(unit: Unit): Promise<void> {
    return this.#noted(this.#transaction(sealedUnit(unit, this.secrets)));
  }

  async #transaction(unit: Unit): Promise<void> {
    if (this.#unitsUnderWay < this.#unitsAtOnce) this.#unitsUnderWay += 1;
    else await new Promise<void>((resolve, reject) => this.#unitsWaiting.push({ resolve, reject }));
    try {
      await this.#connections.use((query) => runUnit(query, unit));
    } catch (error) {
      const told = storeError(error);
      // Those that wait for their turn have waited long enough, too.
      if (error instanceof NoAnswer) for (const { reject } of this.#unitsWaiting.splice(0)) reject(told);
      throw told;
    } finally {
      const next = this.#unitsWaiting.shift();
      if (next === undefined) this.#unitsUnderWay -= 1;
      else next.resolve();
    }
  }

  #noted(writing: Promise<void>): Promise<void> {
    this.#writing.add(writing);
    const forget = (): void => void this.#writing.delete(writing);
    writing.then(forget, forget);
    return writing;
  }

  /**
   * Asks once for all requests of a turn whether the directory changed since. Any other version counts, not only a higher
   * one: after a failover that lost writes it may be lower.
   */
  fence(): Promise<void> {
    const reading = this.#reads.fence();
    if (reading === this.#fence?.reading) return this.#fence.done;
    const done = reading.then((version) => this.#compareVersion(version));
    // Whoever waits is told; a request that is refused for another reason does not wait.
    done.catch(() => {});
    this.#fence = { reading, done };
    return done;
  }

  #compareVersion(version: Value): void {
    if (version === this.#directoryVersion) return;
    this.#directoryVersion = version;
    this.#outsideWrites += 1;
  }

  /** Also grows when a connection was lost: the next one may lead to a server that never saw the last writes. */
  outsideWrites(): number {
    return this.#outsideWrites;
  }

  async check(): Promise<void> {
    await this.#reads.read('select 1 as answer', []);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#writing);
    await this.#connections.close();
  }
}

/** Rejects with a Conflict when a statement changed another number of rows than it had to. */
async function runUnit(query: Query, unit: Unit): Promise<void> {
  try {
    let window = [query({ text: 'begin' }).then(() => {})];
    for (const statement of unit) {
      const running = runStatement(query, statement);
      // Whoever makes the unit may throw before anybody waits for this one.
      running.catch(() => {});
      window.push(running);
      if (window.length < statementsInFlight) continue;
      await allOf(window);
      window = [];
    }
    await allOf(window);
    await query({ text: 'commit' });
  } catch (error) {
    // Without an answer nobody knows the state of the transaction: then the connection is closed, which undoes it.
    if (keepsConnection(error)) await query({ text: 'rollback' });
    throw error;
  }
}

async function runStatement(query: Query, { sql, values, changes }: Statement): Promise<void> {
  const { rowCount } = await query({ text: numbered(sql), values: values as unknown[] });
  if (changes !== undefined && rowCount !== changes) throw new Conflict();
}
