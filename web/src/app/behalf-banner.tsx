import { Anchor, Text } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHost } from './host.ts';
import { useSiteUrl } from './subject.ts';

/** Says on every page that shows somebody else's preferences that they are somebody else's, and leads back. */
export function BehalfBanner() {
  const { t } = useTranslation('administration');
  const host = useHost();
  const site = useSiteUrl() ?? '';
  if (host === undefined) return null;
  const text =
    host.name === host.email ? t('behalf', { ...host, site }) : t('behalfNamed', { ...host, site });
  return (
    <section className="behalf" aria-label={text}>
      <IconUserShield aria-hidden />
      <Text fw={600} className="breakable">
        {text}
      </Text>
      <Anchor component={Link} to="/preferences/personal-room" c="inherit" fw={600} underline="always">
        {t('behalfEnd')}
      </Anchor>
    </section>
  );
}
