/** What is used of the library, which is loaded with the first request: nobody else has to wait for it. */
import type { default as Scimmy } from 'scimmy';
import { type Fields, isObject } from '../platform/merge.ts';
import { ScimError } from './scim-error.ts';

let loading: Promise<typeof Scimmy> | undefined;

export function loadScimmy(): Promise<typeof Scimmy> {
  loading ??= import('scimmy').then((module) => module.default);
  return loading;
}

/** Runs `use` of the library; the TypeErrors it throws at bad values are refusals. */
export async function refusing<T>(
  scimType: 'invalidFilter' | 'invalidValue',
  use: () => T | Promise<T>,
): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof TypeError) throw new ScimError(400, scimType, `${error.message}.`);
    throw error;
  }
}

/** A body that has to be a JSON object. */
export function objectIn(body: unknown): Fields {
  if (!isObject(body)) throw new ScimError(400, 'invalidSyntax', 'The body must be a JSON object.');
  return body;
}

/** A field of `fields` whose name is the same without case (RFC 7643 section 2.1). */
export function fieldIn(fields: Fields, name: string): unknown {
  const key = Object.keys(fields).find((given) => given.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : fields[key];
}

/** True and false as some directories write them: as text. */
export function withBooleans(value: unknown): unknown {
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value;
}
