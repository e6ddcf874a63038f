/** A real server on a real database, wired exactly like production; or the one at ANTEROOM_TEST_URL. */
import { after } from 'node:test';
import { type AppParts, buildApp } from '../../src/app.ts';
import type { Database } from '../../src/platform/database.ts';
import { describeFailure, type Log } from '../../src/platform/log.ts';
import { type SignInSettings, signInSettings } from '../../src/platform/sign-in-settings.ts';
import { closing, demoUrl } from './databases.ts';
import { inspectLine } from './leaks.ts';
import { openAt } from './open.ts';

export interface TestServer {
  /** Without a trailing slash: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Undefined when the server runs elsewhere. */
  readonly database: Database | undefined;
}

/** Where the black-box suites are pointed to instead of a server of their own. */
export const externalUrl = process.env.ANTEROOM_TEST_URL;

/** A database of the engine under test with the demo organization; it is gone after the test file. */
export async function openDatabase(): Promise<Database> {
  const database = await openAt(await demoUrl());
  closing.unshift(() => database.close());
  return database;
}

/** Starts a server for the tests of one file; `parts` override what production would use. */
export async function startServer(parts: Partial<AppParts> = {}): Promise<TestServer> {
  if (externalUrl !== undefined) return { url: externalUrl, database: undefined };
  const database = parts.database ?? (await openDatabase());
  const app = buildTestApp(database, parts);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  closing.unshift(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  return { url, database };
}

/** Suites send as fast as they can. */
const noLimits = {
  addressRate: 0,
  addressBurst: 1,
  tokenRate: 0,
  tokenBurst: 1,
  concurrencyLimit: 1_000_000,
  trustProxy: '',
};

const signInDefaults = Object.fromEntries(
  Object.entries(signInSettings).map(([name, setting]) => [name, setting.default]),
) as SignInSettings;

/** The app as production wires it, not listening; `parts` override what production would use. */
export function buildTestApp(database: Database, parts: Partial<AppParts> = {}): ReturnType<typeof buildApp> {
  return buildApp({
    database,
    log: silentLog,
    compatibility: 'documented',
    acceptDevelopmentTokens: true,
    publicUrl: '',
    ...signInDefaults,
    oauthAccessTokenMinutes: 60,
    oauthRefreshTokenDays: 90,
    headersTimeoutMs: 15_000,
    requestTimeoutMs: 30_000,
    keepAliveTimeoutMs: 72_000,
    ...noLimits,
    ...parts,
  });
}

/**
 * A log that keeps to itself, but looks through what it would say; what it is told of as a failure fails the test file, unless
 * a test brings its own log.
 */
export const silentLog: Log = {
  isJson: true,
  request: (record) => inspectLine(JSON.stringify(record)),
  failure: (trackingId, error) => {
    inspectFailure(trackingId, error);
    failures.push(new Error(`the server failed at ${trackingId}`, { cause: error }));
  },
  note: (message, facts = {}) => inspectLine(JSON.stringify({ ...facts, message })),
  flush: () => {},
};

/** A log for tests that make the server fail. */
export const quietLog: Log = { ...silentLog, failure: inspectFailure };

function inspectFailure(trackingId: string, error: unknown): void {
  inspectLine(JSON.stringify({ trackingId, ...describeFailure(error) }));
}

const failures: Error[] = [];
after(() => {
  if (failures.length > 0) throw new AggregateError(failures, 'the server failed');
});
