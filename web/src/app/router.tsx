import { createBrowserRouter, type RouteObject } from 'react-router';
import { preferencesRoutes } from '../preferences/routes.tsx';
import { BrokenPage } from './broken-page.tsx';
import { Frame, Waiting } from './frame.tsx';
import { KeepSearch } from './keep-search.tsx';
import { NotFoundPage } from './not-found-page.tsx';

const routes: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, element: <KeepSearch to="/preferences/personal-room" /> },
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
