import { Button, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { historySections } from '../../../../src/preferences/history/schema.ts';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useHostTexts } from '../texts.ts';
import { ChangeCard } from './change-card.tsx';
import { useHistory } from './changes.ts';

export function HistoryPage() {
  const { t } = useHostTexts('preferences');
  const [section, setSection] = useState('');
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(section);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('history.title')} intro={t('history.intro')}>
      <NativeSelect
        label={t('history.section')}
        value={section}
        onChange={(event) => setSection(event.currentTarget.value)}
        data={[
          { value: '', label: t('history.everything') },
          ...historySections.map((name) => ({ value: name, label: t(`history.sections.${name}`) })),
        ]}
        maw="16rem"
      />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={320} radius="lg" />}
      {data !== undefined && items.length === 0 && <Text c="dimmed">{t('history.empty')}</Text>}
      <Stack component="ol" className="plain" gap="md" p={0} m={0}>
        {items.map((item) => (
          <ChangeCard key={item.id} item={item} />
        ))}
      </Stack>
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('history.more')}
          </Button>
        </div>
      )}
    </Page>
  );
}
