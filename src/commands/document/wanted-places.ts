/** The places of a file that are looked for, so that one pass over its text finds all of them. */
import type { Path } from './fault.ts';

/** The paths as a tree. A position is negative until it is found. */
export interface Wanted {
  readonly children: Map<string | number, Wanted>;
  position: number;
}

export function wantedPlaces(paths: readonly Path[]): Wanted {
  const root: Wanted = { children: new Map(), position: 0 };
  for (const path of paths) {
    let node = root;
    for (const part of path) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = { children: new Map(), position: -1 };
        node.children.set(part, child);
      }
      node = child;
    }
  }
  return root;
}

/** Where each of the paths was found, or the deepest part of it that is there. */
export function positionsIn(root: Wanted, paths: readonly Path[]): number[] {
  return paths.map((path) => {
    let node = root;
    for (const part of path) {
      const child = node.children.get(part)!;
      if (child.position < 0) break;
      node = child;
    }
    return node.position;
  });
}
