import type { RouteObject } from 'react-router';
import { KeepSearch } from '../app/keep-search.tsx';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { SitesPage } from './sites/sites-page.tsx';

/** Under `/preferences`. */
export const preferencesRoutes: RouteObject[] = [
  { index: true, element: <KeepSearch to="/preferences/personal-room" /> },
  { path: 'sites', element: <SitesPage /> },
  { path: '*', element: <NotFoundPage /> },
];
