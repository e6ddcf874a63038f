/** The paths of this server that pages ask for, and whose preferences an address of the application names. */

export interface Subject {
  /** Undefined for oneself. */
  readonly userEmail: string | undefined;
  /** Undefined for the default site of whoever is signed in. */
  readonly siteUrl: string | undefined;
}

/** In the search part of any address of the application. */
export function subjectIn(search: URLSearchParams): Subject {
  return { userEmail: search.get('userEmail') ?? undefined, siteUrl: search.get('siteUrl') ?? undefined };
}

export const sessionPath = '/session';

export function sectionPath(section: string, subject: Subject): string {
  return withQuery(`/v1/meetingPreferences/${section}`, { ...subject });
}

/** `path` with those of `parameters` that are there. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given as [string, string][])}`;
}
