/** Databases for tests, each of its own: files of the embedded engine, or databases of one PostgreSQL for all tests. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after } from 'node:test';
import { startCluster } from './postgres-cluster.ts';
import { prepareTemplates, runSql, seedAt, templates, withDatabase } from './postgres-templates.ts';
import { temporaryFolder } from './process.ts';

export type Engine = 'sqlite' | 'postgres';

/** What the suites that run on both engines run on; the runner runs them twice. */
export const engine: Engine = process.env.ANTEROOM_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

/** For tests of what only one engine has. */
export function onlyOn(name: Engine): { skip: string | false } {
  return { skip: engine === name ? false : `only on ${name}` };
}

/** Registered here, at the top of the file under test: inside of a test, it would be over with that test. */
const leftovers: (() => Promise<void>)[] = [];
/** Ends what uses a database: servers write to theirs until they are closed. In order, and before the databases go. */
export const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
  for (const remove of leftovers) await remove();
});

/** The URL of a new database that nobody opened yet; it is gone after the test file, as are all of these. */
export async function unopenedUrl(on: Engine = engine): Promise<string> {
  return on === 'postgres' ? copyOf('template1') : newFile();
}

/** The URL of a new database with an up to date schema and nothing else, or of one that will get it when it is opened. */
export async function emptyUrl(on: Engine = engine): Promise<string> {
  return on === 'postgres' ? copyOf(templates.empty) : newFile();
}

/** The URL of a new database with the demo organization. */
export async function demoUrl(on: Engine = engine): Promise<string> {
  if (on === 'postgres') return copyOf(templates.demo);
  const url = newFile();
  await seedAt(url);
  return url;
}

function newFile(): string {
  return `sqlite:${join(temporaryFolder(), 'test.db')}`;
}

/** The PostgreSQL that the runner started for all files; undefined when one runs by itself. */
const clusterOfRunner = process.env.ANTEROOM_TEST_POSTGRES;
let cluster: Promise<string> | undefined;

/** The URL of a database of the tests' PostgreSQL; starts one for this file when there is none. */
export async function urlOf(database: string): Promise<string> {
  cluster ??= clusterOfRunner === undefined ? ownCluster() : Promise.resolve(clusterOfRunner);
  return withDatabase(await cluster, database);
}

async function ownCluster(): Promise<string> {
  const own = await startCluster();
  leftovers.push(() => own.stop());
  await prepareTemplates(own.urlOf('postgres'));
  return own.urlOf('postgres');
}

async function copyOf(template: string): Promise<string> {
  const administration = await urlOf('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(administration, `create database ${name} template ${template}`);
  // A cluster of our own goes as a whole.
  const drop = `drop database ${name} with (force)`;
  if (clusterOfRunner !== undefined) leftovers.push(() => runSql(administration, drop).then(() => {}));
  return withDatabase(administration, name);
}
