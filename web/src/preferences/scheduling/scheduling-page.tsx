import { NativeSelect } from '@mantine/core';
import type { SchedulingOptions } from '../../../../src/preferences/scheduling-options/schema.ts';
import { FieldGroup } from '../../form/group.tsx';
import type { SectionForm } from '../../form/section-form.ts';
import { SwitchField } from '../../form/switch-field.tsx';
import { useFieldTexts } from '../field-texts.ts';
import { SectionPage } from '../section-page.tsx';
import { useHostTexts } from '../texts.ts';
import { Delegates } from './delegates.tsx';

export interface SchedulingFieldsProps {
  readonly form: SectionForm<SchedulingOptions>;
}

const joinChoices = [0, 5, 10, 15];

export function SchedulingPage() {
  const { t } = useHostTexts('preferences');
  return (
    <SectionPage section="schedulingOptions" title={t('scheduling.title')} intro={t('scheduling.intro')}>
      {(form) => (
        <>
          <Meetings form={form} />
          <Delegates form={form} />
        </>
      )}
    </SectionPage>
  );
}

function Meetings({ form }: SchedulingFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { textOf } = useFieldTexts();
  const { draft, change, support } = form;
  return (
    <FieldGroup title={t('scheduling.meetings')}>
      <SwitchField
        label={t('fields.enabledJoinBeforeHost')}
        hint={support.joinBeforeHost ? undefined : t('form.noEffectHere')}
        value={draft.enabledJoinBeforeHost}
        onChange={(enabledJoinBeforeHost) => change({ enabledJoinBeforeHost })}
      />
      {draft.enabledJoinBeforeHost && (
        <NativeSelect
          label={t('fields.joinBeforeHostMinutes')}
          value={draft.joinBeforeHostMinutes}
          error={form.faultAt('joinBeforeHostMinutes')}
          onChange={(event) =>
            change({
              joinBeforeHostMinutes: Number(
                event.currentTarget.value,
              ) as SchedulingOptions['joinBeforeHostMinutes'],
            })
          }
          data={joinChoices.map((minutes) => ({
            value: String(minutes),
            label: textOf('joinBeforeHostMinutes', minutes),
          }))}
          maw="16rem"
        />
      )}
      <SwitchField
        label={t('fields.enabledAutoShareRecording')}
        hint={t('hints.enabledAutoShareRecording')}
        value={draft.enabledAutoShareRecording}
        onChange={(enabledAutoShareRecording) => change({ enabledAutoShareRecording })}
      />
      <SwitchField
        label={t('fields.enabledWebexAssistantByDefault')}
        value={draft.enabledWebexAssistantByDefault ?? false}
        onChange={(enabledWebexAssistantByDefault) => change({ enabledWebexAssistantByDefault })}
      />
    </FieldGroup>
  );
}
