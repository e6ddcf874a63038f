/** The audit log of a running server: rows in the units of what they tell of, or soon after; and a line each. */
import type { Directory } from '../directory/store.ts';
import { Conflict, type Database, type Statement } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { AuditStore, auditStatement } from './audit-store.ts';
import { type AuditEvent, eventOf, type GivenEvent } from './events.ts';

export interface AuditParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long a note waits for others before they are written. */
const noteDelayMs = 500;
/** What waits at most while the database does not take anything: some 10 MB. */
const notesKept = 20_000;

export class Audit {
  readonly #store: AuditStore;
  readonly #directory: Directory;
  readonly #log: Log;
  readonly #now: () => number;
  #notes: AuditEvent[] = [];
  #flushing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor({ database, directory, log, now }: AuditParts) {
    this.#store = new AuditStore(database);
    this.#directory = directory;
    this.#log = log;
    this.#now = now;
  }

  /**
   * Does something together with the rows that tell of it: `change` writes the statements in its own unit. The lines are
   * logged once it succeeded; what it throws is thrown, and nothing was logged. What only the change finds out it tells to
   * `more`, which makes statements of it: anew in every try, of which the last counts.
   */
  async recording<T>(
    given: readonly GivenEvent[],
    change: (
      statements: readonly Statement[],
      more: (found: readonly GivenEvent[]) => Statement[],
    ) => Promise<T>,
  ): Promise<T> {
    const events = given.map((event) => this.#eventOf(event));
    let others: AuditEvent[] = [];
    const result = await change(events.map(auditStatement), (found) => {
      others = found.map((event) => this.#eventOf(event));
      return others.map(auditStatement);
    });
    for (const event of [...events, ...others]) this.#tell(event);
    return result;
  }

  /**
   * Logs what has no unit of its own, such as a sign-in or a read. Nobody waits for it: the row is written within a
   * second, and is lost when the process is killed before that. The line is there at once.
   */
  note(given: GivenEvent): void {
    const event = this.#eventOf(given);
    this.#tell(event);
    if (this.#notes.length >= notesKept) {
      this.#log.failure(
        event.trackingId,
        new Error('an event of the audit log is lost: too many wait to be written'),
      );
      return;
    }
    this.#notes.push(event);
    this.#timer ??= setTimeout(() => void this.flush(), noteDelayMs).unref();
  }

  /** Writes what waits, for the last time. */
  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
  }

  /** Writes what waits; resolves when it is durable, or is waiting for the next try. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One at a time: a database that takes long is not asked twice.
    await this.#flushing;
    this.#flushing = this.#write(this.#notes.splice(0));
    await this.#flushing;
  }

  async #write(events: readonly AuditEvent[]): Promise<void> {
    const results = await Promise.allSettled(events.map((event) => this.#store.add(event)));
    const failed = events.filter((_, index) => isFailure(results[index]!));
    if (failed.length === 0) return;
    this.#notes.unshift(...failed);
    this.#log.failure(failed[0]!.trackingId, (results.find(isFailure) as PromiseRejectedResult).reason);
    this.#timer ??= setTimeout(() => void this.flush(), noteDelayMs).unref();
  }

  #eventOf(given: GivenEvent): AuditEvent {
    const created = new Date(this.#now()).toISOString();
    // Who is at work here was looked up for the request, and is in memory.
    return eventOf(given, created, this.#directory.knownMember(given.actorId));
  }

  /** Ids alone: the line goes where names and addresses may not. */
  #tell({
    action,
    organizationId,
    actorId,
    actorTokenId,
    targetType,
    targetId,
    siteUrl,
    trackingId,
  }: AuditEvent) {
    const facts = { action, organization: organizationId, actor: actorId, token: actorTokenId };
    this.#log.note('Audit', { ...facts, targetType, target: targetId, site: siteUrl, trackingId });
  }
}

/** A row that is there already was written by a try whose answer was lost. */
function isFailure(result: PromiseSettledResult<void>): boolean {
  return result.status === 'rejected' && !(result.reason instanceof Conflict);
}
