import { Button, Container, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** In place of a page whose code failed. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <Container size="sm" py="xl" role="alert">
      <Title order={1}>{t('brokenTitle')}</Title>
      <Text my="md">{t('brokenHint')}</Text>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </Container>
  );
}
