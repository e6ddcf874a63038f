import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { FieldGroup } from '../../form/group.tsx';
import { ListFault, RemoveButton, useRowFocus } from '../../form/rows.tsx';
import { SwitchField } from '../../form/switch-field.tsx';
import { useHostTexts } from '../texts.ts';
import type { RoomFieldsProps } from './room-page.tsx';

type Mode = 'named' | 'anyone' | 'first';

/** Whether there may be co-hosts, who becomes one, and the list of those who are named. */
export function CoHosts({ form }: RoomFieldsProps) {
  const { t } = useHostTexts('preferences');
  const { draft, change, faultAt, brokenAt } = form;
  const mode: Mode = draft.supportAnyoneAsCoHost
    ? 'anyone'
    : draft.allowFirstUserToBeCoHost
      ? 'first'
      : 'named';
  const hasFaults = draft.coHosts.some((_coHost, index) => brokenAt(`coHosts[${index}].email`).length > 0);
  return (
    <FieldGroup title={t('room.coHosts')}>
      <SwitchField
        label={t('fields.supportCoHost')}
        value={draft.supportCoHost}
        onChange={(supportCoHost) => change({ supportCoHost })}
      />
      {(draft.supportCoHost || hasFaults) && (
        <>
          <Radio.Group
            label={t('room.coHostMode')}
            value={mode}
            error={faultAt('supportAnyoneAsCoHost')}
            onChange={(chosen) =>
              change({
                supportAnyoneAsCoHost: chosen === 'anyone',
                allowFirstUserToBeCoHost: chosen === 'first',
              })
            }
          >
            <Stack gap="xs" mt="xs">
              <Radio value="named" label={t('room.coHostNamed')} />
              <Radio value="anyone" label={t('room.coHostAnyone')} />
              <Radio value="first" label={t('room.coHostFirst')} />
            </Stack>
          </Radio.Group>
          <CoHostList form={form} isIdle={mode !== 'named'} />
        </>
      )}
    </FieldGroup>
  );
}

function CoHostList({ form, isIdle }: RoomFieldsProps & { readonly isIdle: boolean }) {
  const { t } = useHostTexts('preferences');
  const { draft, change, touch, faultAt } = form;
  const { coHosts } = draft;
  const { list, focusRow } = useRowFocus();
  const set = (index: number, changes: Partial<(typeof coHosts)[number]>): void =>
    change({ coHosts: coHosts.map((coHost, at) => (at === index ? { ...coHost, ...changes } : coHost)) });
  const add = (): void => {
    change({ coHosts: [...coHosts, { email: '', displayName: '' }] });
    focusRow(coHosts.length);
  };
  const remove = (index: number): void => {
    change({ coHosts: coHosts.filter((_coHost, at) => at !== index) });
    focusRow(Math.min(index, coHosts.length - 2));
  };
  return (
    <div>
      <Text size="sm" fw={600} id="co-host-list">
        {t('room.coHostList')}
      </Text>
      {isIdle && (
        <Text size="sm" c="dimmed">
          {t('room.coHostListIdle')}
        </Text>
      )}
      {coHosts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('room.coHostEmpty')}
        </Text>
      )}
      <Stack
        ref={list}
        component="ul"
        className="plain"
        gap="sm"
        p={0}
        my="sm"
        aria-labelledby="co-host-list"
        aria-describedby="coHosts-fault"
      >
        {coHosts.map((coHost, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing else names a row while it is typed
          <Group key={index} component="li" align="flex-start" gap="sm" role="listitem">
            <TextInput
              label={t('room.coHostEmail')}
              aria-label={`${t('room.coHostEmail')}, ${t('room.coHost', { number: index + 1 })}`}
              type="email"
              autoComplete="off"
              value={coHost.email}
              error={faultAt(`coHosts[${index}].email`)}
              onChange={(event) => set(index, { email: event.currentTarget.value })}
              onBlur={() => touch(`coHosts[${index}].email`)}
              flex="2 1 14rem"
            />
            <TextInput
              label={t('room.coHostName')}
              aria-label={`${t('room.coHostName')}, ${t('room.coHost', { number: index + 1 })}`}
              autoComplete="off"
              value={coHost.displayName}
              onChange={(event) => set(index, { displayName: event.currentTarget.value })}
              flex="1 1 10rem"
            />
            <RemoveButton
              label={t('room.removeCoHost', { number: index + 1 })}
              onClick={() => remove(index)}
            />
          </Group>
        ))}
      </Stack>
      <ListFault id="coHosts-fault" text={faultAt('coHosts')} />
      <Button variant="default" size="xs" leftSection={<IconPlus aria-hidden size={16} />} onClick={add}>
        {t('room.addCoHost')}
      </Button>
    </div>
  );
}
