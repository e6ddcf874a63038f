/** Operations of a PATCH (RFC 7644 section 3.5.2), as directories send them. */
import type { default as Scimmy } from 'scimmy';
import { type Fields, isObject } from '../platform/merge.ts';
import { fieldIn, loadScimmy, objectIn, refusing, withBooleans } from './library.ts';

type Schema = InstanceType<typeof Scimmy.Types.Schema>;
type SchemaClass = new (resource: object) => Schema;

/**
 * `resource` after the operations of `body`. Operations on attributes that are not `kept` here change nothing, known ones
 * or of an extension: a directory sends all that it was told to, such as phone numbers.
 */
export async function patched(
  choose: (scimmy: typeof Scimmy) => SchemaClass,
  kept: readonly string[],
  resource: Fields,
  body: unknown,
): Promise<Fields> {
  const scimmy = await loadScimmy();
  const { Operations: operations, ...rest } = objectIn(body) as { Operations?: unknown };
  return refusing('invalidValue', async () => {
    // The library judges the form of the whole message first.
    new scimmy.Messages.PatchOp({ ...rest, Operations: operations } as never);
    const relevant = (operations as Fields[]).flatMap((operation) => relevantOf(operation, kept));
    if (relevant.length === 0) return resource;
    const message = new scimmy.Messages.PatchOp({ ...rest, Operations: relevant } as never);
    const { meta: _, groups: __, ...own } = resource;
    const before = new (choose(scimmy))(own);
    const after = await message.apply(before as never);
    return after === undefined ? resource : (JSON.parse(JSON.stringify(after)) as Fields);
  });
}

function relevantOf(operation: Fields, kept: readonly string[]): Fields[] {
  const { path, value } = operation;
  if (typeof path === 'string') {
    const name = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, '');
    if (!isKept(name, kept)) return [];
    return [{ ...operation, path: name, ...('value' in operation ? { value: removable(operation) } : {}) }];
  }
  if (!isObject(value)) return [operation];
  const entries = Object.entries(value)
    .filter(([name]) => isKept(name, kept))
    .map(([name, inner]) => [name, withBooleans(inner)]);
  return entries.length === 0 ? [] : [{ ...operation, value: Object.fromEntries(entries) }];
}

/** What is to be removed from a list is known by its value, whatever else is said of it. */
function removable({ op, value }: Fields): unknown {
  const isRemoval = typeof op === 'string' && op.toLowerCase() === 'remove';
  if (!isRemoval || !Array.isArray(value)) return withBooleans(value);
  return value.map((item) => (isObject(item) ? { value: fieldIn(item, 'value') } : item));
}

function isKept(path: string, kept: readonly string[]): boolean {
  const [name] = path.split(/[.[]/, 1);
  return kept.some((attribute) => attribute.toLowerCase() === name!.toLowerCase());
}
