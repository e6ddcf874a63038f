/** Merging JSON objects (RFC 7396). */

export type Fields = Readonly<Record<string, unknown>>;

/** `target` with the fields of `patch` put over it, however deep; null takes a field away, a list is replaced. */
export function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    // Never assigned by name alone: "__proto__" would change what the object is.
    else Object.defineProperty(merged, name, { ...own, value: merge(merged[name], value) });
  }
  return merged;
}

const own = { configurable: true, enumerable: true, writable: true };

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
