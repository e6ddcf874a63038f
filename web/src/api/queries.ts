import { QueryClient } from '@tanstack/react-query';
import { RequestFailed } from './request.ts';

/** What was read from the server, for as long as the application is open. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server may be on this machine: whether there is a network says nothing.
      networkMode: 'always',
      // What the server refused, it refuses again.
      retry: (failures, error) => failures < 2 && !(error instanceof RequestFailed && error.status < 500),
      retryDelay: 400,
    },
    mutations: { networkMode: 'always' },
  },
});
