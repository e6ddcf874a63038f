import { Badge, Button, Checkbox, Group, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failure } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { type SiteUser, useSiteUsers } from './site-users.ts';
import { VirtualList } from './virtual-list.tsx';

const typingPauseMs = 250;

interface UsersPageProps {
  readonly siteUrl: string;
  /** The addresses of those who were chosen. */
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** Finds people on a site, and leads to what can be done for one of them or for some. */
export function UsersPage({ siteUrl, selected, onSelect }: UsersPageProps) {
  const { t, i18n } = useTranslation('administration');
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, typingPauseMs);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useSiteUsers(siteUrl, searched);
  const users = data?.pages.flatMap(({ items }) => items) ?? [];
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const number = (count: number): string => count.toLocaleString(i18n.language);
  const total = data?.pages[0]?.total ?? 0;
  const found = hasNextPage
    ? t('users.foundMore', { count: users.length, number: number(users.length) })
    : t('users.found', { count: users.length, number: number(users.length) });
  return (
    <Page
      title={t('users.title')}
      intro={t('users.intro', { site: siteUrl, number: number(total), count: total })}
    >
      <TextInput
        type="search"
        label={t('users.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        leftSection={<IconSearch aria-hidden size={18} />}
        maw="28rem"
      />
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={360} radius="lg" />}
      <Group justify="space-between" mih="2.25rem">
        <Text size="sm" c="dimmed" role="status">
          {data === undefined ? '' : found}
        </Text>
        {selected.size > 0 && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => onSelect(new Set())}>
              {t('users.clear')}
            </Button>
            <Button size="xs" component={Link} to={`/admin/change?${new URLSearchParams({ siteUrl })}`}>
              {t('users.change', { count: selected.size })}
            </Button>
          </Group>
        )}
      </Group>
      {users.length > 0 && (
        <VirtualList
          label={t('users.list')}
          count={users.length}
          rowHeight={66}
          onEnd={more}
          row={(index) => (
            <UserRow
              user={users[index]!}
              siteUrl={siteUrl}
              isSelected={selected.has(users[index]!.email)}
              onToggle={(email) => onSelect(selected.symmetricDifference(new Set([email])))}
            />
          )}
        />
      )}
    </Page>
  );
}

interface UserRowProps {
  readonly user: SiteUser;
  readonly siteUrl: string;
  readonly isSelected: boolean;
  readonly onToggle: (email: string) => void;
}

function UserRow({ user, siteUrl, isSelected, onToggle }: UserRowProps) {
  const { t } = useTranslation('administration');
  const { email, displayName, personalMeetingRoomId, siteAdministrator } = user;
  const search = String(new URLSearchParams({ userEmail: email, siteUrl }));
  return (
    <div className="list-row">
      <Checkbox
        checked={isSelected}
        onChange={() => onToggle(email)}
        aria-label={t('users.select', { name: displayName })}
      />
      <div>
        <Group gap="xs">
          <Text fw={500}>{displayName}</Text>
          {siteAdministrator && <Badge variant="default">{t('users.administrator')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed" className="breakable">
          {email} · {t('users.room', { id: personalMeetingRoomId })}
        </Text>
      </div>
      <div className="actions">
        <Button
          component={Link}
          to={{ pathname: '/preferences/personal-room', search }}
          size="xs"
          variant="default"
          aria-label={t('users.openLong', { name: displayName })}
        >
          {t('users.open')}
        </Button>
        <Button
          component={Link}
          to={{ pathname: '/admin/compare', search }}
          size="xs"
          variant="subtle"
          aria-label={t('users.compareLong', { name: displayName })}
        >
          {t('users.compare')}
        </Button>
      </div>
    </div>
  );
}
