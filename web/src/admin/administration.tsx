import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { Page } from '../app/page.tsx';

/** The sites that one administers. */
export function Administration() {
  const { t } = useTranslation();
  const { roles } = useSession();
  return (
    <Page title={t('administration')}>
      <List>
        {roles.siteAdministrator.map((siteUrl) => (
          <List.Item key={siteUrl}>{siteUrl}</List.Item>
        ))}
      </List>
    </Page>
  );
}
