import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { followOtherTabs } from '../api/preferences.ts';
import { queries } from '../api/queries.ts';
import { router } from './router.tsx';
import { readableColours, theme } from './theme.ts';

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
      // Style elements that would restyle the page while it is shown: frame.css has what is needed of them.
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
