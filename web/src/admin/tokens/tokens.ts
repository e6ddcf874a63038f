/** The access tokens of the organization, as the server keeps them. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccessToken, NewAccessToken } from '../../../../src/tokens/schema.ts';
import { withQuery } from '../../api/paths.ts';
import { request } from '../../api/request.ts';

/** A token that was just made: told once. */
export type CreatedToken = AccessToken & { readonly token: string };

interface TokensPage {
  readonly items: readonly AccessToken[];
  readonly next?: string;
}

const path = '/v1/admin/tokens';
const shownAtOnce = '100';

/** Those that have `search` in what they are called by, page by page; all, or only those that work. */
export function useTokens(search: string, areAllShown: boolean) {
  return useInfiniteQuery({
    queryKey: ['tokens', search, areAllShown],
    initialPageParam: '',
    queryFn: async ({ pageParam: after, signal }) => {
      const active = areAllShown ? undefined : 'true';
      const query = { search: search.trim(), active, after, max: shownAtOnce };
      return (await request<TokensPage>(withQuery(path, query), { signal })).value;
    },
    getNextPageParam: ({ next }) => next,
  });
}

export function useCreation(onDone: (created: CreatedToken) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewAccessToken) =>
      (await request<CreatedToken>(path, { method: 'POST', body })).value,
    // Kept by nobody but whoever is shown it.
    gcTime: 0,
    onSuccess: async (created) => {
      onDone(created);
      await queries.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
}

export function useRevocation(onDone: (revoked: AccessToken) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: AccessToken) => request(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: (_answer, revoked) => onDone(revoked),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
}
