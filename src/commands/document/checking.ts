/** Judges a file by itself, before the database is asked. */
import { consistencyFaults, type Loose } from './consistency.ts';
import type { DocumentFault, Path } from './fault.ts';
import type { DirectoryDocument } from './schema.ts';
import { shapeFaults } from './shape.ts';

/** All faults of the file by itself; `value` is a DirectoryDocument when there are none. */
export function documentFaults(value: unknown): DocumentFault[] {
  const shape = shapeFaults(value);
  const isHollow = shape.some(
    ({ path }) => path.length === 0 || (path.length === 1 && path[0] === 'organizations'),
  );
  if (isHollow) return shape;
  const sound =
    shape.length === 0
      ? value
      : without(
          value,
          shape.map(({ path }) => path),
        );
  return [...shape, ...consistencyFaults(sound as Loose<DirectoryDocument>)];
}

/** A copy in which the values at these paths are undefined, so that what is left can still be checked. */
function without(value: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(value);
  for (const path of paths) {
    let node = copy as Record<string | number, unknown> | undefined;
    for (const part of path.slice(0, -1)) node = node?.[part] as typeof node;
    if (node !== undefined) node[path.at(-1)!] = undefined;
  }
  return copy;
}
