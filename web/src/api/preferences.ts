/** The preferences of whoever is shown, as the server keeps them. */
import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { AudioOptions } from '../../../src/preferences/audio/schema.ts';
import type { PersonalMeetingRoom } from '../../../src/preferences/personal-meeting-room/schema.ts';
import type { SchedulingOptions } from '../../../src/preferences/scheduling-options/schema.ts';
import type { SiteSupport } from '../../../src/preferences/site-support/schema.ts';
import type { Sites } from '../../../src/preferences/sites/schema.ts';
import type { VideoOptions } from '../../../src/preferences/video/schema.ts';
import { useSubject } from '../app/subject.ts';
import { type Subject, sectionPath } from './paths.ts';
import { request, type Versioned } from './request.ts';

/** What GET of each section answers. */
export interface Sections {
  readonly personalMeetingRoom: PersonalMeetingRoom;
  readonly audio: AudioOptions;
  readonly video: VideoOptions;
  readonly schedulingOptions: SchedulingOptions;
  readonly sites: Sites;
}
export type SectionName = keyof Sections;

export function sectionKey(section: string, subject: Subject): readonly unknown[] {
  return ['preferences', subject.userEmail ?? '', subject.siteUrl ?? '', section];
}

/** A section of the person and site that the address names. */
export function useSection<Name extends SectionName>(section: Name) {
  return useQuery({ ...sectionQuery(section, useSubject()), refetchOnWindowFocus: true });
}

function sectionQuery<Name extends SectionName>(section: Name, subject: Subject) {
  return {
    queryKey: sectionKey(section, subject),
    queryFn: ({ signal }: { signal: AbortSignal }) => readSection(section, subject, signal),
  };
}

/** Begins to read what a page will show, beside everything else that it needs; resolves when it is there, or cannot be had. */
export async function prefetchSection(
  queries: QueryClient,
  section: SectionName,
  subject: Subject,
): Promise<void> {
  await Promise.all([
    queries.prefetchQuery({ ...sectionQuery(section, subject), retry: false }),
    section === 'sites' ? undefined : queries.prefetchQuery({ ...supportQuery(subject), retry: false }),
  ]);
}

export function readSection<Name extends SectionName>(
  section: Name,
  subject: Subject,
  signal?: AbortSignal,
): Promise<Versioned<Sections[Name]>> {
  return request(sectionPath(section, subject), { signal });
}

/** Other tabs of this browser show the same: they read again what one of them changed. */
const channel = new BroadcastChannel('anteroom-preferences');

export function followOtherTabs(queries: QueryClient): void {
  channel.onmessage = () => void invalidate(queries);
}

/** After a change: everything that may show it is read again, here and in other tabs. */
export async function preferencesChanged(queries: QueryClient): Promise<void> {
  channel.postMessage('changed');
  await invalidate(queries);
}

async function invalidate(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['preferences'] }),
    queries.invalidateQueries({ queryKey: ['session'] }),
  ]);
}

/** What the site in question supports. */
export function useSiteSupport() {
  return useQuery(supportQuery(useSubject()));
}

function supportQuery(subject: Subject) {
  return {
    queryKey: sectionKey('siteSupport', subject),
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await request<SiteSupport>(sectionPath('siteSupport', subject), { signal })).value,
  };
}
