import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { VideoOptions } from '../../../../src/preferences/video/schema.ts';
import { announce } from '../../app/announcer.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { ListFault, useRowFocus } from '../../form/rows.tsx';
import type { SectionForm } from '../../form/section-form.ts';
import { SectionPage } from '../section-page.tsx';
import { useHostTexts } from '../texts.ts';
import { DeviceRow } from './device-row.tsx';

export type VideoDevice = VideoOptions['videoDevices'][number];

export interface VideoFieldsProps {
  readonly form: SectionForm<VideoOptions>;
}

export function VideoPage() {
  const { t } = useHostTexts('preferences');
  return (
    <SectionPage section="video" title={t('video.title')} intro={t('video.intro')}>
      {(form) => <Devices form={form} />}
    </SectionPage>
  );
}

function Devices({ form }: VideoFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { videoDevices: devices } = form.draft;
  const { list, focusRow } = useRowFocus();
  const change = (videoDevices: VideoDevice[]): void => form.change({ videoDevices });
  const nameOf = (index: number): string =>
    devices[index]!.deviceName || t('video.device', { number: index + 1 });

  const add = (): void => {
    change([...devices, { deviceName: '', deviceAddress: '', isDefault: devices.length === 0 }]);
    focusRow(devices.length);
  };
  const remove = (index: number): void => {
    const rest = devices.filter((_device, at) => at !== index);
    // Without a default nothing could be saved: the first that is left becomes it.
    const needsDefault = devices[index]!.isDefault;
    change(rest.map((device, at) => (needsDefault && at === 0 ? { ...device, isDefault: true } : device)));
    announce(t('video.removed', { name: nameOf(index) }));
    focusRow(Math.min(index, rest.length - 1));
  };
  const move = (index: number, by: -1 | 1): void => {
    const moved = devices.toSpliced(index, 1).toSpliced(index + by, 0, devices[index]!);
    change(moved);
    announce(t('video.moved', { name: nameOf(index), number: index + by + 1 }));
    const isAtEnd = index + by === 0 || index + by === devices.length - 1;
    focusRow(index + by, (by === -1) !== isAtEnd ? '[data-move="up"]' : '[data-move="down"]');
  };
  return (
    <FieldGroup title={t('video.list')}>
      {devices.length === 0 && <Text c="dimmed">{t('video.empty')}</Text>}
      <Stack
        ref={list}
        component="ol"
        className="plain"
        aria-describedby="videoDevices-fault"
        gap="md"
        p={0}
        m={0}
      >
        {devices.map((device, index) => (
          <DeviceRow
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing else names a row while it is typed
            key={index}
            form={form}
            index={index}
            device={device}
            set={(changes) => change(devices.map((one, at) => (at === index ? { ...one, ...changes } : one)))}
            makeDefault={() => change(devices.map((one, at) => ({ ...one, isDefault: at === index })))}
            move={(by) => move(index, by)}
            remove={() => remove(index)}
          />
        ))}
      </Stack>
      <ListFault id="videoDevices-fault" text={form.faultAt('videoDevices')} />
      <div>
        <Button variant="default" leftSection={<IconPlus aria-hidden size={18} />} onClick={add}>
          {t('video.add')}
        </Button>
      </div>
    </FieldGroup>
  );
}
