/** A form over one section: a draft that can be saved, and what happens when somebody else saved first. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Subject, sectionPath } from '../api/paths.ts';
import { preferencesChanged, readSection, type Sections, sectionKey } from '../api/preferences.ts';
import { RequestFailed, request, type Versioned } from '../api/request.ts';
import { type Circumstances, type FormSection, pathOf } from '../preferences/judge.ts';
import { afterClick } from './after-click.ts';
import { isSame, useDraft } from './draft.ts';
import { useFaultText } from './fault-text.ts';

export interface SectionForm<T> {
  readonly draft: T;
  /** What the draft began with. */
  readonly base: T;
  readonly support: Circumstances['support'];
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Whether something newer is stored than what the draft began with. */
  readonly isOutdated: boolean;
  /** How many faults are shown. */
  readonly faultCount: number;
  /** What is stored instead, when somebody else saved first. */
  readonly conflict: Versioned<T> | undefined;
  /** What went wrong and belongs to no field. */
  readonly failure: Error | undefined;
  change(changes: Partial<T>): void;
  /** From now on, the faults of this field are shown. */
  touch(path: string): void;
  /** What to say beside the field at this path; undefined while there is nothing to say. */
  faultAt(path: string): string | undefined;
  /** The rules that the field at this path breaks, whether or not it was touched. */
  brokenAt(path: string): readonly string[];
  /** Saves, or shows every fault; true when it is saved. */
  save(): Promise<boolean>;
  discard(): void;
  /** Saves `merged` in the place of the conflicting version; gives up one's own changes when it is undefined. */
  resolve(merged: T | undefined): Promise<boolean>;
  cancelConflict(): void;
}

export function useSectionForm<Name extends FormSection>(
  section: Name,
  subject: Subject,
  stored: Versioned<Sections[Name]>,
  circumstances: Circumstances,
): SectionForm<Sections[Name]> {
  type T = Sections[Name];
  const draft = useDraft(section, stored, circumstances);
  const [conflict, setConflict] = useState<Versioned<T>>();
  const faultText = useFaultText({ ...circumstances.support, email: circumstances.email });
  const { put, isSaving, error, forget } = useSaving<Name>(section, subject, {
    saved: draft.start,
    refused: (value, { faults }) => draft.refuse(value, faults),
    overtaken: setConflict,
  });
  const isTold =
    error instanceof RequestFailed &&
    (error.status === 412 || draft.shown.some((fault) => pathOf(fault) !== ''));
  const restart = (from: Versioned<T>): void => {
    forget();
    setConflict(undefined);
    draft.start(from);
  };
  return {
    draft: draft.value,
    base: draft.base.value,
    support: circumstances.support,
    isDirty: draft.isDirty,
    isSaving,
    isOutdated: draft.isDirty && stored.etag !== draft.base.etag,
    faultCount: draft.shown.length,
    conflict,
    failure: error === null || isTold || !draft.isDirty ? undefined : error,
    change: draft.change,
    touch: (path) => afterClick(() => draft.touch(path)),
    faultAt: (path) => {
      const fault = draft.shown.find((one) => pathOf(one) === path);
      return fault && faultText(fault);
    },
    brokenAt: (path) => draft.faults.filter((one) => pathOf(one) === path).map(({ rule = '' }) => rule),
    save: async () => {
      draft.touch('');
      return draft.faults.length === 0 && put({ value: draft.value, etag: draft.base.etag });
    },
    discard: () => restart(stored),
    resolve: async (merged) => {
      const theirs = conflict!;
      if (merged === undefined || isSame(merged, theirs.value)) {
        restart(theirs);
        return false;
      }
      draft.rebase(theirs, merged);
      setConflict(undefined);
      return put({ value: merged, etag: theirs.etag });
    },
    cancelConflict: () => setConflict(undefined),
  };
}

interface Outcomes<T> {
  readonly saved: (version: Versioned<T>) => void;
  readonly refused: (value: T, refusal: RequestFailed) => void;
  /** Somebody else saved first: `theirs` is stored. */
  readonly overtaken: (theirs: Versioned<T>) => void;
}

function useSaving<Name extends FormSection>(
  section: Name,
  subject: Subject,
  outcomes: Outcomes<Sections[Name]>,
) {
  type T = Sections[Name];
  const queries = useQueryClient();
  const key = sectionKey(section, subject);
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: ({ value, etag }: Versioned<T>) =>
      request<T>(sectionPath(section, subject), { method: 'PUT', body: value, ifMatch: etag }),
    onSuccess: async (saved) => {
      queries.setQueryData(key, saved);
      outcomes.saved(saved);
      await preferencesChanged(queries);
    },
    onError: async (refusal, { value }) => {
      if (!(refusal instanceof RequestFailed)) return;
      if (refusal.status === 400) {
        outcomes.refused(value, refusal);
        // The server knew better: the site may ask for something else by now.
        await queries.invalidateQueries({ queryKey: sectionKey('siteSupport', subject) });
      }
      if (refusal.status !== 412) return;
      const theirs = await readSection(section, subject);
      queries.setQueryData(key, theirs);
      outcomes.overtaken(theirs);
    },
  });
  const put = (version: Versioned<T>): Promise<boolean> =>
    mutateAsync(version).then(
      () => true,
      () => false,
    );
  return { put, isSaving: isPending, error, forget: reset };
}
