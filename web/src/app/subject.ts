/** Whose preferences are shown, on which site: a part of the address, so that tabs and links keep it. */
import { useSearchParams } from 'react-router';
import { useSession } from '../api/session.ts';

export interface Subject {
  /** Undefined for oneself. */
  readonly userEmail: string | undefined;
  /** Undefined for the default site of whoever is signed in. */
  readonly siteUrl: string | undefined;
}

export function useSubject(): Subject {
  const [search] = useSearchParams();
  return subjectIn(search);
}

/** The same for the search part of any address of the application. */
export function subjectIn(search: URLSearchParams): Subject {
  return { userEmail: search.get('userEmail') ?? undefined, siteUrl: search.get('siteUrl') ?? undefined };
}

/** The site in question, by its name; undefined for somebody without any. */
export function useSiteUrl(): string | undefined {
  const { siteUrl } = useSubject();
  const { sites } = useSession();
  return siteUrl ?? sites.find((site) => site.default)?.siteUrl;
}
