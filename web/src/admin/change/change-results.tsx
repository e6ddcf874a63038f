import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../form/fault-text.ts';
import { useFieldTexts } from '../../preferences/field-texts.ts';
import { download } from '../download.ts';
import { RunBar } from '../run-bar.tsx';
import { useRun } from '../use-run.ts';
import { VirtualList } from '../virtual-list.tsx';
import { type ChangeJob, keptChange } from './job.ts';
import { without } from './new-value.ts';

/** What the change would be for each person, and what became of it. */
export function ChangeResults({ job }: { readonly job: ChangeJob }) {
  const { t } = useTranslation('administration');
  const { labelOf, textOf } = useFieldTexts();
  const { setting, value, people } = job.order;
  const faultText = useFaultText({});
  const run = job.change ?? job.preview;
  const { done, failed, isRunning, outcomes } = useRun(run);
  const isOver = done + failed === people.length && !isRunning;
  const valueText =
    'choice' in value
      ? textOf(setting.field, value.choice)
      : `${t(`change.hows.${value.how}`)}: ${value.emails.join(', ') || t('change.nobody')}`;
  const textsOf = (index: number): string[] => {
    const message = outcomes[index]!.state === 'failed' ? messageText(index) : '';
    return [people[index]!, changeText(index), stateText(index), message];
  };
  const changeText = (index: number): string => {
    const values = job.values(index);
    if (values === undefined) return '';
    const { before, wanted } = values;
    if (!job.isChange(index)) return t('change.same', { value: textOf(setting.field, before) });
    if (setting.choices !== undefined)
      return `${textOf(setting.field, before)} → ${textOf(setting.field, wanted)}`;
    const added = without(wanted, before).map((email) => `+ ${email}`);
    const removed = without(before, wanted).map((email) => `− ${email}`);
    return added.length + removed.length === 0 ? t('change.order') : [...added, ...removed].join(', ');
  };
  const stateText = (index: number): string => {
    const { state } = outcomes[index]!;
    if (job.change !== undefined) return t(`run.${state}`);
    return t(state === 'done' && !job.isChange(index) ? 'preview.same' : `preview.${state}`);
  };
  const messageText = (index: number): string => {
    const faults = job.faults(index);
    return faults.length > 0 ? faults.map(faultText).join(' ') : (outcomes[index]!.message ?? '');
  };
  return (
    <>
      <Text>
        {labelOf(setting.field)}: <strong className="breakable">{valueText}</strong>
      </Text>
      <RunBar run={run} title={t(job.change === undefined ? 'change.previewing' : 'change.changing')} />
      <Group>
        {job.change === undefined && isOver && (
          <Button
            disabled={job.changes === 0}
            onClick={() => {
              job.confirm();
              keptChange.set(job);
            }}
          >
            {t('change.confirm', { count: job.changes })}
          </Button>
        )}
        {isOver && (
          <Button
            variant="default"
            onClick={() =>
              download(
                'settings.csv',
                people.map((_email, index) => textsOf(index)),
              )
            }
          >
            {t('run.download')}
          </Button>
        )}
        {!isRunning && (
          <Button variant="default" onClick={() => keptChange.set(undefined)}>
            {t('change.anew')}
          </Button>
        )}
      </Group>
      <VirtualList
        label={t('change.results')}
        count={people.length}
        rowHeight={48}
        row={(index) => {
          const [email, what, state, message] = textsOf(index);
          return (
            <ResultRow
              email={email!}
              what={outcomes[index]!.state === 'failed' ? message! : what!}
              state={state!}
              isFailed={outcomes[index]!.state === 'failed'}
            />
          );
        }}
      />
    </>
  );
}

interface ResultRowProps {
  readonly email: string;
  readonly what: string;
  readonly state: string;
  readonly isFailed: boolean;
}

/** One person, what it is about, and how it went. */
export function ResultRow({ email, what, state, isFailed }: ResultRowProps) {
  return (
    <div className="list-row result-row">
      <Text size="sm" className="breakable">
        {email}
      </Text>
      <Text size="sm" className="what breakable" {...(isFailed ? { c: 'var(--mantine-color-error)' } : {})}>
        {what}
      </Text>
      <Badge variant={isFailed ? 'filled' : 'default'} {...(isFailed ? { color: 'red.9' } : {})}>
        {state}
      </Badge>
    </div>
  );
}
