/** Long work outlives a page: it is kept in memory for other pages, and in the tab for after a reload. */
import { useSyncExternalStore } from 'react';

/** Keeps one thing under a name; `toText` and `fromText` take it through a reload of the page. */
export class Kept<T> {
  readonly #name: string;
  readonly #toText: (value: T) => string;
  readonly #listeners = new Set<() => void>();
  #value: T | undefined;
  #version = 0;

  constructor(name: string, toText: (value: T) => string, fromText: (text: string) => T) {
    this.#name = `anteroom-${name}`;
    this.#toText = toText;
    const text = sessionStorage.getItem(this.#name);
    this.#value = text === null ? undefined : fromText(text);
    addEventListener('pagehide', () => this.#save());
  }

  /** Also tells of a change inside of the same thing. */
  set(value: T | undefined): void {
    this.#value = value;
    this.#version += 1;
    this.#save();
    for (const listener of this.#listeners) listener();
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** Grows with every change. */
  version = (): number => this.#version;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #save(): void {
    try {
      if (this.#value === undefined) sessionStorage.removeItem(this.#name);
      else sessionStorage.setItem(this.#name, this.#toText(this.#value));
    } catch {
      // Too much for the tab: then it lasts as long as the page.
      sessionStorage.removeItem(this.#name);
    }
  }
}

/** What is kept, followed by a component. */
export function useKept<T>(kept: Kept<T>): T | undefined {
  useSyncExternalStore(kept.subscribe, kept.version);
  return kept.value;
}
