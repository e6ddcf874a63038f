import { Anchor, Text } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../api/session.ts';
import { useSiteUrl, useSubject } from './subject.ts';

/** Says on every page that shows somebody else's preferences that they are somebody else's, and leads back. */
export function BehalfBanner() {
  const { t } = useTranslation('administration');
  const { pathname } = useLocation();
  const { email } = useSession();
  const { userEmail } = useSubject();
  const site = useSiteUrl() ?? '';
  const isSomebodyElse = userEmail !== undefined && userEmail.toLowerCase() !== email.toLowerCase();
  if (!isSomebodyElse || !pathname.startsWith('/preferences')) return null;
  return (
    <section className="behalf" aria-label={t('behalf', { email: userEmail, site })}>
      <IconUserShield aria-hidden />
      <Text fw={600} className="breakable">
        {t('behalf', { email: userEmail, site })}
      </Text>
      <Anchor component={Link} to="/preferences/personal-room" c="inherit" fw={600} underline="always">
        {t('behalfEnd')}
      </Anchor>
    </section>
  );
}
