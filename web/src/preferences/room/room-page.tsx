import { Anchor, Group, NativeSelect, TextInput } from '@mantine/core';
import type { PersonalMeetingRoom } from '../../../../src/preferences/personal-meeting-room/schema.ts';
import { CopyButton } from '../../form/copy-button.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { PinField } from '../../form/pin-field.tsx';
import type { SectionForm } from '../../form/section-form.ts';
import { SwitchField } from '../../form/switch-field.tsx';
import { useFieldTexts } from '../field-texts.ts';
import { SectionPage } from '../section-page.tsx';
import { useHostTexts } from '../texts.ts';
import { CoHosts } from './co-hosts.tsx';
import { DialIn } from './dial-in.tsx';

export interface RoomFieldsProps {
  readonly form: SectionForm<PersonalMeetingRoom>;
}

const lockChoices = [0, 5, 10, 15, 20];

export function RoomPage() {
  const { t } = useHostTexts('preferences');
  return (
    <SectionPage section="personalMeetingRoom" title={t('room.title')} intro={t('room.intro')}>
      {(form) => (
        <>
          <Address form={form} />
          <RoomOptions form={form} />
          <Lock form={form} />
          <CoHosts form={form} />
          <DialIn room={form.draft} />
        </>
      )}
    </SectionPage>
  );
}

function Address({ form }: RoomFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { personalMeetingRoomLink: link } = form.draft;
  return (
    <FieldGroup title={t('room.address')} hint={t('room.linkHint')}>
      <Group gap="sm">
        <Anchor href={link} target="_blank" rel="noreferrer" className="breakable" underline="always">
          {link}
        </Anchor>
        <CopyButton text={link} label={link} />
      </Group>
    </FieldGroup>
  );
}

function RoomOptions({ form }: RoomFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { draft, base, change, touch, faultAt } = form;
  return (
    <FieldGroup title={t('room.options')}>
      <TextInput
        label={t('fields.topic')}
        value={draft.topic}
        error={faultAt('topic')}
        onChange={(event) => change({ topic: event.currentTarget.value })}
        onBlur={() => touch('topic')}
        maw="32rem"
      />
      <PinField
        label={t('fields.hostPin')}
        hint={t('hints.hostPin')}
        value={draft.hostPin}
        digits={form.support.hostPinLength}
        broken={form.brokenAt('hostPin')}
        error={faultAt('hostPin')}
        isChanged={draft.hostPin !== base.hostPin}
        onChange={(hostPin) => change({ hostPin })}
        onBlur={() => touch('hostPin')}
      />
    </FieldGroup>
  );
}

function Lock({ form }: RoomFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { textOf } = useFieldTexts();
  const { draft, change } = form;
  return (
    <FieldGroup title={t('room.lock')}>
      <SwitchField
        label={t('fields.enabledAutoLock')}
        hint={t('hints.enabledAutoLock')}
        value={draft.enabledAutoLock}
        onChange={(enabledAutoLock) => change({ enabledAutoLock })}
      />
      {draft.enabledAutoLock && (
        <NativeSelect
          label={t('fields.autoLockMinutes')}
          value={draft.autoLockMinutes}
          error={form.faultAt('autoLockMinutes')}
          onChange={(event) =>
            change({
              autoLockMinutes: Number(event.currentTarget.value) as PersonalMeetingRoom['autoLockMinutes'],
            })
          }
          data={lockChoices.map((minutes) => ({
            value: String(minutes),
            label: textOf('autoLockMinutes', minutes),
          }))}
          maw="16rem"
        />
      )}
      <SwitchField
        label={t('fields.enabledNotifyHost')}
        value={draft.enabledNotifyHost}
        onChange={(enabledNotifyHost) => change({ enabledNotifyHost })}
      />
      <SwitchField
        label={t('fields.allowAuthenticatedDevices')}
        value={draft.allowAuthenticatedDevices ?? false}
        onChange={(allowAuthenticatedDevices) => change({ allowAuthenticatedDevices })}
      />
    </FieldGroup>
  );
}
