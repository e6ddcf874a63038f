import './components.css';
import './administration.css';
import { Alert, Anchor, Group, List, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useLocation } from 'react-router';
import { isAdministrator, useSession } from '../api/session.ts';
import { HostContext } from '../app/host.ts';
import { KeepSearch } from '../app/keep-search.tsx';
import { NotFoundPage } from '../app/not-found-page.tsx';
import { Page } from '../app/page.tsx';
import { useSiteUrl } from '../app/subject.ts';
import { AuditPage } from './audit/audit-page.tsx';
import { ChangePage } from './change/change-page.tsx';
import { ComparePage } from './compare-page.tsx';
import { IntegrationsPage } from './integrations/integrations-page.tsx';
import { RoomIdsPage } from './room-ids/room-ids-page.tsx';
import { SitePage } from './site/site-page.tsx';
import { TokensPage } from './tokens/tokens-page.tsx';
import { UsersPage } from './users-page.tsx';

/** Here, settings are those of hosts, of whom none is named. */
const anyHost = { email: '', name: '' };

const pages = ['users', 'change', 'room-ids', 'site', 'integrations', 'tokens', 'audit'] as const;

/** Under `/admin`: what administrators do for a site. Everything here is loaded only when somebody comes here. */
export function Administration() {
  const session = useSession();
  const siteUrl = useSiteUrl();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  if (!isAdministrator(session)) return <NotFoundPage />;
  if (siteUrl === undefined || !session.roles.siteAdministrator.includes(siteUrl)) return <OtherSite />;
  return (
    <HostContext value={anyHost}>
      <Stack gap="lg">
        <AdministrationLinks />
        <Routes>
          <Route index element={<KeepSearch to="/admin/users" />} />
          <Route
            path="users"
            element={<UsersPage key={siteUrl} siteUrl={siteUrl} selected={selected} onSelect={setSelected} />}
          />
          <Route path="compare" element={<ComparePage />} />
          <Route path="change" element={<ChangePage key={siteUrl} siteUrl={siteUrl} selected={selected} />} />
          <Route path="room-ids" element={<RoomIdsPage key={siteUrl} siteUrl={siteUrl} />} />
          <Route path="site" element={<SitePage key={siteUrl} siteUrl={siteUrl} />} />
          <Route path="integrations" element={<IntegrationsPage />} />
          <Route path="tokens" element={<TokensPage siteUrl={siteUrl} />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Stack>
    </HostContext>
  );
}

function AdministrationLinks() {
  const { t } = useTranslation('administration');
  const { pathname } = useLocation();
  const siteUrl = useSiteUrl();
  return (
    <Group component="nav" gap="xs" aria-label={t('title')}>
      {pages.map((page) => {
        const isHere = pathname === `/admin/${page}`;
        return (
          <Anchor
            key={page}
            component={Link}
            to={{ pathname: `/admin/${page}`, search: `?${new URLSearchParams({ siteUrl: siteUrl! })}` }}
            className="admin-link"
            aria-current={isHere ? 'page' : undefined}
          >
            {t(`${page}.title`)}
          </Anchor>
        );
      })}
    </Group>
  );
}

/** The site that was chosen is not one's own to administer: the others are a click away. */
function OtherSite() {
  const { t } = useTranslation('administration');
  const { roles } = useSession();
  return (
    <Page title={t('title')}>
      <Alert color="anteroom" title={t('otherSite')}>
        <List>
          {roles.siteAdministrator.map((siteUrl) => (
            <List.Item key={siteUrl}>
              <Anchor component={Link} to={`/admin/users?${new URLSearchParams({ siteUrl })}`}>
                {siteUrl}
              </Anchor>
            </List.Item>
          ))}
        </List>
      </Alert>
    </Page>
  );
}
