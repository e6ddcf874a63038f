import { Burger, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../api/session.ts';
import markUrl from './mark.svg';
import { SiteSwitcher } from './site-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

interface HeaderProps {
  readonly isNavigationOpen: boolean;
  readonly onNavigation: () => void;
}

export function Header({ isNavigationOpen, onNavigation }: HeaderProps) {
  const { t } = useTranslation();
  const { organization } = useSession();
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger
          opened={isNavigationOpen}
          onClick={onNavigation}
          className="narrow-only"
          size="sm"
          aria-expanded={isNavigationOpen}
          aria-label={isNavigationOpen ? t('closeNavigation') : t('openNavigation')}
        />
        <Text component={Link} to="/" c="inherit" td="none" fw={650} fz="lg">
          <Group gap="xs" wrap="nowrap">
            <img className="mark" src={markUrl} alt="" />
            <span className="wordmark">{t('name')}</span>
          </Group>
        </Text>
        <Text c="dimmed" className="widest-only" truncate>
          {organization.name}
        </Text>
      </Group>
      <Group gap="sm" wrap="nowrap" miw={0}>
        <div className="wide-only">
          <SiteSwitcher />
        </div>
        <UserMenu />
      </Group>
    </Group>
  );
}
