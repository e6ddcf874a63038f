import { Anchor, Group, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import type { PersonalMeetingRoom } from '../../../../src/preferences/personal-meeting-room/schema.ts';
import { CopyButton } from '../../form/copy-button.tsx';
import { FieldGroup } from '../../form/group.tsx';
import { useHostTexts } from '../texts.ts';

/** How to reach the room without a browser: nothing here can be changed. */
export function DialIn({ room }: { readonly room: PersonalMeetingRoom }) {
  const { t } = useHostTexts('preferences');
  const { sipAddress, dialInIpAddress, telephony } = room;
  const facts: [string, ReactNode][] = [
    [
      t('room.sipAddress'),
      <Group key="sip" gap="sm">
        <span className="breakable">{sipAddress}</span>
        <CopyButton text={sipAddress} label={sipAddress} />
      </Group>,
    ],
    ...(dialInIpAddress === '' ? [] : [[t('room.dialInIpAddress'), dialInIpAddress] as [string, string]]),
    [t('room.accessCode'), telephony.accessCode],
    [t('room.callInNumbers'), <Numbers key="numbers" numbers={telephony.callInNumbers} />],
  ];
  return (
    <FieldGroup title={t('room.dialIn')} hint={t('room.readOnly')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </FieldGroup>
  );
}

function Numbers({ numbers }: { readonly numbers: PersonalMeetingRoom['telephony']['callInNumbers'] }) {
  const { t } = useHostTexts('preferences');
  if (numbers.length === 0) return t('room.noNumbers');
  return (
    <ul className="plain numbers">
      {numbers.map(({ label, callInNumber, tollType }) => (
        <li key={`${callInNumber} ${label}`}>
          <Anchor href={`tel:${callInNumber.replace(/[^+\d]/g, '')}`} underline="always">
            {callInNumber}
          </Anchor>{' '}
          <Text span size="sm" c="dimmed">
            {label}, {tollType === 'tollFree' ? t('room.tollFree') : t('room.toll')}
          </Text>
        </li>
      ))}
    </ul>
  );
}
