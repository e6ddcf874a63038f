/** What a list of the people on a site can be asked for. Pure. */
import { keyOf } from '../../directory/email.ts';
import { fault, refuseIf } from '../../errors.ts';
import { countBetween, type Query, QueryReading } from '../../request/parameters.ts';

export interface SiteUsersRequest {
  readonly search: string | undefined;
  /** In lower case; empty for the beginning. */
  readonly after: string;
  readonly max: number;
}

/** The parameters of `query` that are not about the site; throws a 400 with every fault. */
export function readSiteUsersQuery(query: Query): SiteUsersRequest {
  const reading = new QueryReading(query);
  const asked = {
    search: reading.text('search')?.trim(),
    after: keyOf(reading.text('after') ?? ''),
    max: reading.parsed('max', countBetween(1, 1000), fault('site-users.max')) ?? 100,
  };
  refuseIf(reading.faults);
  return asked;
}
