import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { download } from '../download.ts';
import { RunBar } from '../run-bar.tsx';
import { useRun } from '../use-run.ts';
import { VirtualList } from '../virtual-list.tsx';
import { keptRoomIds, RoomIdsJob } from './job.ts';
import { RoomIdLine } from './room-id-line.tsx';

/** How far the calls are, what became of each row, and how to go on after a refusal. */
export function RoomIdsResults({ job }: { readonly job: RoomIdsJob }) {
  const { t } = useTranslation('administration');
  const { done, failed, isRunning, outcomes } = useRun(job.run);
  const isOver = !isRunning && done + failed === outcomes.length;
  const remaining = isOver ? job.remaining() : [];
  const messages = new Set(
    outcomes.flatMap(({ state, message = '' }) =>
      state === 'failed' && job.faults.size === 0 ? [message] : [],
    ),
  );
  const goOn = (): void => {
    const next = new RoomIdsJob(job.siteUrl, remaining);
    keptRoomIds.set(next);
    void next.run.start();
  };
  const save = (): void => {
    const rows = job.rows.map(({ email, roomId = '' }, index) => [
      email,
      job.given.get(index) ?? roomId,
      job.given.has(index) ? 'done' : 'unchanged',
      (job.faults.get(index) ?? []).map(({ description }) => description).join(' '),
    ]);
    download('room-ids.csv', [['email', 'personalMeetingRoomId', 'result', 'problem'], ...rows]);
  };
  return (
    <>
      <RunBar run={job.run} title={t('room-ids.running')} />
      {isOver && failed > 0 && (
        <Alert color="red" title={t('room-ids.refused')} role="alert">
          {t('room-ids.refusedHint')} {[...messages].join(' ')}
        </Alert>
      )}
      <Group>
        {isOver && failed > 0 && remaining.length > 0 && job.faults.size > 0 && (
          <Button onClick={goOn}>{t('room-ids.goOn', { count: remaining.length })}</Button>
        )}
        {!isRunning && (
          <Button variant="default" onClick={save}>
            {t('run.download')}
          </Button>
        )}
        {!isRunning && (
          <Button variant="default" onClick={() => keptRoomIds.set(undefined)}>
            {t('room-ids.anew')}
          </Button>
        )}
      </Group>
      <VirtualList
        label={t('room-ids.results')}
        count={job.rows.length}
        rowHeight={48}
        row={(index) => (
          <RoomIdLine
            number={index + 1}
            row={job.rows[index]!}
            faults={job.faults.get(index)}
            given={job.given.get(index)}
            outcome={job.outcomeOf(index)}
          />
        )}
      />
    </>
  );
}
