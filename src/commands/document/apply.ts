/** Puts a file into the database: all of it, or nothing. */
import { randomBytes } from 'node:crypto';
import { type Database, directoryChanged, type Statement } from '../../platform/database.ts';
import { readExistingState } from './existing-state.ts';
import type { DocumentFault } from './fault.ts';
import { resolveDocument } from './resolution.ts';
import { completeRooms } from './rooms.ts';
import type { DirectoryDocument } from './schema.ts';
import { type Counts, importStatements, noCounts } from './statements.ts';

export interface ApplyOptions {
  /** Finds all faults and counts, but writes nothing. */
  readonly dryRun?: boolean;
  /** More that happens in the same unit, at its end. */
  readonly also?: readonly Statement[];
  /** Told now and then how much is done, from 0 to 1. */
  readonly progress?: (done: number) => void;
}

export interface Applied {
  /** Nothing was written when there is any. */
  readonly faults: readonly DocumentFault[];
  readonly counts: Counts;
}

/** `document` has no fault by itself. Rejects as {@link Database.write} does. */
export async function applyDocument(
  database: Database,
  document: DirectoryDocument,
  { dryRun = false, also = [], progress = () => {} }: ApplyOptions = {},
): Promise<Applied> {
  const counts = noCounts();
  const now = new Date().toISOString();
  const resolution = resolveDocument(document, await readExistingState(database, document), now);
  const faults = [...resolution.faults, ...(await completeRooms(database, resolution, randomBytes))];
  if (faults.length > 0) return { faults, counts };
  const statements = allStatements(importStatements(resolution, counts, now), also)[Symbol.iterator]();
  // Where nothing has to be written, nothing is: a write would empty the caches of a running server.
  const first = statements.next();
  if (first.done || dryRun) {
    while (!statements.next().done);
    return { faults, counts };
  }
  const { users } = counts;
  const report = () => progress((users.created + users.changed + users.unchanged) / resolution.users.length);
  await database.write(unitOf(first.value, statements, report));
  return { faults, counts };
}

function* allStatements(...parts: Iterable<Statement>[]): Iterable<Statement> {
  for (const part of parts) yield* part;
}

const statementsPerReport = 1_000;

function* unitOf(first: Statement, rest: Iterator<Statement>, report: () => void): Iterable<Statement> {
  yield first;
  let count = 1;
  for (let next = rest.next(); !next.done; next = rest.next()) {
    yield next.value;
    count += 1;
    if (count % statementsPerReport === 0) report();
  }
  yield directoryChanged;
}
