import { Button, Group, Skeleton, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessToken } from '../../../../src/tokens/schema.ts';
import { announce } from '../../app/announcer.tsx';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { VirtualList } from '../virtual-list.tsx';
import { MadeToken } from './made-token.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { TokenForm } from './token-form.tsx';
import { TokenRow } from './token-row.tsx';
import { type CreatedToken, useTokens } from './tokens.ts';

/** The access tokens of the organization: found, made and revoked. */
export function TokensPage({ siteUrl }: { readonly siteUrl: string }) {
  const { t } = useTranslation('administration');
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<CreatedToken>();
  const opener = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setMaking(false);
    setMade(undefined);
    // Once it is there again.
    setTimeout(() => opener.current?.focus());
  };
  return (
    <Page title={t('tokens.title')} intro={t('tokens.intro')}>
      {made !== undefined && <MadeToken made={made} onDone={close} />}
      {isMaking && (
        <TokenForm
          siteUrl={siteUrl}
          onCancel={close}
          onDone={(created) => {
            setMade(created);
            setMaking(false);
            scrollTo({ top: 0 });
          }}
        />
      )}
      {!isMaking && made === undefined && (
        <Button ref={opener} w="fit-content" onClick={() => setMaking(true)}>
          {t('tokens.new')}
        </Button>
      )}
      <TokenList />
    </Page>
  );
}

const typingPauseMs = 250;

function TokenList() {
  const { t, i18n } = useTranslation('administration');
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, typingPauseMs);
  const [areAllShown, setAllShown] = useState(false);
  const [revoking, setRevoking] = useState<AccessToken>();
  const found = useRef<HTMLParagraphElement>(null);
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useTokens(searched, areAllShown);
  const tokens = data?.pages.flatMap(({ items }) => items) ?? [];
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const count = { count: tokens.length, number: tokens.length.toLocaleString(i18n.language) };
  const done = ({ name }: AccessToken): void => {
    setRevoking(undefined);
    announce(t('tokens.revoked', { name }));
    // The button that was pressed is going away, and nothing else can have the focus before the dialog is closed.
    setTimeout(() => found.current?.focus());
  };
  return (
    <>
      <Group gap="md" align="flex-end">
        <TextInput
          type="search"
          label={t('tokens.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          leftSection={<IconSearch aria-hidden size={18} />}
          w={{ base: '100%', sm: '28rem' }}
        />
        <Switch
          label={t('tokens.all')}
          checked={areAllShown}
          mb="xs"
          onChange={(event) => setAllShown(event.currentTarget.checked)}
        />
      </Group>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={320} radius="lg" />}
      <Text size="sm" c="dimmed" role="status" ref={found} tabIndex={-1}>
        {data === undefined
          ? ''
          : tokens.length === 0
            ? t(searched === '' ? 'tokens.empty' : 'tokens.none')
            : t(hasNextPage ? 'tokens.foundMore' : 'tokens.found', count)}
      </Text>
      {tokens.length > 0 && (
        <VirtualList
          label={t('tokens.list')}
          count={tokens.length}
          rowHeight={110}
          onEnd={more}
          row={(index) => <TokenRow token={tokens[index]!} onRevoke={setRevoking} />}
        />
      )}
      <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} onDone={done} />
    </>
  );
}
