/** What a list of the people on a site can be asked for. Pure. */
import { keyOf } from '../../directory/email.ts';
import { type Fault, fault, refuseIf } from '../../errors.ts';

export interface SiteUsersRequest {
  readonly search: string | undefined;
  /** In lower case; empty for the beginning. */
  readonly after: string;
  readonly max: number;
}

/** The parameters of `query` that are not about the site; throws a 400 with every fault. */
export function readSiteUsersQuery(query: Readonly<Record<string, unknown>>): SiteUsersRequest {
  const faults: Fault[] = [];
  const text = (name: string): string | undefined => {
    const value = query[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') faults.push(fault('query.single', name));
    else if (value.trim() === '' || /\p{Cc}/u.test(value) || !value.isWellFormed())
      faults.push(fault('query.text', name));
    else return value;
    return undefined;
  };
  const max = query.max ?? '100';
  const isCount = typeof max === 'string' && /^\d{1,4}$/.test(max) && Number(max) >= 1 && Number(max) <= 1000;
  if (!isCount) faults.push(fault('site-users.max'));
  const asked = { search: text('search')?.trim(), after: keyOf(text('after') ?? ''), max: Number(max) };
  refuseIf(faults);
  return asked;
}
