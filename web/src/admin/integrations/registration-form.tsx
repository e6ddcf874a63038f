import { Button, Checkbox, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestFailed } from '../../api/request.ts';
import { useSession } from '../../api/session.ts';
import { Failure } from '../../app/failure.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { type Integration, type NewIntegration, useRegistration } from './integrations.ts';

const nothing: NewIntegration = { name: '', description: '', redirectUrls: [], scopes: [], isPublic: false };

/** Registers an integration. What an administrator cannot do, it could not be given, so one's own scopes are offered. */
export function RegistrationForm({ onDone }: { readonly onDone: (registered: Integration) => void }) {
  const { t } = useTranslation('administration');
  const { scopes } = useSession();
  const [draft, setDraft] = useState(nothing);
  const registration = useRegistration((registered) => {
    setDraft(nothing);
    onDone(registered);
    scrollTo({ top: 0 });
  });
  const change = (changes: Partial<NewIntegration>): void => setDraft({ ...draft, ...changes });
  const failure = registration.error;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failure !== null) form.current!.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const faults = failure instanceof RequestFailed ? failure.faults : [];
  const faultOf = (field: string): string | undefined =>
    faults.find(({ description }) => new RegExp(`^${field}\\b`).test(description))?.description;
  const fields = ['name', 'description', 'redirectUrls', 'scopes'];
  const isElsewhere = failure !== null && !fields.some((field) => faultOf(field) !== undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const redirectUrls = draft.redirectUrls.map((line) => line.trim()).filter((line) => line !== '');
    registration.mutate({ ...draft, redirectUrls });
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <FieldGroup title={t('integrations.new')} hint={t('integrations.newHint')}>
        <TextInput
          label={t('integrations.name')}
          value={draft.name}
          error={faultOf('name')}
          maw="28rem"
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('integrations.description')}
          value={draft.description}
          error={faultOf('description')}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
        <Textarea
          label={t('integrations.redirectUrls')}
          description={t('integrations.redirectHint')}
          value={draft.redirectUrls.join('\n')}
          error={faultOf('redirectUrls')}
          rows={2}
          onChange={(event) => change({ redirectUrls: event.currentTarget.value.split('\n') })}
        />
        <Checkbox.Group
          label={t('integrations.scopes')}
          value={[...draft.scopes]}
          error={faultOf('scopes')}
          onChange={(chosen) => change({ scopes: chosen })}
        >
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Switch
          label={t('integrations.public')}
          description={t('integrations.publicHint')}
          checked={draft.isPublic}
          onChange={(event) => change({ isPublic: event.currentTarget.checked })}
        />
        {isElsewhere && <Failure error={failure} />}
        <Button type="submit" loading={registration.isPending} w="fit-content">
          {t('integrations.register')}
        </Button>
      </FieldGroup>
    </form>
  );
}
