import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from './page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFoundTitle')}>
      <Text>{t('notFoundHint')}</Text>
      <div>
        <Button component={Link} to="/preferences/personal-room">
          {t('toPreferences')}
        </Button>
      </div>
    </Page>
  );
}
