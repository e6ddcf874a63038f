import type { LoaderFunction, RouteObject } from 'react-router';
import { prefetchHost } from '../api/host.ts';
import { subjectIn } from '../api/paths.ts';
import { prefetchSection, type SectionName } from '../api/preferences.ts';
import { queries } from '../api/queries.ts';
import { isFirstPageAhead } from '../app/first-page.ts';
import { keepingSearch } from '../app/keep-search.tsx';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { AudioPage } from './audio/audio-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { RoomPage } from './room/room-page.tsx';
import { SchedulingPage } from './scheduling/scheduling-page.tsx';
import { SitesPage } from './sites/sites-page.tsx';
import { VideoPage } from './video/video-page.tsx';

/**
 * Begins to read a section while the page is still on its way, for whom the address names. The first page of all appears at
 * once with what was read; later ones, while they read.
 */
function reading(section: SectionName): LoaderFunction {
  return async ({ request }) => {
    const subject = subjectIn(new URL(request.url).searchParams);
    const read = Promise.all([
      prefetchHost(queries, subject.userEmail),
      prefetchSection(queries, section, subject),
    ]);
    if (isFirstPageAhead()) await read;
    return null;
  };
}

/** Under `/preferences`. */
export const preferencesRoutes: RouteObject[] = [
  { index: true, loader: keepingSearch('/preferences/personal-room') },
  { path: 'personal-room', loader: reading('personalMeetingRoom'), element: <RoomPage /> },
  { path: 'audio', loader: reading('audio'), element: <AudioPage /> },
  { path: 'video', loader: reading('video'), element: <VideoPage /> },
  { path: 'scheduling', loader: reading('schedulingOptions'), element: <SchedulingPage /> },
  { path: 'sites', loader: reading('sites'), element: <SitesPage /> },
  { path: 'history', element: <HistoryPage /> },
  { path: '*', element: <NotFoundPage /> },
];
