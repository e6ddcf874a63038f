import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

interface PageProps {
  readonly title: string;
  /** A sentence on what the page is for. */
  readonly intro?: ReactNode;
  readonly children: ReactNode;
}

/** Whether some page was shown before: then a new one takes the focus, so that a screen reader tells of it. */
let isFirstPage = true;

/** A page of the application: its title in the window, its heading, its content. */
export function Page({ title, intro, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('name')}`;
  }, [title, t]);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus();
    isFirstPage = false;
  }, []);
  return (
    <Stack gap="lg">
      <header>
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {intro !== undefined && (
          <Text c="dimmed" mt={4} maw="44rem">
            {intro}
          </Text>
        )}
      </header>
      {children}
    </Stack>
  );
}
