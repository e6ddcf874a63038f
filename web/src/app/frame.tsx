import { Alert, Button, Center, Container, Loader, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { goToSignIn, isSignedOut, useSessionQuery } from '../api/session.ts';
import { Announcer } from './announcer.tsx';
import { BehalfBanner } from './behalf-banner.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Header } from './header.tsx';
import { HostContext, useHostOfAddress } from './host.ts';
import { Navigation } from './navigation.tsx';
import { SiteSwitcher } from './site-switcher.tsx';

/** What is around every page, for somebody who is signed in; everybody else is taken to the sign-in page. */
export function Frame() {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useSessionQuery();
  const needsSignIn = session === undefined && isSignedOut(error);
  useEffect(() => {
    if (needsSignIn) goToSignIn();
  }, [needsSignIn]);
  if (session !== undefined) return <SignedInFrame />;
  if (error === null || needsSignIn) {
    return <Waiting />;
  }
  return (
    <Container size="sm" py="xl">
      <Alert color="red" title={t('failed')} role="alert">
        <Stack align="flex-start">
          {error.message}
          <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
        </Stack>
      </Alert>
    </Container>
  );
}

/** While nothing is known yet. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh">
      <Loader role="status" aria-label={t('loading')} />
    </Center>
  );
}

function SignedInFrame() {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const host = useHostOfAddress();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the navigation of a phone
  useEffect(close, [pathname]);
  return (
    <HostContext value={host}>
      <div className="frame" data-navigation={isOpen}>
        <a className="skip" href="#content">
          {t('skipToContent')}
        </a>
        <header className="frame-header">
          <Header isNavigationOpen={isOpen} onNavigation={toggle} />
        </header>
        <nav className="frame-navigation" aria-label={t('mainNavigation')}>
          <Navigation />
        </nav>
        <main className="frame-content" id="content" tabIndex={-1}>
          <div className="narrow-only site-row">
            <SiteSwitcher />
          </div>
          <ConnectionBanner />
          <BehalfBanner />
          <Announcer />
          <Container size="md" px={0} mx={0}>
            <Outlet />
          </Container>
        </main>
      </div>
    </HostContext>
  );
}
