/** Reads a JSON merge patch (RFC 7396) of a section as the whole section that it makes. */
import type { Static, TObject } from 'typebox';
import { fault, invalidRequest } from '../errors.ts';
import { type Fields, isObject, merge } from '../platform/merge.ts';

/**
 * `current` with `patch` applied, to be judged like the body of a PUT. Null takes a field away: an optional one is then
 * as it was `initial`ly, a required one is missing. A patch that has no field of the section is a 400.
 */
export function mergePatch<T extends TObject>(
  schema: T,
  patch: unknown,
  current: Static<T>,
  initial: Static<T>,
): unknown {
  if (!isObject(patch)) return patch;
  if (!Object.keys(schema.properties).some((name) => Object.hasOwn(patch, name))) {
    throw invalidRequest(fault('body.known-field'));
  }
  const merged = merge(current, patch) as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) {
    const isRequired = schema.required?.includes(name) ?? false;
    if (value === null && !isRequired) merged[name] = (initial as Fields)[name];
  }
  return merged;
}
