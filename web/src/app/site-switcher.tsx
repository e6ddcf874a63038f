import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../api/session.ts';
import { useSiteUrl, useSubject } from './subject.ts';

/** Chooses the site whose preferences are shown. For somebody else, the sites are those that one administers. */
export function SiteSwitcher() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const { sites, roles } = useSession();
  const { userEmail } = useSubject();
  const siteUrl = useSiteUrl();
  const choices =
    userEmail === undefined ? sites : sites.filter((site) => roles.siteAdministrator.includes(site.siteUrl));
  if (siteUrl === undefined) return null;
  const choose = (chosen: string): void => {
    const next = new URLSearchParams(search);
    next.set('siteUrl', chosen);
    setSearch(next);
  };
  return (
    <NativeSelect
      aria-label={t('site')}
      value={siteUrl}
      onChange={(event) => choose(event.currentTarget.value)}
      data={choices.map((site) => ({
        value: site.siteUrl,
        label: site.default ? t('siteDefault', { site: site.siteUrl }) : site.siteUrl,
      }))}
      miw={0}
    />
  );
}
