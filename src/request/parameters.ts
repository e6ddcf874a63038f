/** Reads the parameters of a query; their faults end in one answer (contract section 4). */
import { type Fault, fault } from '../errors.ts';

/** What the URL of a request asks: a text each, or a list of texts for a parameter that is given more than once. */
export type Query = Readonly<Record<string, unknown>>;

/** One query, read parameter by parameter. Throws nothing: what is wrong is in `faults`, to be refused with the rest. */
export class QueryReading {
  readonly faults: Fault[] = [];
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /** A parameter that is words; undefined when it is absent or not {@link readText text}. */
  text(name: string): string | undefined {
    return readText(name, this.#query[name], this.faults);
  }

  /** The same for an {@link readAddress address}. */
  address(name: string): string | undefined {
    return readAddress(name, this.#query[name], this.faults);
  }

  /** A parameter of a form that `parse` knows: it answers undefined for what is not in it, which is the fault `broken`. */
  parsed<T>(name: string, parse: (text: string) => T | undefined, broken: Fault): T | undefined {
    const value = this.#query[name];
    if (value === undefined) return undefined;
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined)
      this.faults.push(typeof value === 'string' ? broken : fault('query.single', name));
    return parsed;
  }
}

/** `value` when it is text with something in it and nothing invisible; else undefined, with a fault unless it is absent. */
export function readText(name: string, value: unknown, faults: Fault[]): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') faults.push(fault('query.single', name));
  else if (value.trim() === '' || !isPlainText(value)) faults.push(fault('query.text', name));
  else return value;
  return undefined;
}

/** The same for an address. A space in it can only be a + that was not encoded: no address has spaces. */
export function readAddress(name: string, value: unknown, faults: Fault[]): string | undefined {
  return readText(name, value, faults)?.replaceAll(' ', '+');
}

/** Whether `text` has neither control characters nor halves of a surrogate pair, which no engine keeps as they are. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** Parses digits that stand for a number from `least` to `most`, both included. */
export function countBetween(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    const isCount = /^\d+$/.test(text) && text.length <= String(most).length;
    const count = isCount ? Number(text) : Number.NaN;
    return count >= least && count <= most ? count : undefined;
  };
}
