/** Finds places in text that JSON.parse has accepted. JSON.parse is far faster, but does not tell where things stand. */
import type { Path } from './fault.ts';
import { positionsIn, type Wanted, wantedPlaces } from './wanted-places.ts';

export interface RepeatedField {
  readonly path: Path;
  readonly position: number;
}

/** Where each of the paths begins, or the deepest part of it that is there: fields at their name, items at their value. */
export function jsonPositions(text: string, paths: readonly Path[]): number[] {
  const root = wantedPlaces(paths);
  new Scanner(text).scan(root);
  return positionsIn(root, paths);
}

/** The fields that an object has more than once: JSON.parse would silently keep the last of them. */
export function repeatedFields(text: string): RepeatedField[] {
  const scanner = new Scanner(text);
  scanner.scan(undefined);
  return scanner.repeated;
}

class Scanner {
  readonly repeated: RepeatedField[] = [];
  readonly #text: string;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Walks over the value at the current place. */
  scan(wanted: Wanted | undefined): void {
    const first = this.#next();
    if (first === '{') this.#scanObject(wanted);
    else if (first === '[') this.#scanList(wanted);
    else if (first === '"') this.#readText();
    else while (/[^\s,\]}]/.test(this.#text[this.#at] ?? ',')) this.#at += 1;
  }

  #scanObject(wanted: Wanted | undefined): void {
    const seen = new Set<string>();
    this.#at += 1;
    while (this.#next() !== '}') {
      const position = this.#at;
      const name = this.#readText();
      this.#next();
      this.#at += 1;
      this.#enter(name, position, wanted, () => {
        if (seen.has(name)) this.repeated.push({ path: [...this.#path], position });
      });
      seen.add(name);
      if (this.#next() === ',') this.#at += 1;
    }
    this.#at += 1;
  }

  #scanList(wanted: Wanted | undefined): void {
    this.#at += 1;
    for (let index = 0; this.#next() !== ']'; index += 1) {
      this.#enter(index, this.#at, wanted);
      if (this.#next() === ',') this.#at += 1;
    }
    this.#at += 1;
  }

  #enter(part: string | number, position: number, wanted: Wanted | undefined, note?: () => void): void {
    const child = wanted?.children.get(part);
    if (child !== undefined) child.position = position;
    this.#path.push(part);
    note?.();
    this.scan(child);
    this.#path.pop();
  }

  /** Passes white space; the character after it. */
  #next(): string {
    while (' \n\r\t'.includes(this.#text[this.#at]!)) this.#at += 1;
    return this.#text[this.#at]!;
  }

  #readText(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }
}
