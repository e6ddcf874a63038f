/**
 * Building blocks of the sections' schemas. Each field names its rule, which carries the words for people. What stands
 * under `x-served` is said in the served description alone: a rule function judges it, and knows better which rule it is.
 */
import { type TSchema, Type } from 'typebox';
import { emailMaxLength, emailPattern } from '../directory/email.ts';
import type { RuleId } from '../rules.ts';

export function flag(rule: RuleId, description: string): ReturnType<typeof Type.Boolean> {
  return Type.Boolean({ 'x-rule': rule, description });
}

export function text(rule: RuleId, description: string, limits: object = {}): ReturnType<typeof Type.String> {
  return Type.String({ 'x-rule': rule, description, ...limits });
}

export function email(rule: RuleId, description: string): ReturnType<typeof Type.String> {
  return text(rule, description, { pattern: emailPattern, maxLength: emailMaxLength });
}

/** One of a few numbers of minutes. */
export function minutes<const T extends number>(rule: RuleId, choices: readonly T[], description: string) {
  return Type.Unsafe<T>({ type: 'number', enum: choices, 'x-rule': rule, description });
}

export function list<T extends TSchema>(rule: RuleId, items: T, description: string, limits: object = {}) {
  return Type.Array(items, { 'x-rule': rule, description, ...limits });
}
