/** What the flags of `anteroom token create` mean. */
import { allScopes, type Scope } from '../identity/scopes.ts';
import { UsageError } from './io.ts';

/** Names for the sets of scopes that people hand out. */
const scopeSets: Readonly<Record<string, readonly Scope[]>> = {
  all: allScopes,
  user: ['meeting:preferences_read', 'meeting:preferences_write'],
  'user-read': ['meeting:preferences_read'],
  'admin-read': ['meeting:preferences_read', 'meeting:admin_preferences_read'],
};

export const scopesHelp = `what it lets its holder do, separated by commas: ${[...Object.keys(scopeSets), ...allScopes].join(', ')}`;

/** The scopes of a list like `user,meeting:admin_config_read`. */
export function scopesOf(list: string): Scope[] {
  const names = list.split(',').map((name) => name.trim());
  const scopes = names.flatMap((name) => {
    const scope = allScopes.find((known) => known === name);
    const found = Object.hasOwn(scopeSets, name) ? scopeSets[name] : scope && [scope];
    if (found !== undefined) return found;
    const known = [...Object.keys(scopeSets), ...allScopes].join(', ');
    throw new UsageError(`--scopes must be made of ${known}, not ${JSON.stringify(name)}.`);
  });
  return allScopes.filter((scope) => scopes.includes(scope));
}

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

interface Expiry {
  readonly expires?: string;
  readonly expiresIn?: string;
}

/** When the token stops working, in ISO-8601 UTC; undefined for never. `nowMs` counts from 1970. */
export function expiryOf({ expires, expiresIn }: Expiry, nowMs: number): string | undefined {
  if (expires !== undefined && expiresIn !== undefined) {
    throw new UsageError('Give either --expires or --expires-in.');
  }
  if (expiresIn !== undefined) {
    const parts = /^([1-9]\d{0,4})([mhdw])$/.exec(expiresIn);
    if (parts !== null) return new Date(nowMs + Number(parts[1]) * unitMs[parts[2]!]!).toISOString();
    throw new UsageError(
      `--expires-in must be a number of minutes, hours, days or weeks, such as 90m, 12h, 30d or 8w, not "${expiresIn}".`,
    );
  }
  if (expires === undefined) return undefined;
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(expires);
  const time = isTime ? Date.parse(expires) : Number.NaN;
  if (time > nowMs) return new Date(time).toISOString();
  throw new UsageError(
    Number.isNaN(time)
      ? `--expires must be a day or a time with its zone, such as 2030-01-31 or 2030-01-31T12:00:00Z, not "${expires}".`
      : `--expires must be in the future, not ${expires}.`,
  );
}
