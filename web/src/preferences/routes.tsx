import type { LoaderFunction, RouteObject } from 'react-router';
import { prefetchSection, type SectionName } from '../api/preferences.ts';
import { queries } from '../api/queries.ts';
import { KeepSearch } from '../app/keep-search.tsx';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { subjectIn } from '../app/subject.ts';
import { AudioPage } from './audio/audio-page.tsx';
import { HistoryPage } from './history/history-page.tsx';
import { RoomPage } from './room/room-page.tsx';
import { SchedulingPage } from './scheduling/scheduling-page.tsx';
import { SitesPage } from './sites/sites-page.tsx';
import { VideoPage } from './video/video-page.tsx';

/** Begins to read a section while the page is still on its way, for whom the address names. */
function reading(section: SectionName): LoaderFunction {
  return ({ request }) => {
    prefetchSection(queries, section, subjectIn(new URL(request.url).searchParams));
    return null;
  };
}

/** Under `/preferences`. */
export const preferencesRoutes: RouteObject[] = [
  { index: true, element: <KeepSearch to="/preferences/personal-room" /> },
  { path: 'personal-room', loader: reading('personalMeetingRoom'), element: <RoomPage /> },
  { path: 'audio', loader: reading('audio'), element: <AudioPage /> },
  { path: 'video', loader: reading('video'), element: <VideoPage /> },
  { path: 'scheduling', loader: reading('schedulingOptions'), element: <SchedulingPage /> },
  { path: 'sites', loader: reading('sites'), element: <SitesPage /> },
  { path: 'history', element: <HistoryPage /> },
  { path: '*', element: <NotFoundPage /> },
];
