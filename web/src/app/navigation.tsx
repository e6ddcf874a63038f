import { NavLink, Stack, Text } from '@mantine/core';
import { IconBook2, IconShieldCog } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { isAdministrator, useSession } from '../api/session.ts';
import { usePreferencesLinks } from '../preferences/links.tsx';
import { useHost } from './host.ts';

/** The pages there are, for whoever is signed in. */
export function Navigation() {
  const { t } = useTranslation();
  const session = useSession();
  const host = useHost();
  const preferences = usePreferencesLinks();
  return (
    <Stack gap={2}>
      <Text id="navigation-preferences" size="xs" fw={600} c="dimmed" px="sm" pt="xs">
        {host === undefined ? t('myPreferences') : t('preferencesOf', { name: host.name })}
      </Text>
      {preferences.map((link) => (
        <PageLink key={link.to} {...link} />
      ))}
      <Stack gap={2} mt="md">
        {isAdministrator(session) && (
          <PageLink to="/admin" label={t('administration')} icon={<IconShieldCog aria-hidden size={20} />} />
        )}
        <NavLink href="/docs" label={t('apiReference')} leftSection={<IconBook2 aria-hidden size={20} />} />
      </Stack>
    </Stack>
  );
}

interface PageLinkProps {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
}

/** A link that keeps the person and site that are shown. */
function PageLink({ to, label, icon }: PageLinkProps) {
  const { pathname, search } = useLocation();
  const isHere = pathname === to || pathname.startsWith(`${to}/`);
  return (
    <NavLink
      component={Link}
      to={{ pathname: to, search }}
      label={label}
      leftSection={icon}
      active={isHere}
      aria-current={isHere ? 'page' : undefined}
    />
  );
}
