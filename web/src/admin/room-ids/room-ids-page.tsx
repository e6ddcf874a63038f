import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { useKept } from '../kept.ts';
import { keptRoomIds } from './job.ts';
import { RoomIdsForm } from './room-ids-form.tsx';
import { RoomIdsResults } from './room-ids-results.tsx';

/** Gives people on a site new ids for their personal rooms: from a list, or made by the server. */
export function RoomIdsPage({ siteUrl }: { readonly siteUrl: string }) {
  const { t } = useTranslation('administration');
  const job = useKept(keptRoomIds);
  return (
    <Page title={t('room-ids.title')} intro={t('room-ids.intro', { site: job?.siteUrl ?? siteUrl })}>
      {job === undefined ? (
        <RoomIdsForm siteUrl={siteUrl} />
      ) : (
        <RoomIdsResults key={job.rows.length} job={job} />
      )}
    </Page>
  );
}
