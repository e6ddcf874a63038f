import { Badge, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { withQuery } from '../../api/paths.ts';
import { preferencesChanged, useSection } from '../../api/preferences.ts';
import { request } from '../../api/request.ts';
import { announce } from '../../app/announcer.tsx';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useSiteUrl, useSubject } from '../../app/subject.ts';
import { useHostTexts } from '../texts.ts';

/** The sites of a person, with the default one marked and changeable. */
export function SitesPage() {
  const { t } = useHostTexts('preferences');
  const { data, error, refetch } = useSection('sites');
  const { userEmail } = useSubject();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (siteUrl: string) =>
      request(withQuery('/v1/meetingPreferences/sites', { defaultSite: 'true', userEmail }), {
        method: 'PUT',
        body: { siteUrl },
        ifMatch: data?.etag,
      }),
    onSuccess: async (_answer, siteUrl) => {
      announce(t('sites.saved', { site: siteUrl }));
      await preferencesChanged(queries);
    },
    // Somebody else may have changed it: show what is in force now.
    onError: () => void refetch(),
  });
  return (
    <Page title={t('sites.title')} intro={t('sites.intro')}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {change.error !== null && <Failure error={change.error} />}
      {data === undefined && error === null && <Skeleton height={220} />}
      <Stack component="ul" gap="sm" p={0} m={0} aria-label={t('sites.list')} className="plain">
        {data?.value.sites.map((site) => (
          <SiteRow key={site.siteUrl} site={site} isBusy={change.isPending} makeDefault={change.mutate} />
        ))}
      </Stack>
    </Page>
  );
}

interface SiteRowProps {
  readonly site: { readonly siteUrl: string; readonly default: boolean };
  readonly isBusy: boolean;
  readonly makeDefault: (siteUrl: string) => void;
}

function SiteRow({ site, isBusy, makeDefault }: SiteRowProps) {
  const { t } = useHostTexts('preferences');
  const [search] = useSearchParams();
  const isShown = useSiteUrl() === site.siteUrl;
  const there = new URLSearchParams(search);
  there.set('siteUrl', site.siteUrl);
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between">
        <Group gap="sm">
          <Text fw={500} className="breakable">
            {site.siteUrl}
          </Text>
          {site.default && <Badge>{t('sites.default')}</Badge>}
          {isShown && <Badge variant="default">{t('sites.shown')}</Badge>}
        </Group>
        <Group gap="xs">
          {!isShown && (
            <Button
              component={Link}
              to={{ pathname: '/preferences/personal-room', search: String(there) }}
              variant="default"
              size="xs"
              aria-label={t('sites.openLong', { site: site.siteUrl })}
            >
              {t('sites.open')}
            </Button>
          )}
          {!site.default && (
            <Button
              variant="default"
              size="xs"
              disabled={isBusy}
              onClick={() => makeDefault(site.siteUrl)}
              aria-label={t('sites.makeDefault', { site: site.siteUrl })}
            >
              {t('sites.makeDefaultShort')}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
