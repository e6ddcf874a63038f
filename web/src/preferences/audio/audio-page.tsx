import { Radio, Stack, Textarea } from '@mantine/core';
import { audioTypes } from '../../../../src/directory/site-settings.ts';
import type { AudioOptions } from '../../../../src/preferences/audio/schema.ts';
import { FieldGroup } from '../../form/group.tsx';
import { PinField } from '../../form/pin-field.tsx';
import type { SectionForm } from '../../form/section-form.ts';
import { SwitchField } from '../../form/switch-field.tsx';
import { SectionPage } from '../section-page.tsx';
import { useHostTexts } from '../texts.ts';
import { TelephoneNumberFields } from './telephone-number.tsx';

export interface AudioFieldsProps {
  readonly form: SectionForm<AudioOptions>;
}

const audioPinDigits = 4;

export function AudioPage() {
  const { t } = useHostTexts('preferences');
  return (
    <SectionPage section="audio" title={t('audio.title')} intro={t('audio.intro')}>
      {(form) => (
        <>
          <AudioType form={form} />
          <CallIn form={form} />
          <FieldGroup title={t('audio.numbers')}>
            <TelephoneNumberFields form={form} field="officeNumber" />
            <TelephoneNumberFields form={form} field="mobileNumber" />
          </FieldGroup>
        </>
      )}
    </SectionPage>
  );
}

function AudioType({ form }: AudioFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { draft, base, change, faultAt, support } = form;
  const needsDescription = draft.defaultAudioType === 'otherTeleconferenceService';
  return (
    <FieldGroup title={t('audio.type')}>
      <Radio.Group
        aria-label={t('audio.type')}
        value={draft.defaultAudioType}
        error={faultAt('defaultAudioType')}
        onChange={(type) => change({ defaultAudioType: type as AudioOptions['defaultAudioType'] })}
      >
        <Stack gap="sm">
          {audioTypes.map((type) => {
            const isSupported = support.audioTypes.includes(type);
            return (
              <Radio
                key={type}
                value={type}
                label={t(`audio.types.${type}`)}
                description={isSupported ? undefined : t('form.notSupported')}
                // What was chosen before may be chosen again: that changes nothing.
                disabled={!isSupported && base.defaultAudioType !== type}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {needsDescription && (
        <Textarea
          label={t('fields.otherTeleconferenceDescription')}
          description={t('hints.otherTeleconferenceDescription')}
          value={draft.otherTeleconferenceDescription}
          error={faultAt('otherTeleconferenceDescription')}
          required
          autosize
          minRows={2}
          onChange={(event) => change({ otherTeleconferenceDescription: event.currentTarget.value })}
          onBlur={() => form.touch('otherTeleconferenceDescription')}
        />
      )}
    </FieldGroup>
  );
}

function CallIn({ form }: AudioFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { draft, base, change, faultAt, support } = form;
  return (
    <FieldGroup title={t('audio.callIn')}>
      <SwitchField
        label={t('fields.enabledTollFree')}
        value={draft.enabledTollFree}
        isSupported={support.tollFreeCallIn || base.enabledTollFree}
        error={faultAt('enabledTollFree')}
        onChange={(enabledTollFree) => change({ enabledTollFree })}
      />
      <SwitchField
        label={t('fields.enabledGlobalCallIn')}
        value={draft.enabledGlobalCallIn}
        isSupported={support.globalCallIn || base.enabledGlobalCallIn}
        error={faultAt('enabledGlobalCallIn')}
        onChange={(enabledGlobalCallIn) => change({ enabledGlobalCallIn })}
      />
      <SwitchField
        label={t('fields.enabledAutoConnection')}
        value={draft.enabledAutoConnection}
        onChange={(enabledAutoConnection) => change({ enabledAutoConnection })}
      />
      <PinField
        label={t('fields.audioPin')}
        hint={t('hints.audioPin')}
        value={draft.audioPin ?? ''}
        digits={audioPinDigits}
        broken={form.brokenAt('audioPin')}
        error={faultAt('audioPin')}
        isChanged={draft.audioPin !== base.audioPin}
        onChange={(audioPin) => change({ audioPin })}
        onBlur={() => form.touch('audioPin')}
      />
    </FieldGroup>
  );
}
