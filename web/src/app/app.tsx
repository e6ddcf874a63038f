import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { followOtherTabs } from '../api/preferences.ts';
import { RequestFailed } from '../api/request.ts';
import { router } from './router.tsx';
import { readableColours, theme } from './theme.ts';

const queries = new QueryClient({
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

followOtherTabs(queries);

/** The nonce of this page, with which style elements may be added. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableColours}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
