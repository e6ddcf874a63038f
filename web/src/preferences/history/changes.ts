/** The history of preferences as the server keeps it, and its undoing. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { HistoryItem } from '../../../../src/preferences/history/schema.ts';
import type { Subject } from '../../api/paths.ts';
import { withQuery } from '../../api/paths.ts';
import { preferencesChanged, sectionKey } from '../../api/preferences.ts';
import { request } from '../../api/request.ts';
import { useSubject } from '../../app/subject.ts';

interface HistoryPage {
  readonly items: readonly HistoryItem[];
  readonly cursor?: string;
}

/** Newest first, some at a time; of one section unless `section` is empty. */
export function useHistory(section: string) {
  const subject = useSubject();
  return useInfiniteQuery({
    queryKey: [...sectionKey('history', subject), section],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...subject, section, cursor: pageParam };
      return (await request<HistoryPage>(withQuery('/v1/meetingPreferences/history', query), { signal }))
        .value;
    },
    getNextPageParam: ({ cursor }) => cursor,
  });
}

interface Undoing {
  readonly id: string;
  /** Whether to overwrite what was changed since. */
  readonly force: boolean;
}

/** Puts the fields of a change back. A 409 says that they were changed since. */
export function useUndo(onDone: () => void) {
  const subject = useSubject();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, force }: Undoing) =>
      request(revertPath(id, subject), { method: 'POST', body: { force } }),
    onSuccess: async () => {
      onDone();
      await preferencesChanged(queries);
    },
  });
}

function revertPath(id: string, subject: Subject): string {
  return withQuery(`/v1/meetingPreferences/history/${encodeURIComponent(id)}/revert`, { ...subject });
}
