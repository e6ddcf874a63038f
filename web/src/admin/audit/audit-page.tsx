import { Button, NativeSelect, Paper, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../api/paths.ts';
import { request } from '../../api/request.ts';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { timeText } from '../../language/language.ts';

/** The fields of an event that are shown. */
interface Event {
  readonly id: string;
  readonly created: string;
  readonly data: { readonly actionText: string; readonly actorIp?: string };
}

const path = '/v1/adminAudit';
const shownAtOnce = 50;

/** The audit log of the organization. */
export function AuditPage() {
  const { t, i18n } = useTranslation('administration');
  const [category, setCategory] = useState('');
  const categories = useQuery({
    queryKey: ['audit-categories'],
    queryFn: ({ signal }) =>
      request<{ readonly eventCategories: readonly string[] }>(`${path}/eventCategories`, { signal }),
  });
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useEvents(category);
  const events = data?.pages.flat() ?? [];
  const labelOf = (name: string): string =>
    (t as (key: string, values: object) => string)(`audit.categories.${name}`, { defaultValue: name });
  return (
    <Page title={t('audit.title')} intro={t('audit.intro')}>
      <NativeSelect
        label={t('audit.category')}
        value={category}
        maw="20rem"
        onChange={(event) => setCategory(event.currentTarget.value)}
        data={[
          { value: '', label: t('audit.all') },
          ...(categories.data?.value.eventCategories ?? []).map((name) => ({
            value: name,
            label: labelOf(name),
          })),
        ]}
      />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={320} radius="lg" />}
      {data !== undefined && events.length === 0 && <Text c="dimmed">{t('audit.empty')}</Text>}
      {events.length > 0 && (
        <Paper withBorder p="md">
          <table className="values audit">
            <thead>
              <tr>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('audit.what')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map(({ id, created, data: { actionText, actorIp } }) => (
                <tr key={id}>
                  <td>
                    <time dateTime={created}>{timeText(created, i18n.language)}</time>
                  </td>
                  <td>
                    {actionText}{' '}
                    {actorIp !== undefined && (
                      <Text span size="sm" c="dimmed">
                        {t('audit.from', { address: actorIp })}
                      </Text>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Paper>
      )}
      {hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('audit.more')}
        </Button>
      )}
    </Page>
  );
}

function useEvents(eventCategories: string) {
  return useInfiniteQuery({
    queryKey: ['audit', eventCategories],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const query = { eventCategories, max: String(shownAtOnce), offset: String(pageParam) };
      const { value } = await request<{ readonly items: readonly Event[] }>(
        withQuery(`${path}/events`, query),
        { signal },
      );
      return value.items;
    },
    getNextPageParam: (page, pages) =>
      page.length < shownAtOnce ? undefined : pages.reduce((sum, items) => sum + items.length, 0),
  });
}
