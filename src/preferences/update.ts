/** How a change is built on what memory says of a document, and begins anew where something else came first. */
import { conflict, notFound } from '../errors.ts';
import type { Foresight } from '../identity/foresight.ts';
import { Conflict } from '../platform/database.ts';
import type { Version, VersionMemory } from './version-memory.ts';

/** What a change makes of a version that nothing speaks against. */
export interface Next {
  readonly version: Version;
  /** Whether more than the version has to be written. */
  readonly isUnit: boolean;
  write(): Promise<void>;
}

export interface Change {
  readonly memory: VersionMemory;
  /** Of the membership whose document it is. */
  readonly id: string;
  readonly foresight: Foresight | undefined;
  /** The version in force, from the database. */
  load(): Promise<Version>;
  /** Throws what refuses the change. Pure: it is asked again about a newer version when another change came first. */
  judge(base: Version): Next;
}

/** Each loss means that another process won; more than a few in a row mean a storm. */
const attempts = 8;

/** Resolves with the version that a change led to, once it is durable. */
export async function update(change: Change): Promise<Version> {
  const { memory, id, foresight } = change;
  let isConfirmed = foresight === undefined;
  let inForce: Version | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    inForce ??= memory.get(id) ?? (memory.canBuild(id) ? undefined : await change.load());
    // Nothing is awaited from here until the next version has begun: of many at the same time, each builds on the last.
    const base = memory.latest(id, inForce);
    let next: Next;
    try {
      next = change.judge(base);
    } catch (refusal) {
      if (base === inForce) throw refusal;
      // It may be outdated, or never become durable: nobody is refused for that.
      await base.writing?.catch(() => {});
      inForce = await change.load();
      change.judge(inForce);
      continue;
    }
    const { version, isUnit } = next;
    // A unit and an insertion can overtake each other: what builds on one waits for it. Only an insertion heeds foresight.
    const mustWait = base.writing !== undefined && (base.isUnit || isUnit);
    if (mustWait || (isUnit && !isConfirmed)) {
      await Promise.all([base.writing?.catch(() => {}), foresight?.confirm()]);
      isConfirmed = true;
      inForce = undefined;
      attempt -= 1;
      continue;
    }
    memory.begin(id, version);
    try {
      version.isUnit = isUnit;
      version.writing = next.write();
      await version.writing;
      version.writing = undefined;
      memory.acknowledge(id, version, inForce === undefined && base.writing === undefined);
      return version;
    } catch (error) {
      memory.fail(id);
      if (!(error instanceof Conflict)) throw error;
      [inForce] = await Promise.all([change.load(), foresight?.confirm()]);
      if (inForce.revision === base.revision && inForce.checksum === base.checksum)
        throw notFound('subject.user', 'This user is no longer on the site.');
    }
  }
  throw conflict();
}
