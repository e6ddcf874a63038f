import { Skeleton, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useMemo, useRef } from 'react';
import { type Sections, sectionKey, useSection, useSiteSupport } from '../api/preferences.ts';
import type { Versioned } from '../api/request.ts';
import { useSession } from '../api/session.ts';
import { announce } from '../app/announcer.tsx';
import { Failure } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { useSubject } from '../app/subject.ts';
import { ConflictDialog } from '../form/conflict-dialog.tsx';
import { LeaveGuard } from '../form/leave-guard.tsx';
import { SaveBar } from '../form/save-bar.tsx';
import { type SectionForm, useSectionForm } from '../form/section-form.ts';
import type { Circumstances, FormSection } from './judge.ts';
import { useHostTexts } from './texts.ts';

interface SectionPageProps<Name extends FormSection> {
  readonly section: Name;
  readonly title: string;
  readonly intro: string;
  readonly children: (form: SectionForm<Sections[Name]>) => ReactNode;
}

/** The page of a section: reads it, and puts a form that can be saved around the fields that `children` make. */
export function SectionPage<Name extends FormSection>(props: SectionPageProps<Name>) {
  const subject = useSubject();
  const { email } = useSession();
  const { data: stored, error: sectionError, refetch } = useSection(props.section);
  const { data: support, error: supportError, refetch: refetchSupport } = useSiteSupport();
  const whose = subject.userEmail ?? email;
  const circumstances = useMemo(() => support && { email: whose, support }, [support, whose]);
  const error = stored === undefined ? sectionError : support === undefined ? supportError : null;
  const retry = (): void => {
    void refetch();
    void refetchSupport();
  };
  return (
    <Page title={props.title} intro={props.intro}>
      {error !== null && <Failure error={error} retry={retry} />}
      {stored !== undefined && circumstances !== undefined ? (
        // Somebody else, or another site, is another form.
        <SectionFields
          key={JSON.stringify(sectionKey(props.section, subject))}
          {...props}
          stored={stored}
          circumstances={circumstances}
        />
      ) : (
        error === null && <Skeleton height={420} radius="lg" />
      )}
    </Page>
  );
}

interface SectionFieldsProps<Name extends FormSection> extends SectionPageProps<Name> {
  readonly stored: Versioned<Sections[Name]>;
  readonly circumstances: Circumstances;
}

function SectionFields<Name extends FormSection>(props: SectionFieldsProps<Name>) {
  const { t } = useHostTexts('preferences');
  const form = useSectionForm(props.section, useSubject(), props.stored, props.circumstances);
  const element = useRef<HTMLFormElement>(null);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!form.isDirty || form.isSaving) return;
    if (await form.save()) done();
    // The faults appear with the next rendering.
    else setTimeout(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const done = (): void => {
    announce(t('form.saved'));
    // The button that was pressed is gone: the focus stays in the form.
    element.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <form ref={element} tabIndex={-1} noValidate onSubmit={(event) => void save(event)}>
        <Stack gap="lg">
          {props.children(form)}
          <SaveBar form={form} />
        </Stack>
      </form>
      <ConflictDialog form={form} onSaved={done} />
      <LeaveGuard isActive={form.isDirty} />
    </>
  );
}
