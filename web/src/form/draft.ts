/** What somebody is writing into a form over one section, and what the rules say about it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Fault } from '../../../src/errors.ts';
import type { Sections } from '../api/preferences.ts';
import type { Versioned } from '../api/request.ts';
import { type Circumstances, type FormSection, faultsOf, pathOf } from '../preferences/judge.ts';

export interface Draft<T> {
  /** What it began with. */
  readonly base: Versioned<T>;
  readonly value: T;
  readonly isDirty: boolean;
  /** All faults, and those among them that it is time to show. */
  readonly faults: readonly Fault[];
  readonly shown: readonly Fault[];
  /** Begins anew from another version. */
  start(from: Versioned<T>): void;
  /** Goes on with `value`, as a change of another version. */
  rebase(base: Versioned<T>, value: T): void;
  change(changes: Partial<T>): void;
  /** From now on, the faults of this field are shown; of all fields when it is empty. */
  touch(path: string): void;
  /** Notes what the server said against `value`. */
  refuse(value: T, faults: readonly Fault[]): void;
}

interface Refusal<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}

/** A draft that follows what is stored, until something is changed in it. */
export function useDraft<Name extends FormSection>(
  section: Name,
  stored: Versioned<Sections[Name]>,
  circumstances: Circumstances,
): Draft<Sections[Name]> {
  type T = Sections[Name];
  const [base, setBase] = useState(stored);
  const [value, setValue] = useState<T>(stored.value);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refusal, setRefusal] = useState<Refusal<T>>();
  const isDirty = !isSame(value, base.value);

  const rebase = (from: Versioned<T>, next: T): void => {
    setBase(from);
    setValue(next);
    setRefusal(undefined);
  };
  const start = (from: Versioned<T>): void => {
    rebase(from, from.value);
    setTouched(new Set());
  };
  useFollowing(stored, isDirty || stored === base, start);

  const judged = useMemo(
    () => (isDirty ? faultsOf(section, base.value, value, circumstances) : []),
    [section, base, value, circumstances, isDirty],
  );
  const refused = refusal?.value === value ? refusal.faults : [];
  const isShown = (fault: Fault): boolean => [...touched].some((path) => pathOf(fault).startsWith(path));
  return {
    base,
    value,
    isDirty,
    faults: [...judged, ...refused],
    shown: [...judged.filter(isShown), ...refused],
    start,
    rebase,
    change: (changes) => setValue((current) => ({ ...current, ...changes })),
    touch: (path) => setTouched((paths) => (paths.has(path) ? paths : new Set([...paths, path]))),
    refuse: (refusedValue, faults) => setRefusal({ value: refusedValue, faults }),
  };
}

/** Calls `start` for every newer version, unless it is held up: somebody would lose what they wrote. */
function useFollowing<T>(stored: Versioned<T>, isHeldUp: boolean, start: (from: Versioned<T>) => void): void {
  const latest = useRef({ isHeldUp, start });
  latest.current = { isHeldUp, start };
  useEffect(() => {
    if (!latest.current.isHeldUp) latest.current.start(stored);
  }, [stored]);
}

/** Whether two values are the same as JSON, in which all of them arrive and go. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
