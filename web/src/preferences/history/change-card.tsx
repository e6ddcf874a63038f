import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useId } from 'react';
import type { HistoryItem } from '../../../../src/preferences/history/schema.ts';
import { RequestFailed } from '../../api/request.ts';
import { useSession } from '../../api/session.ts';
import { announce } from '../../app/announcer.tsx';
import { Failure } from '../../app/failure.tsx';
import { timeText } from '../../language/language.ts';
import { useFieldTexts } from '../field-texts.ts';
import { useHostTexts } from '../texts.ts';
import { useUndo } from './changes.ts';

/** One change: when, by whom, before and after, and its undoing. */
export function ChangeCard({ item }: { readonly item: HistoryItem }) {
  const { t, i18n } = useHostTexts('preferences');
  const id = useId();
  const undo = useUndo(() => announce(t('history.undone')));
  const time = timeText(item.changed, i18n.language);
  const section = t(`history.sections.${item.section as 'audio'}`);
  const wasChangedSince =
    undo.error instanceof RequestFailed && undo.error.faults.some(({ rule }) => rule === 'history.unchanged');
  return (
    <Paper component="li" withBorder p="md" aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} size="h5" id={id}>
              {section}
            </Title>
            <Text size="sm" c="dimmed">
              <time dateTime={item.changed}>{time}</time> <Author item={item} />
            </Text>
          </div>
          {item.before !== undefined && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArrowBackUp aria-hidden size={16} />}
              aria-label={t('history.undoLong', { section, time })}
              loading={undo.isPending}
              onClick={() => undo.mutate({ id: item.id, force: false })}
            >
              {t('history.undo')}
            </Button>
          )}
        </Group>
        <Values item={item} />
        {wasChangedSince && (
          <Alert color="orange" role="alert">
            <Text size="sm">{t('history.changedSince')}</Text>
            <Group mt="sm" gap="sm">
              <Button size="xs" variant="default" onClick={() => undo.reset()}>
                {t('history.keep')}
              </Button>
              <Button size="xs" onClick={() => undo.mutate({ id: item.id, force: true })}>
                {t('history.undoAnyway')}
              </Button>
            </Group>
          </Alert>
        )}
        {undo.error !== null && !wasChangedSince && <Failure error={undo.error} />}
      </Stack>
    </Paper>
  );
}

function Author({ item }: { readonly item: HistoryItem }) {
  const { t } = useHostTexts('preferences');
  const { personId } = useSession();
  const { changedBy } = item;
  if (changedBy === undefined) return t('history.bySystem');
  if (changedBy.personId === personId) return t('history.byYou');
  return changedBy.email === undefined ? t('history.bySomebody') : t('history.by', { who: changedBy.email });
}

function Values({ item }: { readonly item: HistoryItem }) {
  const { t } = useHostTexts('preferences');
  const { labelOf, textOf } = useFieldTexts();
  const { before, after } = item;
  return (
    <>
      <table className="values">
        <thead>
          <tr>
            <th>{t('history.field')}</th>
            {before !== undefined && <th>{t('history.before')}</th>}
            <th>{t('history.after')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(after).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{labelOf(name)}</th>
              {before !== undefined && <td>{textOf(name, before[name])}</td>}
              <td>{textOf(name, value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {before === undefined && (
        <Text size="sm" c="dimmed">
          {t('history.forgotten')}
        </Text>
      )}
    </>
  );
}
