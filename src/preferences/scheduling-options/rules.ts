/** What scheduling options and delegates may be (contract section 3, schedulingOptions). Pure. */
import { isEmail, keyOf } from '../../directory/email.ts';
import { fault, quote } from '../../errors.ts';
import { type Compatibility, type Reading, readBody } from '../../request/body.ts';
import type { Judged } from '../subject.ts';
import { DelegateEmails, SchedulingOptions } from './schema.ts';

/** The options of somebody who never changed them. */
export function initialSchedulingOptions(): SchedulingOptions {
  return {
    enabledJoinBeforeHost: false,
    joinBeforeHostMinutes: 0,
    enabledAutoShareRecording: false,
    enabledWebexAssistantByDefault: false,
    delegateEmails: [],
  };
}

/** `current` changed as `body` asks for; throws a 400 that lists every fault. */
export function updateSchedulingOptions(
  current: SchedulingOptions,
  body: unknown,
  subject: Judged,
  compatibility: Compatibility,
): SchedulingOptions {
  const reading = readBody(SchedulingOptions, body, current, compatibility);
  if (!reading.isSound('delegateEmails')) return reading.accepted();
  const delegates = readDelegates(reading, 'delegateEmails', reading.fields.delegateEmails ?? []);
  refuseOwnAddress(reading, 'delegateEmails', delegates, current, subject);
  return { ...reading.accepted(), delegateEmails: delegates };
}

/** `current` with the delegates of `body` after those that are there already. */
export function insertDelegateEmails(
  current: SchedulingOptions,
  body: unknown,
  subject: Judged,
  compatibility: Compatibility,
): SchedulingOptions {
  const reading = readBody(DelegateEmails, body, {}, compatibility);
  if (reading.isSound('emails')) {
    const added = readDelegates(reading, 'emails', reading.fields.emails);
    refuseOwnAddress(reading, 'emails', added, current, subject);
    reading.accepted();
    return { ...current, delegateEmails: distinct([...delegatesOf(current), ...added]) };
  }
  reading.accepted();
  return current;
}

/** `current` without the delegates of `body`; one that is not there is no fault. */
export function deleteDelegateEmails(
  current: SchedulingOptions,
  body: unknown,
  compatibility: Compatibility,
): SchedulingOptions {
  const reading = readBody(DelegateEmails, body, {}, compatibility);
  const removed = new Set<string>();
  if (reading.isSound('emails')) {
    for (const email of readDelegates(reading, 'emails', reading.fields.emails)) removed.add(keyOf(email));
  }
  reading.accepted();
  return { ...current, delegateEmails: delegatesOf(current).filter((email) => !removed.has(keyOf(email))) };
}

export function delegatesOf({ delegateEmails }: SchedulingOptions): string[] {
  return delegateEmails ?? [];
}

/** The addresses in `items`, each of which may hold several; faults for what is none. */
function readDelegates<T>(reading: Reading<T>, field: string, items: readonly string[]): string[] {
  const delegates: string[] = [];
  for (const [index, item] of items.entries()) {
    for (const part of item.split(',')) {
      const email = part.trim();
      if (!isEmail(email))
        reading.add(fault('scheduling.delegate-email', `${field}[${index}]`, `not ${quote(email)}`));
      delegates.push(email);
    }
  }
  return distinct(delegates);
}

/** The first spelling of each address. */
function distinct(emails: readonly string[]): string[] {
  const firstSpelling = new Map<string, string>();
  for (const email of emails) {
    const key = keyOf(email);
    if (!firstSpelling.has(key)) firstSpelling.set(key, email);
  }
  return [...firstSpelling.values()];
}

/** An own address that is there already, from before the user was renamed, may stay: what GET answers, PUT accepts. */
function refuseOwnAddress<T>(
  reading: Reading<T>,
  field: string,
  delegates: readonly string[],
  current: SchedulingOptions,
  { user }: Judged,
): void {
  const isOwn = (email: string): boolean => keyOf(email) === user.emailKey;
  if (delegates.some(isOwn) && !delegatesOf(current).some(isOwn)) {
    reading.add(fault('scheduling.own-address', field, `not ${user.email}`));
  }
}
