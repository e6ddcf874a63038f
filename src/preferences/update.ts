/** How a change is built on what memory says of a document, and begins anew where something else came first. */
import { conflict, notFound } from '../errors.ts';
import type { Foresight } from '../identity/foresight.ts';
import { Conflict } from '../platform/database.ts';
import type { Version, VersionMemory } from './version-memory.ts';

/** What a change makes of a version that nothing speaks against. */
export interface Next<T> {
  /** What the text of the version says. */
  readonly document: T;
  readonly version: Version;
  /** Whether more than the version has to be written. */
  readonly isUnit: boolean;
  write(): Promise<void>;
}

export interface Change<T> {
  readonly memory: VersionMemory;
  /** Of the membership whose document it is. */
  readonly id: string;
  readonly foresight: Foresight | undefined;
  /** The version in force, from the database. */
  load(): Promise<Version>;
  /** Whether there still is a membership, according to the database. */
  isMember(): Promise<boolean>;
  /** Throws what refuses the change. Pure: it is asked again about a newer version when another change came first. */
  judge(base: Version): Next<T>;
}

/** Each loss means that another process won; more than a few in a row mean a storm. */
const attempts = 8;

/** Resolves with what a change led to, once it is durable. */
export async function update<T>(change: Change<T>): Promise<Next<T>> {
  const { memory, id, foresight } = change;
  let isConfirmed = foresight === undefined;
  let inForce: Version | undefined;
  for (let losses = 0; losses < attempts; ) {
    inForce ??= memory.get(id);
    // Nothing is awaited from here until the next version has begun: of many at the same time, each builds on the last.
    const base = memory.latest(id, inForce);
    if (base === undefined) {
      inForce = await change.load();
      continue;
    }
    let next: Next<T>;
    try {
      next = change.judge(base);
    } catch (refusal) {
      if (base === inForce) throw refusal;
      // It may be outdated, or never become durable: only the version in force refuses.
      await base.writing?.catch(() => {});
      inForce = await change.load();
      change.judge(inForce);
      losses += 1;
      continue;
    }
    const { version, isUnit } = next;
    // A unit and an insertion can overtake each other: what builds on one waits for it. Only an insertion heeds foresight.
    const mustWait = base.writing !== undefined && (base.isUnit || isUnit);
    if (mustWait || (isUnit && !isConfirmed)) {
      await Promise.all([base.writing?.catch(() => {}), foresight?.confirm()]);
      isConfirmed = true;
      inForce = undefined;
      continue;
    }
    const isPresumption = inForce === undefined && base.writing === undefined;
    memory.begin(id, version, base);
    try {
      version.isUnit = isUnit;
      version.writing = next.write();
      await version.writing;
      version.writing = undefined;
      memory.acknowledge(id, version, isPresumption);
      return next;
    } catch (error) {
      memory.fail(id, version);
      if (!(error instanceof Conflict)) throw error;
      const [found, isMember] = await Promise.all([change.load(), change.isMember(), foresight?.confirm()]);
      if (!isMember) throw notFound('subject.user', 'This user is no longer on the site.');
      inForce = found;
      losses += 1;
    }
  }
  throw conflict();
}
