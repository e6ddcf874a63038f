/** The people on a site, as the server finds them. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { withQuery } from '../api/paths.ts';
import { request } from '../api/request.ts';

export interface SiteUser {
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly personalMeetingRoomId: string;
  readonly siteAdministrator: boolean;
}

interface SiteUsersPage {
  readonly total: number;
  readonly items: readonly SiteUser[];
  readonly next?: string;
}

const path = '/v1/admin/meetingPreferences/users';
const shownAtOnce = '200';
const readAtOnce = '1000';
const suggestedAtOnce = '8';

/** Those whose address or name has `search` in it, page by page. */
export function useSiteUsers(siteUrl: string, search: string) {
  return useInfiniteQuery({
    queryKey: ['site-users', siteUrl, search],
    initialPageParam: '',
    queryFn: async ({ pageParam: after, signal }) => {
      const query = { siteUrl, search: search.trim(), after, max: shownAtOnce };
      return (await request<SiteUsersPage>(withQuery(path, query), { signal })).value;
    },
    getNextPageParam: ({ next }) => next,
  });
}

/** People whose address or name has `text` in it, to choose from. */
export function useSuggestions(siteUrl: string, text: string): readonly SiteUser[] {
  const search = text.trim();
  const { data } = useQuery({
    queryKey: ['suggested-users', siteUrl, search],
    enabled: search.length > 1,
    queryFn: async ({ signal }) => {
      const query = { siteUrl, search, max: suggestedAtOnce };
      return (await request<SiteUsersPage>(withQuery(path, query), { signal })).value.items;
    },
  });
  return data ?? [];
}

/** The addresses of everybody on a site. */
export async function everybodyOn(siteUrl: string): Promise<string[]> {
  const emails: string[] = [];
  let after: string | undefined;
  do {
    const query = { siteUrl, after, max: readAtOnce };
    const { value } = await request<SiteUsersPage>(withQuery(path, query));
    emails.push(...value.items.map(({ email }) => email));
    after = value.next;
  } while (after !== undefined);
  return emails;
}
