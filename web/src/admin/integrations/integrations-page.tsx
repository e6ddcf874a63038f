import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.tsx';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { CopyButton } from '../../form/copy-button.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { type Integration, useDeletion, useIntegrations } from './integrations.ts';
import { RegistrationForm } from './registration-form.tsx';

/** The programs that may ask people of the organization for access. */
export function IntegrationsPage() {
  const { t } = useTranslation('administration');
  const { data, error, refetch } = useIntegrations();
  const [registered, setRegistered] = useState<Integration>();
  return (
    <Page title={t('integrations.title')} intro={t('integrations.intro')}>
      {registered !== undefined && <Credentials integration={registered} />}
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={160} radius="lg" />}
      {data?.length === 0 && <Text c="dimmed">{t('integrations.empty')}</Text>}
      {data?.map((integration) => (
        <IntegrationCard key={integration.id} integration={integration} />
      ))}
      {data !== undefined && <RegistrationForm onDone={setRegistered} />}
    </Page>
  );
}

/** What the developer of a new integration needs; the secret is never shown again. */
function Credentials({ integration }: { readonly integration: Integration }) {
  const { t } = useTranslation('administration');
  const { name, clientId, clientSecret } = integration;
  const values = [
    [t('integrations.clientId'), clientId],
    ...(clientSecret === undefined ? [] : [[t('integrations.clientSecret'), clientSecret]]),
  ] as const;
  return (
    <Alert color="anteroom" role="status" title={t('integrations.registered', { name })}>
      <Stack gap="xs">
        {clientSecret !== undefined && <Text size="sm">{t('integrations.secretHint')}</Text>}
        {values.map(([label, value]) => (
          <Group key={label} gap="xs">
            <Text size="sm" fw={600}>
              {label}
            </Text>
            <code className="breakable">{value}</code>
            <CopyButton label={label!} text={value!} />
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}

function IntegrationCard({ integration }: { readonly integration: Integration }) {
  const { t, i18n } = useTranslation('administration');
  const deletion = useDeletion();
  const [isAsking, setAsking] = useState(false);
  const { id, name, description, clientId, redirectUrls, scopes, created } = integration;
  const facts = [
    [t('integrations.clientId'), clientId],
    [t('integrations.redirectUrls'), redirectUrls.join(', ')],
    [t('integrations.scopes'), scopes.join(', ')],
    [t('integrations.created'), new Date(created).toLocaleDateString(i18n.language)],
  ] as const;
  const remove = (): void =>
    deletion.mutate(id, { onSuccess: () => announce(t('integrations.deleted', { name })) });
  return (
    <FieldGroup title={name} hint={description}>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} className="fact">
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" className="breakable">
              {value}
            </Text>
          </div>
        ))}
      </dl>
      {deletion.error !== null && <Failure error={deletion.error} />}
      <Group gap="xs">
        {isAsking && <Text size="sm">{t('integrations.deleteHint')}</Text>}
        {isAsking ? (
          <>
            <Button size="xs" color="red.9" loading={deletion.isPending} onClick={remove} autoFocus>
              {t('integrations.deleteNow')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {t('integrations.keep')}
            </Button>
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={t('integrations.deleteLong', { name })}
            onClick={() => setAsking(true)}
          >
            {t('integrations.delete')}
          </Button>
        )}
      </Group>
    </FieldGroup>
  );
}
