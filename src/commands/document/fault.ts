/** Where a value stands in the file: field names and list positions from the top. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with an import. */
export interface DocumentFault {
  readonly path: Path;
  /** Complete without the path, because a command line has no path. */
  readonly sentence: string;
}

/** `organizations[0].users[3].email`. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}
