/** The integrations of the organization, as the server keeps them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export interface Integration {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly redirectUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly clientId: string;
  /** Told once, when it is registered; undefined for one that keeps no secret. */
  readonly clientSecret?: string;
  readonly created: string;
}

export interface NewIntegration {
  readonly name: string;
  readonly description: string;
  readonly redirectUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly isPublic: boolean;
}

const path = '/v1/applications';
const key = ['integrations'];

export function useIntegrations() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await request<{ readonly items: readonly Integration[] }>(path, { signal })).value.items,
  });
}

export function useRegistration(onDone: (registered: Integration) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewIntegration) =>
      (await request<Integration>(path, { method: 'POST', body })).value,
    onSuccess: async (registered) => {
      onDone(registered);
      await queries.invalidateQueries({ queryKey: key });
    },
  });
}

export function useDeletion() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
