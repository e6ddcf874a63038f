import { ActionIcon, Group, Paper, Radio, Stack, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { RemoveButton } from '../../form/rows.tsx';
import { useHostTexts } from '../texts.ts';
import type { VideoDevice, VideoFieldsProps } from './video-page.tsx';

interface DeviceRowProps extends VideoFieldsProps {
  readonly index: number;
  readonly device: VideoDevice;
  readonly set: (changes: Partial<VideoDevice>) => void;
  readonly makeDefault: () => void;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

export function DeviceRow({ form, index, device, set, makeDefault, move, remove }: DeviceRowProps) {
  const { t } = useHostTexts('preferences');
  const { touch, faultAt } = form;
  const number = index + 1;
  const isLast = number === form.draft.videoDevices.length;
  const namePath = `videoDevices[${index}].deviceName`;
  const addressPath = `videoDevices[${index}].deviceAddress`;
  return (
    <Paper component="li" withBorder p="md">
      <Group
        component="fieldset"
        className="bare"
        align="flex-start"
        gap="sm"
        aria-label={t('video.device', { number })}
      >
        <Stack gap="sm" flex="1 1 16rem">
          <Group gap="sm" align="flex-start">
            <TextInput
              label={t('video.name')}
              value={device.deviceName}
              error={faultAt(namePath)}
              autoComplete="off"
              onChange={(event) => set({ deviceName: event.currentTarget.value })}
              onBlur={() => touch(namePath)}
              flex="1 1 10rem"
            />
            <TextInput
              label={t('video.address')}
              value={device.deviceAddress}
              error={faultAt(addressPath)}
              type="email"
              autoComplete="off"
              onChange={(event) => set({ deviceAddress: event.currentTarget.value })}
              onBlur={() => touch(addressPath)}
              flex="2 1 14rem"
            />
          </Group>
          <Radio
            name="default-device"
            label={t('video.isDefault')}
            checked={device.isDefault}
            onChange={makeDefault}
          />
        </Stack>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="transparent"
            size="lg"
            className="row-action"
            data-move="up"
            disabled={index === 0}
            aria-label={t('video.up', { number })}
            onClick={() => move(-1)}
          >
            <IconArrowUp aria-hidden size={20} />
          </ActionIcon>
          <ActionIcon
            variant="transparent"
            size="lg"
            className="row-action"
            data-move="down"
            disabled={isLast}
            aria-label={t('video.down', { number })}
            onClick={() => move(1)}
          >
            <IconArrowDown aria-hidden size={20} />
          </ActionIcon>
          <RemoveButton label={t('video.remove', { number })} onClick={remove} />
        </Group>
      </Group>
    </Paper>
  );
}
