/** What a change makes of a section's document: written from the contract, without the server's own code. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Fields, RandomSection } from '../helpers/random-bodies.ts';

export type SectionName = RandomSection['name'];

export type Change =
  | { readonly kind: 'put' | 'patch'; readonly body: Fields }
  | { readonly kind: 'insert' | 'delete'; readonly emails: readonly string[] }
  | { readonly kind: 'revert'; readonly id: string; readonly revision: number; readonly force: boolean };

/** Why a change is refused: by a rule of the section, or because what it would revert was changed since. */
export type Refusal = 'illegal' | 'overtaken';

/** What `change` makes of `current`; `documentAt` tells former revisions, which reverts go back to. */
export function outcomeOf(
  section: SectionName,
  change: Change,
  current: Fields,
  documentAt: (revision: number) => Fields,
): Fields | Refusal {
  switch (change.kind) {
    case 'put':
      return lawful(section, { ...current, ...change.body });
    case 'patch':
      return lawful(section, patched(current, change.body));
    case 'insert':
      return { ...current, delegateEmails: inserted(delegatesOf(current), change.emails) };
    case 'delete':
      return {
        ...current,
        delegateEmails: delegatesOf(current).filter((email) => !has(change.emails, email)),
      };
    case 'revert':
      return reverted(section, current, documentAt(change.revision - 1), documentAt(change.revision), change);
  }
}

/** Of all rules only those about several fields: valid bodies keep the others, whatever is put over what. */
function lawful(section: SectionName, fields: Fields): Fields | Refusal {
  const areModesBoth =
    section === 'personalMeetingRoom' &&
    fields.supportAnyoneAsCoHost === true &&
    fields.allowFirstUserToBeCoHost === true;
  const lacksDescription =
    section === 'audio' &&
    fields.defaultAudioType === 'otherTeleconferenceService' &&
    fields.otherTeleconferenceDescription === '';
  return areModesBoth || lacksDescription ? 'illegal' : fields;
}

function patched(current: Fields, patch: Fields): Fields {
  const entries = Object.entries(patch).map(([name, value]) => [
    name,
    isObject(value) ? { ...(current[name] as Fields), ...value } : value,
  ]);
  return { ...current, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function delegatesOf({ delegateEmails }: Fields): readonly string[] {
  assert.ok(Array.isArray(delegateEmails));
  return delegateEmails;
}

function has(emails: readonly string[], email: string): boolean {
  return emails.some((other) => other.toLowerCase() === email.toLowerCase());
}

function inserted(emails: readonly string[], added: readonly string[]): readonly string[] {
  const list = [...emails];
  for (const email of added) if (!has(list, email)) list.push(email);
  return list;
}

function reverted(
  section: SectionName,
  current: Fields,
  before: Fields,
  after: Fields,
  { force }: { force: boolean },
): Fields | Refusal {
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (!force && names.some((name) => !isDeepStrictEqual(current[name], after[name]))) return 'overtaken';
  return lawful(section, {
    ...current,
    ...Object.fromEntries(names.map((name) => [name, before[name]])),
  });
}
