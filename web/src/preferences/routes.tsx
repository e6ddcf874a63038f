import type { RouteObject } from 'react-router';
import { KeepSearch } from '../app/keep-search.tsx';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { AudioPage } from './audio/audio-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { RoomPage } from './room/room-page.tsx';
import { SchedulingPage } from './scheduling/scheduling-page.tsx';
import { SitesPage } from './sites/sites-page.tsx';
import { VideoPage } from './video/video-page.tsx';

/** Under `/preferences`. */
export const preferencesRoutes: RouteObject[] = [
  { index: true, element: <KeepSearch to="/preferences/personal-room" /> },
  { path: 'personal-room', element: <RoomPage /> },
  { path: 'audio', element: <AudioPage /> },
  { path: 'video', element: <VideoPage /> },
  { path: 'scheduling', element: <SchedulingPage /> },
  { path: 'sites', element: <SitesPage /> },
  { path: 'history', element: <HistoryPage /> },
  { path: '*', element: <NotFoundPage /> },
];
