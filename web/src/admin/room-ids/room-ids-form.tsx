import { Button, Group, Paper, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type ChangeEvent, type FormEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualList } from '../virtual-list.tsx';
import { keptRoomIds, RoomIdsJob } from './job.ts';
import { RoomIdLine } from './room-id-line.tsx';
import { faultsOf, rowsOf } from './rows.ts';

/** The list, with everything that is wrong in it marked while it is written. */
export function RoomIdsForm({ siteUrl }: { readonly siteUrl: string }) {
  const { t } = useTranslation('administration');
  const [text, setText] = useState('');
  const [isGenerated, setGenerated] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => rowsOf(text, isGenerated), [text, isGenerated]);
  const faults = useMemo(() => faultsOf(siteUrl, rows), [siteUrl, rows]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rows.length === 0 || faults.size > 0) return;
    const job = new RoomIdsJob(siteUrl, rows);
    keptRoomIds.set(job);
    void job.run.start();
  };
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.currentTarget.files ?? [];
    if (chosen !== undefined) setText(await chosen.text());
  };
  return (
    <Paper withBorder p="lg" component="form" onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group
          label={t('room-ids.how')}
          value={String(isGenerated)}
          onChange={(value) => setGenerated(value === 'true')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="false" label={t('room-ids.listed')} />
            <Radio value="true" label={t('room-ids.generated')} />
          </Stack>
        </Radio.Group>
        <Textarea
          label={t(isGenerated ? 'room-ids.addresses' : 'room-ids.list')}
          description={t(isGenerated ? 'room-ids.addressesHint' : 'room-ids.listHint')}
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          rows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
        />
        <Group>
          <Button variant="default" size="xs" onClick={() => file.current?.click()}>
            {t('room-ids.file')}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            hidden
            aria-label={t('room-ids.file')}
            onChange={(event) => void read(event)}
          />
          <Text size="sm" c="dimmed" role="status">
            {t('room-ids.count', { count: rows.length })}
            {faults.size > 0 && ` ${t('room-ids.problems', { count: faults.size })}`}
          </Text>
        </Group>
        {rows.length > 0 && (
          <VirtualList
            label={t('room-ids.preview')}
            count={rows.length}
            rowHeight={48}
            row={(index) => <RoomIdLine number={index + 1} row={rows[index]!} faults={faults.get(index)} />}
          />
        )}
        <Button type="submit" disabled={rows.length === 0 || faults.size > 0} w="fit-content">
          {t('room-ids.submit', { count: rows.length })}
        </Button>
      </Stack>
    </Paper>
  );
}
