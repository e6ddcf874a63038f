/** Somebody else whose preferences are shown: what to call them. */
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { withQuery } from './paths.ts';
import { request } from './request.ts';

interface People {
  readonly items: readonly { readonly displayName: string }[];
}

function hostQuery(email: string | undefined) {
  return {
    queryKey: ['host', email],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const { value } = await request<People>(withQuery('/v1/people', { email }), { signal });
      return value.items[0]?.displayName ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  };
}

export async function prefetchHost(queries: QueryClient, email: string | undefined): Promise<void> {
  if (email !== undefined) await queries.prefetchQuery(hostQuery(email));
}

/** The name of whoever has this address, or the address as long as, or because, no name is known. */
export function useHostName(email: string | undefined): string | undefined {
  const { data } = useQuery({ ...hostQuery(email), enabled: email !== undefined });
  return data ?? email;
}
