/** Whose preferences are shown, on which site: a part of the address, so that tabs and links keep it. */
import { useSearchParams } from 'react-router';
import { type Subject, subjectIn } from '../api/paths.ts';
import { useSession } from '../api/session.ts';

export function useSubject(): Subject {
  const [search] = useSearchParams();
  return subjectIn(search);
}

/** The site in question, by its name; undefined for somebody without any. */
export function useSiteUrl(): string | undefined {
  const { siteUrl } = useSubject();
  const { sites } = useSession();
  return siteUrl ?? sites.find((site) => site.default)?.siteUrl;
}
