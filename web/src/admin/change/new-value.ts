/** What a setting is to become: the same for everybody, or a list that somebody has, with people added or removed. */
import { keyOf } from '../../../../src/directory/email.ts';

export const listChanges = ['add', 'remove', 'replace'] as const;
export type ListChange = (typeof listChanges)[number];

export type NewValue = { readonly choice: unknown } | ListOrder;

export interface ListOrder {
  readonly how: ListChange;
  readonly emails: readonly string[];
}

/** A delegate, who is an address alone, or a co-host. */
type Item = string | { readonly email: string; readonly displayName: string };

/** What somebody would have who has `before` in the field. */
export function wantedOf(field: string, before: unknown, value: NewValue): unknown {
  if ('choice' in value) return value.choice;
  const current = (before ?? []) as readonly Item[];
  const named = new Set(value.emails.map(keyOf));
  if (value.how === 'remove') return current.filter((item) => !named.has(keyOf(emailOf(item))));
  const known = new Map(current.map((item) => [keyOf(emailOf(item)), item]));
  const toItem = (email: string): Item => (field === 'coHosts' ? { email, displayName: '' } : email);
  if (value.how === 'replace') return value.emails.map((email) => known.get(keyOf(email)) ?? toItem(email));
  return [...current, ...value.emails.filter((email) => !known.has(keyOf(email))).map(toItem)];
}

/** The addresses that are in `list` and not in `other`. */
export function without(list: unknown, other: unknown): string[] {
  const others = new Set(((other ?? []) as readonly Item[]).map((item) => keyOf(emailOf(item))));
  return ((list ?? []) as readonly Item[]).map(emailOf).filter((email) => !others.has(keyOf(email)));
}

function emailOf(item: Item): string {
  return typeof item === 'string' ? item : item.email;
}
