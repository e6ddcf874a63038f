import { QueryClient } from '@tanstack/react-query';
import { RequestFailed } from './request.ts';

/** What was read from the server, for as long as the application is open. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A page that is opened twice in a moment is read once: beside each other, several parts of it ask for the same.
      staleTime: 2_000,
      // The server may be on this machine: whether there is a network says nothing.
      networkMode: 'always',
      // What the server refused, it refuses again.
      retry: (failures, error) => failures < 2 && !(error instanceof RequestFailed && error.status < 500),
      retryDelay: 400,
    },
    mutations: { networkMode: 'always' },
  },
});
