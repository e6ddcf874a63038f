import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../../../../src/errors.ts';
import type { Outcome } from '../run.ts';
import type { RoomIdRow } from './rows.ts';

interface RoomIdLineProps {
  readonly number: number;
  readonly row: RoomIdRow;
  readonly faults?: readonly Fault[] | undefined;
  /** The new id, once it is in force. */
  readonly given?: string | undefined;
  /** Of the call that the row is in. */
  readonly outcome?: Outcome;
}

/** A row of the list, with what is wrong with it or what became of it. */
export function RoomIdLine({ number, row, faults, given, outcome }: RoomIdLineProps) {
  const { t, i18n } = useTranslation('administration');
  const words = t as (key: string) => string;
  const textOf = ({ rule, description }: Fault): string => {
    const key = `room-ids.faults.${rule?.replace(/^room-ids\./, '')}`;
    return i18n.exists(key, { ns: 'administration' }) ? words(key) : description;
  };
  const isWrong = faults !== undefined;
  const state = isWrong ? 'problem' : given !== undefined ? 'done' : (outcome?.state ?? 'ready');
  return (
    <div className="list-row result-row">
      <Text size="sm" className="breakable">
        {number}. {row.email}
      </Text>
      <Text size="sm" className="what breakable" {...(isWrong ? { c: 'var(--mantine-color-error)' } : {})}>
        {isWrong
          ? [...new Set(faults.map(textOf))].join(' ')
          : (given ?? row.roomId ?? t('room-ids.willBeMade'))}
      </Text>
      <Badge variant={isWrong ? 'filled' : 'default'} {...(isWrong ? { color: 'red.9' } : {})}>
        {words(`room-ids.states.${state}`)}
      </Badge>
    </div>
  );
}
