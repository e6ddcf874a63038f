import { createBrowserRouter, type RouteObject } from 'react-router';
import { queries } from '../api/queries.ts';
import { prefetchSession } from '../api/session.ts';
import { preferencesRoutes } from '../preferences/routes.tsx';
import { BrokenPage } from './broken-page.tsx';
import { Frame } from './frame.tsx';
import { keepingSearch } from './keep-search.tsx';
import { NotFoundPage } from './not-found-page.tsx';

const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <BrokenPage />,
    loader: () => prefetchSession(queries).then(() => null),
    shouldRevalidate: () => false,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, loader: keepingSearch('/preferences/personal-room') },
          { path: 'preferences', children: preferencesRoutes },
          {
            path: 'admin/*',
            lazy: async () => ({ Component: (await import('../admin/administration.tsx')).Administration }),
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);

/** Resolves when the first page has what it shows, or cannot have it: until then, the empty frame of the HTML stays. */
export const firstPageIsReady = new Promise<void>((resolve) => {
  if (router.state.initialized) resolve();
  else router.subscribe(({ initialized }) => initialized && resolve());
});
