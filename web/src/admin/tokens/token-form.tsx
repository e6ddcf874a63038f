import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestFailed } from '../../api/request.ts';
import { useSession } from '../../api/session.ts';
import { Failure } from '../../app/failure.tsx';
import { useFaultText } from '../../form/fault-text.ts';
import { FieldGroup } from '../../form/group.tsx';
import { regionOf } from '../../language/language.ts';
import { useSuggestions } from '../site-users.ts';
import {
  bodyOf,
  emptyDraft,
  endOf,
  faultsOf,
  fieldOf,
  type Lifetime,
  lifetimes,
  type TokenDraft,
} from './draft.ts';
import { ScopeFields } from './scope-fields.tsx';
import { type CreatedToken, useCreation } from './tokens.ts';

const typingPauseMs = 250;

interface TokenFormProps {
  readonly siteUrl: string;
  readonly onDone: (created: CreatedToken) => void;
  readonly onCancel: () => void;
}

/** Makes a token. Its faults are told from the first try on. */
export function TokenForm({ siteUrl, onDone, onCancel }: TokenFormProps) {
  const { t } = useTranslation('administration');
  const form = useTokenForm(onDone);
  const { draft, change, faultAt } = form;
  const [typed] = useDebouncedValue(draft.userEmail, typingPauseMs);
  const people = useSuggestions(siteUrl, typed);
  return (
    <form ref={form.element} onSubmit={form.submit} noValidate>
      <FieldGroup title={t('tokens.new')} hint={t('tokens.newHint')}>
        <TextInput
          label={t('tokens.name')}
          description={t('tokens.nameHint')}
          value={draft.name}
          error={faultAt('name')}
          maw="28rem"
          autoFocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          type="email"
          label={t('tokens.person')}
          description={t('tokens.personHint')}
          value={draft.userEmail}
          error={faultAt('userEmail')}
          maw="28rem"
          list="token-people"
          autoComplete="off"
          onChange={(event) => change({ userEmail: event.currentTarget.value })}
        />
        <datalist id="token-people">
          {people.map(({ email, displayName }) => (
            <option key={email} value={email}>
              {displayName}
            </option>
          ))}
        </datalist>
        <ScopeFields draft={draft} error={faultAt('scopes')} onChange={(scopes) => change({ scopes })} />
        <ExpiryFields draft={draft} error={faultAt('expires')} onChange={change} />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group gap="xs">
          <Button type="submit" loading={form.isPending}>
            {t('tokens.create')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('tokens.cancel')}
          </Button>
        </Group>
      </FieldGroup>
    </form>
  );
}

function useTokenForm(onDone: (created: CreatedToken) => void) {
  const session = useSession();
  const [draft, setDraft] = useState(() => emptyDraft(session));
  const [tries, setTries] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const creation = useCreation(onDone);
  const faultText = useFaultText({});
  const refused = creation.error instanceof RequestFailed ? creation.error.faults : [];
  const judged = tries === 0 ? [] : faultsOf(bodyOf(draft, session, Date.now()), session, Date.now());
  const faults = judged.length > 0 ? judged : refused;
  const isTold = faults.some((fault) => ['name', 'userEmail', 'scopes', 'expires'].includes(fieldOf(fault)));
  // After a try that failed, the first field that is wrong has the focus: it is told with its fault.
  useEffect(() => {
    if (tries > 0 && !creation.isPending)
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]:enabled')?.focus();
  }, [tries, creation.isPending]);
  return {
    element,
    draft,
    isPending: creation.isPending,
    failure: creation.error === null || isTold ? undefined : creation.error,
    change: (changes: Partial<TokenDraft>): void => {
      creation.reset();
      setDraft({ ...draft, ...changes });
    },
    faultAt: (field: string): string | undefined => {
      const fault = faults.find((one) => fieldOf(one) === field);
      return fault && faultText(fault);
    },
    submit: (event: FormEvent): void => {
      event.preventDefault();
      setTries(tries + 1);
      const nowMs = Date.now();
      const body = bodyOf(draft, session, nowMs);
      if (faultsOf(body, session, nowMs).length === 0) creation.mutate(body);
    },
  };
}

interface ExpiryFieldsProps {
  readonly draft: TokenDraft;
  readonly error: string | undefined;
  readonly onChange: (changes: Partial<TokenDraft>) => void;
}

/** For how long, with the moment that this comes to. */
function ExpiryFields({ draft, error, onChange }: ExpiryFieldsProps) {
  const { t, i18n } = useTranslation('administration');
  const end = endOf(draft, Date.now());
  const until = Number.isNaN(end)
    ? t('tokens.chooseDate')
    : t('tokens.until', {
        time: new Date(end).toLocaleString(regionOf(i18n.language), {
          dateStyle: 'full',
          timeStyle: 'short',
        }),
      });
  const isDate = draft.lifetime === 'date';
  return (
    <Group gap="md" align="flex-start">
      <NativeSelect
        label={t('tokens.expires')}
        description={until}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.lifetime}
        {...(isDate ? {} : { error })}
        onChange={(event) => onChange({ lifetime: event.currentTarget.value as Lifetime })}
        data={lifetimes.map((value) => ({ value, label: t(`tokens.lifetimes.${value}`) }))}
      />
      {isDate && (
        <TextInput
          type="date"
          label={t('tokens.date')}
          value={draft.date}
          error={error}
          onChange={(event) => onChange({ date: event.currentTarget.value })}
        />
      )}
    </Group>
  );
}
