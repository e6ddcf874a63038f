/** What the errors of PostgreSQL, and of the way to it, mean to a store and to people. */
import pg from 'pg';
import { Conflict, Unavailable, UnusableDatabase } from './database.ts';

/** SQLSTATE classes (PostgreSQL, appendix A): integrity constraints, and transactions that lost against others. */
const conflicts = /^(23|40)/;
/** A broken connection, a standby, full disks and memory, locks held too long, a stop, a failed disk. */
const outages = /^(08|25|53|55|57|58)/;

/** The error a store is told of: a lost write is a conflict, an outage is one; all else is a bug, and stays as it is. */
export function storeError(error: unknown): Error {
  if (error instanceof Conflict || error instanceof Unavailable) return error;
  const state = error instanceof pg.DatabaseError ? (error.code ?? '') : undefined;
  if (state !== undefined && conflicts.test(state)) return new Conflict(state, { cause: error });
  if (state === undefined || outages.test(state)) {
    return new Unavailable('PostgreSQL did not answer', { cause: error });
  }
  return error as Error;
}

/** Whether a statement waited too long for what another transaction holds (`lock_not_available`). */
export function isLocked(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '55P03';
}

/** What keeps a program from starting, in a sentence that names no password. */
export function unusable(url: string, error: unknown): UnusableDatabase {
  const place = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'the given address';
  return new UnusableDatabase(
    `PostgreSQL at ${place} cannot be used: ${reasonOf(error)}. Check --database-url and that the server runs.`,
  );
}

/** A host with several addresses fails with one error for each, and says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
